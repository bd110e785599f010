#include "load/connection.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "load/closing.hpp"
#include "os/net/held_fin.hpp"

namespace portdrought::load {
namespace {

constexpr std::size_t chunk = 64 * 1024;
using Kind = core::Action::Kind;

}  // namespace

void Connection::begin(core::Side side, const core::Exchange& exchange, bool peer_has_acted) {
    cycle_ = core::ConnectionCycle(side, exchange);
    moved_ = 0;
    received_ = 0;
    peer_has_acted_ = peer_has_acted;
    has_sent_fin = false;
    may_never_come_ = false;
    finding_ = {};
}

void Connection::begin_next(const core::Exchange& exchange) {
    begin(core::Side::server, exchange, false);
    may_never_come_ = true;
}

Pause Connection::advance() {
    for (;;) {
        const core::Action action = cycle_.action();
        std::optional<Pause> pause;
        switch (action.kind) {
            case Kind::send: pause = send_some(action.bytes); break;
            case Kind::receive: pause = receive_some(action.bytes); break;
            case Kind::await_data: pause = await_data(); break;
            case Kind::flush: pause = flush(); break;
            case Kind::shut_down:
                closing->send_fin(*this);
                peer_has_acted_ = false;
                break;
            case Kind::await_close: pause = read_to_end(); break;
            case Kind::pause: return Pause::time;
            case Kind::fetch: return Pause::fetch;
            case Kind::close: return Pause::closing;
            case Kind::answer_close: return Pause::answering;
            case Kind::request_over: return Pause::request_over;
            case Kind::park:
            case Kind::finished: return Pause::parked;
        }
        if (pause) return *pause;
        moved_ = 0;
        cycle_.done();
    }
}

std::optional<Pause> Connection::send_some(std::uint64_t total) {
    static constexpr std::array<char, chunk> payload{};
    while (moved_ < total) {
        const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(total - moved_, chunk));
        const ssize_t sent = ::send(fd.get(), payload.data(), size, MSG_NOSIGNAL);
        if (sent < 0) return errno == EAGAIN ? Pause::writable : fail(core::Call::send, errno);
        moved_ += static_cast<std::uint64_t>(sent);
    }
    peer_has_acted_ = false;
    return std::nullopt;
}

// The peer lives in the same worker: a read right after our own send would only find nothing.
bool Connection::must_yield() { return !std::exchange(peer_has_acted_, true); }

std::optional<Pause> Connection::receive_some(std::uint64_t total) {
    static thread_local std::array<char, chunk> buffer;
    if (must_yield()) return Pause::turn;
    while (moved_ < total) {
        const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(total - moved_, chunk));
        const ssize_t got = ::recv(fd.get(), buffer.data(), size, 0);
        if (got == 0) return Pause::peer_closed;
        if (got < 0) return errno == EAGAIN ? Pause::readable : fail(core::Call::receive, errno);
        moved_ += static_cast<std::uint64_t>(got);
        received_ += static_cast<std::uint64_t>(got);
    }
    return std::nullopt;
}

std::optional<Pause> Connection::await_data() {
    char byte = 0;
    if (must_yield()) return Pause::turn;
    const ssize_t got = ::recv(fd.get(), &byte, 1, MSG_PEEK);
    if (got == 0) return Pause::peer_closed;
    if (got < 0) return errno == EAGAIN ? Pause::readable : fail(core::Call::receive, errno);
    return std::nullopt;
}

std::optional<Pause> Connection::flush() {
    if (os::has_sent_all(fd.get())) return std::nullopt;
    const int none_unsent = 1;  // writable only once all has been sent
    ::setsockopt(fd.get(), IPPROTO_TCP, TCP_NOTSENT_LOWAT, &none_unsent, sizeof none_unsent);
    return Pause::writable;
}

// To EOF: closing with unread bytes would turn a graceful close into RST (RFC 2525 2.17) and hide the TIME-WAIT.
std::optional<Pause> Connection::read_to_end() {
    std::array<char, 1024> surplus;
    if (must_yield()) return Pause::turn;
    for (;;) {
        const ssize_t got = ::recv(fd.get(), surplus.data(), surplus.size(), 0);
        if (got == 0) return std::nullopt;
        if (got < 0) return errno == EAGAIN ? Pause::readable : fail(core::Call::receive, errno);
    }
}

Pause Connection::fail(core::Call call, int error) {
    finding_ = {call, error};
    return Pause::failed;
}

}  // namespace portdrought::load
