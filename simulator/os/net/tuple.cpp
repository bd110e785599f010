#include "os/net/tuple.hpp"

namespace portdrought::os {

std::string to_string(const Endpoint& endpoint) { return core::endpoint_text(endpoint.address, endpoint.port); }

}  // namespace portdrought::os
