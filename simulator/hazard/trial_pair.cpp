#include "hazard/trial_pair.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>

#include "os/net/loopback_pair.hpp"
#include "os/net/socket_address.hpp"
#include "os/system_error.hpp"

namespace portdrought::hazard {
namespace {

// 127.200.0.1 and 127.200.0.2: the load's own begin at 127.0.0.1. The listener may have a port of the range, because
// nobody connects from its address.
constexpr std::uint32_t source = 0x7fc80001, server = source + 1;
constexpr std::uint16_t first_server_port = 2000;
constexpr int accept_wait_ms = 1000;

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

TrialPairs::TrialPairs(const scenario::Scenario& real_time, std::size_t count) : host_(real_time.host) {
    const std::vector<std::uint16_t> ports = usable_ports(host_);
    os::Endpoint listener{server, first_server_port};
    for (std::size_t i = 0; i < count; ++i) {
        if (i % ports.size() == 0) {
            ++listener.port;
            listeners_.push_back(listen_next(listener));
        }
        pairs_.push_back({{{source, ports[i % ports.size()]}, listener}, &listeners_.back(), {}});
    }
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
        pair.opening.reset();
        return std::nullopt;
    }
    Ends ends{std::move(pair.opening), accept(pair)};
    if (!ends.server.is_open()) return std::nullopt;
    return ends;
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
    if (::bind(fd.get(), address.get(), address.size()) != 0) return std::nullopt;
    const int error = try_connect(fd.get(), tuple.remote);
    if (error != 0 && error != EINPROGRESS) return std::nullopt;
    return fd;
}

os::FileDescriptor TrialPairs::accept(const Pair& pair) const {
    pollfd readable{pair.listener->get(), POLLIN, 0};
    while (::poll(&readable, 1, accept_wait_ms) > 0) {
        sockaddr_in address{};
        socklen_t size = sizeof address;
        os::FileDescriptor fd(::accept4(pair.listener->get(), reinterpret_cast<sockaddr*>(&address), &size,
                                        SOCK_NONBLOCK | SOCK_CLOEXEC));
        if (fd.is_open() && ntohs(address.sin_port) == pair.tuple.local.port) return fd;
    }
    return {};
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
