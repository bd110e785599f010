// An IPv4 endpoint and a 4-tuple as one side of a connection sees it. Values; both in host byte order.
#pragma once

#include <compare>
#include <cstdint>
#include <string>

namespace portdrought::os {

struct Endpoint {
    std::uint32_t address = 0;  // 127.0.0.1 is 0x7f000001
    std::uint16_t port = 0;
    friend auto operator<=>(const Endpoint&, const Endpoint&) = default;
};

struct Tuple {
    Endpoint local, remote;
    Tuple reversed() const { return {remote, local}; }
    friend auto operator<=>(const Tuple&, const Tuple&) = default;
};

/// "127.0.0.1:7000"
std::string to_string(const Endpoint& endpoint);

}  // namespace portdrought::os
