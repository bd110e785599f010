#include "hazard/trial_pair.hpp"

#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <thread>

#include "os/clock.hpp"
#include "os/net/loopback_pair.hpp"
#include "os/net/socket_address.hpp"
#include "os/system_error.hpp"

namespace portdrought::hazard {
namespace {

// 127.200.0.1, and from 127.200.0.2 on: the load's own begin at 127.0.0.1.
constexpr std::uint32_t server = 0x7fc80001, first_source = server + 1;
constexpr std::uint16_t first_server_port = 2001;
// For a handshake over loopback on a pair that nobody has used; a lost SYN is sent again after a second.
constexpr core::Duration first_handshake = std::chrono::seconds{2};
constexpr auto between_looks = std::chrono::microseconds{100};

os::FileDescriptor tcp_socket() {
    return os::FileDescriptor(
        os::check("open a TCP socket", ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)));
}

void switch_on(const os::FileDescriptor& fd, int level, int option) {
    const int on = 1;
    os::check("set a socket option", ::setsockopt(fd.get(), level, option, &on, sizeof on));
}

std::vector<std::uint16_t> usable_ports(const scenario::Host& host) {
    std::vector<std::uint16_t> ports;
    for (std::uint32_t port = host.ports.first; port <= host.ports.last; ++port) {
        const auto candidate = static_cast<std::uint16_t>(port);
        if (!core::contains(host.reserved_ports, candidate)) ports.push_back(candidate);
    }
    return ports;
}

/// 0, or the errno.
int try_listen(const os::FileDescriptor& fd, const os::Endpoint& endpoint) {
    const os::SocketAddress address(endpoint);
    if (::bind(fd.get(), address.get(), address.size()) != 0) return errno;
    return ::listen(fd.get(), SOMAXCONN) == 0 ? 0 : errno;
}

/// Takes the next port from `endpoint.port` on that nobody has.
os::FileDescriptor listen_next(os::Endpoint& endpoint) {
    for (; endpoint.port < 65535; ++endpoint.port) {
        os::FileDescriptor fd = tcp_socket();
        const int error = try_listen(fd, endpoint);
        if (error == 0) return fd;
        if (error != EADDRINUSE) throw os::SystemError("listen on " + os::to_string(endpoint), error);
    }
    throw os::SystemError("find a port for the trials with delayed duplicates", EADDRINUSE);
}

/// 0, EINPROGRESS, or what refused the pair.
int try_connect(int fd, const os::Endpoint& destination) {
    const os::SocketAddress address(destination);
    if (::connect(fd, address.get(), address.size()) == 0) return 0;
    if (errno == EISCONN) return 0;
    return errno == EALREADY ? EINPROGRESS : errno;
}

/// What says "not this pair, not now"; anything else is no finding but a failure.
bool is_refusal(int error) {
    const bool by_kernel = error == EADDRINUSE || error == EADDRNOTAVAIL;
    const bool by_peer = error == ECONNREFUSED || error == ECONNRESET || error == ECONNABORTED || error == ETIMEDOUT;
    return by_kernel || by_peer;
}

void expect_refusal(const char* attempt, int error) {
    if (!is_refusal(error)) throw os::SystemError(attempt, error);
}

void linger(const os::FileDescriptor& fd, const std::optional<std::chrono::seconds>& time) {
    if (!time) return;
    const ::linger option{1, static_cast<int>(time->count())};
    os::check("set SO_LINGER", ::setsockopt(fd.get(), SOL_SOCKET, SO_LINGER, &option, sizeof option));
}

}  // namespace

Received receive_queued(const os::FileDescriptor& fd) {
    std::array<char, 4096> buffer;
    Received received;
    for (;;) {
        const ssize_t got = ::recv(fd.get(), buffer.data(), buffer.size(), MSG_DONTWAIT);
        if (got > 0) {
            received.bytes.append(buffer.data(), static_cast<std::size_t>(got));
            continue;
        }
        if (got < 0 && errno == EINTR) continue;
        received.ended = got == 0 || errno != EAGAIN;
        return received;
    }
}

void send_all(const os::FileDescriptor& fd, std::string_view bytes) {
    const ssize_t sent = ::send(fd.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent != static_cast<ssize_t>(bytes.size()))
        throw os::SystemError("send the bytes of a trial", sent < 0 ? errno : EAGAIN);
}

TrialPairs::TrialPairs(const scenario::Scenario& real_time, std::size_t count)
    : host_(real_time.host),
      server_{server, first_server_port},
      listener_(listen_next(server_)),
      ports_(usable_ports(host_)),
      source_(first_source),
      pairs_(count) {}

Ends TrialPairs::open_first(std::size_t index) {
    choose(pairs_[index]);
    const core::Instant deadline = os::monotonic_now() + first_handshake;
    for (;;) {
        if (auto ends = open(index)) return std::move(*ends);
        if (os::monotonic_now() >= deadline)
            throw os::SystemError("open the first connection of a trial with delayed duplicates, from " +
                                      os::to_string(tuple(index).local) + " to " + os::to_string(server_),
                                  ETIMEDOUT);
        std::this_thread::sleep_for(between_looks);
    }
}

void TrialPairs::choose(Pair& pair) {
    while (!ports_.empty()) {
        if (next_port_ == ports_.size()) {
            next_port_ = 0;
            source_ = source_.plus(1);
        }
        pair.tuple = {{source_, ports_[next_port_]}, server_};
        if (auto started = start(pair.tuple)) {
            pair.opening = std::move(*started);
            ++next_port_;
            return;
        }
        // Nothing else connects from this address: whoever has the port has it on every address.
        ports_[next_port_] = ports_.back();
        ports_.pop_back();
    }
    throw os::SystemError("find a port for the trials with delayed duplicates", EADDRNOTAVAIL);
}

std::optional<Ends> TrialPairs::open(std::size_t index) {
    Pair& pair = pairs_[index];
    if (!pair.opening.is_open()) {
        auto started = start(pair.tuple);
        if (!started) return std::nullopt;
        pair.opening = std::move(*started);
    }
    const int error = try_connect(pair.opening.get(), pair.tuple.remote);
    if (error == EINPROGRESS) return std::nullopt;
    if (error != 0) {
        give_up(index);
        expect_refusal("finish the handshake of a trial", error);
        return std::nullopt;
    }
    os::FileDescriptor accepted = accept_from(pair.tuple.local);
    if (!accepted.is_open()) return std::nullopt;
    return Ends{std::move(pair.opening), std::move(accepted)};
}

void TrialPairs::give_up(std::size_t index) {
    pairs_[index].opening.reset();
    accepted_.erase(pairs_[index].tuple.local);
}

// As load/connector.cpp opens a connection, with one port to choose from.
std::optional<os::FileDescriptor> TrialPairs::start(const os::Tuple& tuple) const {
    os::FileDescriptor fd = tcp_socket();
    if (host_.reuse_address) switch_on(fd, SOL_SOCKET, SO_REUSEADDR);
    const bool names_port = host_.port_choice == scenario::PortChoice::bound;
    if (!names_port) {
        if (const int error = os::set_port_window(fd.get(), tuple.local.port, tuple.local.port))
            throw os::SystemError("set IP_LOCAL_PORT_RANGE", error);
        if (!host_.bind_before_connect || host_.bind_address_no_port)
            switch_on(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT);
    }
    const os::SocketAddress address(
        os::Endpoint{tuple.local.address, names_port ? tuple.local.port : std::uint16_t{0}});
    if (::bind(fd.get(), address.get(), address.size()) != 0) {
        expect_refusal("bind the socket of a trial", errno);
        return std::nullopt;
    }
    const int error = try_connect(fd.get(), tuple.remote);
    if (error == 0 || error == EINPROGRESS) return fd;
    expect_refusal("connect the socket of a trial", error);
    return std::nullopt;
}

os::FileDescriptor TrialPairs::accept_from(const os::Endpoint& client) {
    accept_queued();
    const auto found = accepted_.find(client);
    if (found == accepted_.end()) return {};
    os::FileDescriptor fd = std::move(found->second);
    accepted_.erase(found);
    return fd;
}

void TrialPairs::accept_queued() {
    for (;;) {
        os::SocketAddress client;
        os::FileDescriptor fd(
            ::accept4(listener_.get(), client.get(), client.size_place(), SOCK_NONBLOCK | SOCK_CLOEXEC));
        if (fd.is_open()) {
            accepted_.insert_or_assign(client.endpoint(), std::move(fd));
            continue;
        }
        if (errno == EAGAIN) return;
        if (errno != EINTR && errno != ECONNABORTED) throw os::SystemError("accept a connection of a trial", errno);
    }
}

bool client_closes_first(const scenario::Load& load) { return load.closer != core::Closer::server; }

void close_as(const scenario::Load& load, Ends& ends, CloseWatch& watch) {
    os::FileDescriptor& active = client_closes_first(load) ? ends.client : ends.server;
    os::FileDescriptor& passive = client_closes_first(load) ? ends.server : ends.client;
    linger(active, load.linger);
    linger(passive, load.passive_linger);
    watch.closing(active);
    if (load.half_close)
        ::shutdown(active.get(), SHUT_WR);
    else
        active.reset();
    receive_queued(passive);  // to the FIN: unread bytes would turn the close into a reset
    if (load.passive_closes) passive.reset();
    if (load.half_close) {
        if (!load.close_unread) receive_queued(active);
        active.reset();
    }
    watch.closed();
}

}  // namespace portdrought::hazard
