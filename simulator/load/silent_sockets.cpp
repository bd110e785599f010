#include "load/silent_sockets.hpp"

#include <netinet/in.h>
#include <sys/socket.h>

#include "os/system_error.hpp"

namespace portdrought::load {

std::vector<os::FileDescriptor> bind_silently(std::uint32_t count) {
    constexpr const char* attempt = "take a port with a socket that never connects";
    std::vector<os::FileDescriptor> sockets;
    sockets.reserve(count);
    sockaddr_in any{};
    any.sin_family = AF_INET;
    for (std::uint32_t i = 0; i < count; ++i) {
        sockets.emplace_back(os::check(attempt, ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)));
        os::check(attempt, ::bind(sockets.back().get(), reinterpret_cast<const sockaddr*>(&any), sizeof any));
    }
    return sockets;
}

}  // namespace portdrought::load
