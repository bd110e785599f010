#include "os/net/tuple.hpp"

#include <fmt/format.h>

namespace portdrought::os {

std::string to_string(const Endpoint& endpoint) {
    const std::string address = core::to_string(endpoint.address);
    if (endpoint.address.is_ipv4()) return fmt::format("{}:{}", address, endpoint.port);
    return fmt::format("[{}]:{}", address, endpoint.port);
}

}  // namespace portdrought::os
