// The few socket calls both yardsticks share, bare: no options beyond what they need, failures throw os::SystemError.
#pragma once

#include <chrono>
#include <cstdint>

#include "os/file_descriptor.hpp"
#include "os/net/tuple.hpp"

namespace portdrought::bench {

enum class Traffic : std::uint8_t {
    cc,  // connect, close
    crr  // connect, 1 byte request, 1 byte response, close
};

/// The client closes first in both, so that every connection leaves a TIME_WAIT entry, as with our generator.
struct Work {
    os::Endpoint server;
    Traffic traffic = Traffic::cc;
    std::chrono::nanoseconds duration{0};
};

/// `flags`: 0 or SOCK_NONBLOCK.
os::FileDescriptor listen_at(const os::Endpoint& endpoint, int flags);
os::FileDescriptor new_socket(int flags);
/// True when established, false for EINPROGRESS.
bool connect_to(int fd, const os::Endpoint& endpoint);
void send_byte(int fd);
/// True for a byte, false for the peer's FIN.
bool receive_byte(int fd);

}  // namespace portdrought::bench
