// An endpoint of either address family and a 4-tuple as one side of a connection sees it. Values.
#pragma once

#include <compare>
#include <cstdint>
#include <string>

#include "core/address.hpp"

namespace portdrought::os {

using core::Address;

struct Endpoint {
    Address address;
    std::uint16_t port = 0;  // host byte order
    friend auto operator<=>(const Endpoint&, const Endpoint&) = default;
};

struct Tuple {
    Endpoint local, remote;
    Tuple reversed() const { return {remote, local}; }
    friend auto operator<=>(const Tuple&, const Tuple&) = default;
};

/// "127.0.0.1:7000", "[fd00::1]:7000"
std::string to_string(const Endpoint& endpoint);

}  // namespace portdrought::os
