#include "bench/yardstick/raw_loop.hpp"

#include <sys/socket.h>

#include <stdexcept>

#include "os/system_error.hpp"

namespace portdrought::bench {
namespace {

void expect(bool received, bool wanted) {
    if (received != wanted) throw std::runtime_error(wanted ? "FIN instead of a byte" : "a byte instead of FIN");
}

}  // namespace

RawLoop::RawLoop(const Work& work) : work_(work), listener_(listen_at(work.server, 0)) {}

void RawLoop::make_connection() {
    os::FileDescriptor client = new_socket(0);
    connect_to(client.get(), work_.server);
    const os::FileDescriptor server(os::check("accept", ::accept4(listener_.get(), nullptr, nullptr, 0)));
    if (work_.traffic == Traffic::crr) {
        send_byte(client.get());
        expect(receive_byte(server.get()), true);
        send_byte(server.get());
        expect(receive_byte(client.get()), true);
    }
    client.reset();
    expect(receive_byte(server.get()), false);
}

std::uint64_t RawLoop::run() {
    const auto end = std::chrono::steady_clock::now() + work_.duration;
    std::uint64_t connections = 0;
    for (; std::chrono::steady_clock::now() < end; ++connections) make_connection();
    return connections;
}

}  // namespace portdrought::bench
