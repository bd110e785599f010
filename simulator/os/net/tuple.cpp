#include "os/net/tuple.hpp"

#include <fmt/format.h>

namespace portdrought::os {

std::string to_string(const Endpoint& endpoint) {
    return fmt::format("{}.{}.{}.{}:{}", endpoint.address >> 24U, (endpoint.address >> 16U) & 0xffU,
                       (endpoint.address >> 8U) & 0xffU, endpoint.address & 0xffU, endpoint.port);
}

}  // namespace portdrought::os
