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
    if (scenario::tw_reuse_works(real))
        lifetime = std::min<core::Duration>(lifetime, host.tw_reuse_delay + std::chrono::milliseconds{1});
    if (!real.load.passive_closes) lifetime = std::min(lifetime, host.fin_timeout);
    // Past tcp_max_tw_buckets there is no TIME-WAIT, and nobody tells which connections had none.
    if (host.max_time_wait < scenario::port_capacity(real)) lifetime = std::min(lifetime, recheck_after);
    return lifetime;
}

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
      believed_lifetime_(believed_lifetime(real_time, recheck_after_)) {
    if (host_.port_choice != scenario::PortChoice::kernel)
        chooser_.emplace(host_, host_.sources * destinations_.size(), real_time.lab.seed);
}

Opening Connector::open(core::Instant now) {
    const std::size_t tuples = host_.sources * own_destinations_;
    const std::size_t tuple = next_++ % tuples;
    return open(Route{tuple, {source_address(tuple % host_.sources), 0}, destinations_[tuple / host_.sources]}, now);
}

Opening Connector::open_upstream(core::Instant now) {
    const std::size_t tuple = host_.sources * own_destinations_;
    return open(Route{tuple, {source_address(0), 0}, destinations_.back()}, now);
}

Opening Connector::open(Route route, core::Instant now) {
    Opening opening;
    opening.fd = os::FileDescriptor(
        ::socket(os::family_of(route.destination.address), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (!opening.fd.is_open()) {
        opening.finding = Finding{core::Call::socket, errno};
        return opening;
    }
    opening.finding = bind_source(opening.fd.get(), route);
    if (!opening.finding) opening.finding = connect(opening.fd.get(), route, now, opening.established);
    opening.route = route;
    return opening;
}

os::Address Connector::source_address(std::size_t index) const {
    return first_source_.plus(static_cast<std::uint32_t>(index));
}

std::optional<Finding> Connector::bind_source(int fd, const Route& route) const {
    if (host_.sources == 1 && !host_.bind_before_connect && is_chosen_unasked(route)) return std::nullopt;
    const int no_port = host_.bind_before_connect ? 0 : 1;
    if (no_port != 0 && ::setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &no_port, sizeof no_port) != 0)
        return Finding{core::Call::bind, errno};
    const os::SocketAddress address(route.source);
    if (::bind(fd, address.get(), address.size()) != 0) return Finding{core::Call::bind, errno};
    return std::nullopt;
}

std::optional<Finding> Connector::connect(int fd, Route& route, core::Instant now, bool& established) {
    if (chooser_) return connect_from_chosen_port(fd, route, now, established);
    int error = call_connect(fd, route.destination);
    if (error == EINPROGRESS) error = confirm(fd, route.destination);
    established = error == 0;
    if (error == 0 || error == EALREADY) return std::nullopt;
    return Finding{core::Call::connect, error};
}

// A one-port IP_LOCAL_PORT_RANGE window keeps the semantics of autobind (a port is shared by destinations, tw_reuse is
// obeyed), which an explicit bind() would change.
std::optional<Finding> Connector::connect_from_chosen_port(int fd, Route& route, core::Instant now, bool& established) {
    for (std::size_t tries = 0; tries < chooser_->size(); ++tries) {
        const std::optional<std::uint16_t> free = chooser_->next_free(route.tuple, now);
        const std::uint16_t port = free ? *free : chooser_->next_in_turn();
        const std::uint32_t window = port | static_cast<std::uint32_t>(port) << 16U;
        if (::setsockopt(fd, IPPROTO_IP, ip_local_port_range, &window, sizeof window) != 0)
            return Finding{core::Call::bind, errno};
        int error = call_connect(fd, route.destination);
        if (error == EINPROGRESS) error = confirm(fd, route.destination);
        if (error == EADDRNOTAVAIL && free) {
            chooser_->taken_until(route.tuple, port, now + recheck_after_);
            continue;
        }
        established = error == 0;
        if (error != 0 && error != EALREADY) return Finding{core::Call::connect, error};
        route.source.port = port;
        chooser_->taken_until(route.tuple, port, core::Instant::max());
        return std::nullopt;
    }
    return Finding{core::Call::connect, EADDRNOTAVAIL};
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
