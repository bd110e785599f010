#include "load/silent_sockets.hpp"

#include <sys/socket.h>

#include "os/net/socket_address.hpp"
#include "os/system_error.hpp"

namespace portdrought::load {

std::vector<os::FileDescriptor> bind_silently(std::uint32_t count, bool ipv6) {
    constexpr const char* attempt = "take a port with a socket that never connects";
    std::vector<os::FileDescriptor> sockets;
    sockets.reserve(count);
    // 0.0.0.0 is in nobody's way on IPv6; "::" takes the port of both families.
    const os::SocketAddress any(os::Endpoint{ipv6 ? os::Address{} : os::Address{0}, 0});
    for (std::uint32_t i = 0; i < count; ++i) {
        sockets.emplace_back(os::check(attempt, ::socket(ipv6 ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)));
        os::check(attempt, ::bind(sockets.back().get(), any.get(), any.size()));
    }
    return sockets;
}

}  // namespace portdrought::load
