#include "load/connector.hpp"

#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>

#include "os/net/socket_address.hpp"
#include "scenario/addresses.hpp"

namespace portdrought::load {
namespace {

// <linux/in.h> cannot be included beside <netinet/in.h>; kernel 6.3+ (facts: IP_LOCAL_PORT_RANGE).
constexpr int ip_local_port_range = 51;

/// 0, or the errno.
int call_connect(int fd, const os::Endpoint& destination) {
    const os::SocketAddress address(destination);
    return ::connect(fd, address.get(), address.size()) == 0 ? 0 : errno;
}

/// How long a port is taken after this side has closed first. Rather too short than too long: a wrong guess costs one
/// connect(), but a port that is believed taken is not tried.
core::Duration believed_lifetime(const scenario::Scenario& real, core::Duration recheck_after) {
    const scenario::Host& host = real.host;
    core::Duration lifetime = host.timed_wait_delay.value_or(std::chrono::seconds{60});
    // A port that may be bound again needs neither tw_reuse nor age, but a true TIME-WAIT.
    if (scenario::bind_reuses_time_wait(host) && real.load.passive_closes) return core::Duration{0};
    if (scenario::tw_reuse_works(real) && !scenario::bind_takes_port(host))
        lifetime = std::min<core::Duration>(lifetime, host.tw_reuse_delay + std::chrono::milliseconds{1});
    if (!real.load.passive_closes) lifetime = std::min(lifetime, host.fin_timeout);
    // Past tcp_max_tw_buckets there is no TIME-WAIT, and nobody tells which connections had none.
    if (host.max_time_wait < scenario::port_capacity(real)) lifetime = std::min(lifetime, recheck_after);
    return lifetime;
}

bool set_option(int fd, int level, int option, int value) {
    return ::setsockopt(fd, level, option, &value, sizeof value) == 0;
}

bool set_window(int fd, const core::PortRange& ports) {
    const std::uint32_t window = ports.first | static_cast<std::uint32_t>(ports.last) << 16U;
    return ::setsockopt(fd, IPPROTO_IP, ip_local_port_range, &window, sizeof window) == 0;
}

/// The port, not the call, was the reason.
bool is_taken(const Finding& finding) { return finding.error == EADDRNOTAVAIL || finding.error == EADDRINUSE; }

/// The kernel's own choice: 127.0.0.1 towards all of 127.0.0.0/8 (the preferred source of its route), but the
/// destination itself towards an IPv6 address of this host (RFC 6724, section 5, rule 1).
bool is_chosen_unasked(const Route& route) {
    return route.destination.address.is_ipv4() || route.source.address == route.destination.address;
}

}  // namespace

Connector::Connector(const scenario::Scenario& real_time, std::vector<os::Endpoint> destinations, bool has_upstream)
    : host_(real_time.host),
      first_source_(scenario::source_address(real_time, 0)),
      destinations_(std::move(destinations)),
      own_destinations_(destinations_.size() - (has_upstream ? 1 : 0)),
      // A wrong belief costs one connect() of 4 us: look again soon where the enforcer is exact, later where the kernel
      // frees TIME-WAIT in batches of 2 s.
      recheck_after_(host_.timed_wait_delay ? std::chrono::milliseconds{1} : std::chrono::milliseconds{250}),
      believed_lifetime_(believed_lifetime(real_time, recheck_after_)),
      one_for_all_(scenario::bind_is_for_all(host_)) {
    if (host_.port_choice != scenario::PortChoice::kernel)
        chooser_.emplace(host_, host_.sources * destinations_.size(), real_time.lab.seed);
}

Route Connector::next_route() {
    const std::size_t tuples = host_.sources * own_destinations_;
    const std::size_t tuple = next_++ % tuples;
    return {one_for_all_ ? tuple % host_.sources : tuple,
            {source_address(tuple % host_.sources), 0},
            destinations_[tuple / host_.sources],
            tuple / host_.sources};
}

Opening Connector::open_upstream(core::Instant now) {
    const std::size_t tuple = host_.sources * own_destinations_;
    return open(Route{one_for_all_ ? 0 : tuple, {source_address(0), 0}, destinations_.back(), own_destinations_}, now);
}

Opening Connector::open(const Route& route, core::Instant now) {
    Opening opening;
    opening.route = route;
    opening.finding = open_socket(opening);
    if (opening.finding) return opening;
    opening.finding = chooser_ ? choose_port(opening, now) : connect(opening);
    return opening;
}

/// A socket with every option of the scenario, bound to its source address where it needs one.
std::optional<Finding> Connector::open_socket(Opening& opening) const {
    opening.fd = os::FileDescriptor(
        ::socket(os::family_of(opening.route.destination.address), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    const int fd = opening.fd.get();
    if (!opening.fd.is_open()) return Finding{core::Call::socket, errno};
    if (host_.reuse_address && !set_option(fd, SOL_SOCKET, SO_REUSEADDR, 1)) return Finding{core::Call::bind, errno};
    if (host_.port_window && !set_window(fd, *host_.port_window)) return Finding{core::Call::bind, errno};
    return binds_chosen_port() ? std::nullopt : bind_source(fd, opening.route);
}

os::Address Connector::source_address(std::size_t index) const {
    return first_source_.plus(static_cast<std::uint32_t>(index));
}

std::optional<Finding> Connector::bind_source(int fd, const Route& route) const {
    const bool no_need = host_.sources == 1 && is_chosen_unasked(route);
    if (no_need && !host_.bind_before_connect && !binds_chosen_port()) return std::nullopt;
    if (!scenario::bind_takes_port(host_) && !set_option(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, 1))
        return Finding{core::Call::bind, errno};
    const os::SocketAddress address(route.source);
    if (::bind(fd, address.get(), address.size()) != 0) return Finding{core::Call::bind, errno};
    return std::nullopt;
}

std::optional<Finding> Connector::connect(Opening& opening) {
    const int fd = opening.fd.get();
    int error = call_connect(fd, opening.route.destination);
    if (error == EINPROGRESS) error = confirm(fd, opening.route.destination);
    opening.established = error == 0;
    if (error == 0 || error == EALREADY) return std::nullopt;
    return Finding{core::Call::connect, error};
}

std::optional<Finding> Connector::choose_port(Opening& opening, core::Instant now) {
    const std::size_t tuple = opening.route.tuple;
    std::optional<Finding> finding;
    for (std::size_t tries = 0; tries < chooser_->size(); ++tries) {
        const std::optional<std::uint16_t> free = chooser_->next_free(tuple, now);
        const std::uint16_t port = free ? *free : chooser_->next_in_turn();
        finding = connect_from(port, opening);
        if (finding && free && is_taken(*finding)) {
            chooser_->taken_until(tuple, port, now + recheck_after_);
            // A socket that has bound a port keeps it: the next port needs another one.
            if (!binds_chosen_port() || finding->call == core::Call::bind) continue;
            opening.fd.reset();
            if (const auto failed = open_socket(opening)) return failed;
            continue;
        }
        if (finding) return finding;
        opening.route.source.port = port;
        chooser_->taken_until(tuple, port, core::Instant::max());
        return std::nullopt;
    }
    return finding;
}

// A one-port IP_LOCAL_PORT_RANGE window keeps the semantics of autobind (a port is shared by destinations, tw_reuse is
// obeyed), which an explicit bind() changes.
std::optional<Finding> Connector::connect_from(std::uint16_t port, Opening& opening) const {
    const int fd = opening.fd.get();
    if (binds_chosen_port()) {
        Route bound = opening.route;
        bound.source.port = port;
        if (const auto finding = bind_source(fd, bound)) return finding;
    } else if (!set_window(fd, {port, port})) {
        return Finding{core::Call::bind, errno};
    }
    return connect(opening);
}

int Connector::confirm(int fd, const os::Endpoint& destination) {
    const int error = call_connect(fd, destination);
    return error == EISCONN ? 0 : error;
}

void Connector::released(const Route& route, bool holds_time_wait, core::Instant now) {
    if (!chooser_ || route.source.port == 0) return;
    chooser_->taken_until(route.tuple, route.source.port, holds_time_wait ? now + believed_lifetime_ : now);
}

}  // namespace portdrought::load
