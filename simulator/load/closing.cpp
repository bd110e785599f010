#include "load/closing.hpp"

#include <sys/socket.h>

#include <cerrno>

#include "os/net/held_fin.hpp"
#include "os/net/socket_cookie.hpp"

namespace portdrought::load {
namespace {

bool was_reset(const Connection& connection) {
    return connection.finding().error == ECONNRESET || connection.finding().error == EPIPE;
}

using std::chrono::seconds;

void set_linger(int fd, const std::optional<seconds>& linger) {
    if (!linger) return;
    const ::linger option{1, static_cast<int>(linger->count())};
    ::setsockopt(fd, SOL_SOCKET, SO_LINGER, &option, sizeof option);
}

/// Neither FIN nor reset has come from the peer.
bool peer_is_silent(int fd) {
    char byte = 0;
    return ::recv(fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) < 0 && errno == EAGAIN;
}

}  // namespace

Closing::Closing(Loop& loop, const Ending& ending, std::size_t most_closing, timed_wait::Enforcer* enforcer)
    : loop_(loop), ending_(ending), enforcer_(enforcer) {
    if (ending_.linger && ending_.linger != seconds{0}) lingering_closer_.emplace(loop, most_closing);
}

bool Closing::leaves_time_wait() const {
    return ending_.linger != seconds{0} && ending_.passive_linger != seconds{0} && !ending_.unread;
}

Closing::Fin Closing::fin_of(const Connection& connection) {
    if (enforcer_ != nullptr && connection.tuple == connection.tuple.reversed()) return Fin::own;
    if (ending_.by_both) {
        const bool peer_waits = held_.erase(connection.tuple.reversed()) > 0;
        if (!peer_is_silent(connection.fd.get())) return Fin::answer;  // it waited too long, or gave up
        return peer_waits ? Fin::second : Fin::first;
    }
    const bool peer_was_faster = enforcer_ != nullptr && enforcer_->is_half_closed(connection.tuple.reversed());
    return peer_was_faster ? Fin::answer : Fin::first;
}

void Closing::before(Connection& connection, Fin fin) {
    if (fin == Fin::answer) return;
    if (ending_.by_both && fin == Fin::first && os::has_sent_all(connection.fd.get())) {
        os::hold_back_fin(connection.fd.get());
        held_.insert(connection.tuple);
    }
    // A reset of unread data is forgotten when the peer sees it; until then it may still turn out to be a FIN.
    if (enforcer_ != nullptr && ending_.linger != seconds{0})
        enforcer_->closing(connection.tuple, os::socket_cookie(connection.fd.get()));
}

// The second FIN is on its way through loopback before close() or shutdown() returns: TIME-WAIT begins now.
void Closing::after(const Connection& connection, Fin fin) {
    if (enforcer_ == nullptr || fin == Fin::first) return;
    enforcer_->entered(connection.tuple.reversed(), loop_.now());
    if (fin == Fin::second) enforcer_->entered(connection.tuple, loop_.now());
}

void Closing::send_fin(Connection& connection) {
    const Fin fin = fin_of(connection);
    before(connection, fin);
    ::shutdown(connection.fd.get(), SHUT_WR);
    connection.has_sent_fin = true;
    after(connection, fin);
}

void Closing::close_actively(Connection& connection) {
    ++connection.serial;  // no timer may touch it any more: close() may take a while
    set_linger(connection.fd.get(), ending_.linger);
    if (connection.has_sent_fin) {
        connection.fd.reset();
        return connection.party->closed(connection);
    }
    const Fin fin = fin_of(connection);
    before(connection, fin);
    if (lingering_closer_ && fin == Fin::first) return lingering_closer_->close(connection);
    connection.fd.reset();
    after(connection, fin);
    connection.party->closed(connection);
}

void Closing::close_passively(Connection& connection) {
    set_linger(connection.fd.get(), ending_.passive_linger);
    connection.fd.reset();
    if (enforcer_ == nullptr) return;
    const os::Tuple active = connection.tuple.reversed();
    if (ending_.passive_linger == seconds{0}) return enforcer_->forget(active);  // RST instead of the second FIN
    enforcer_->entered(active, loop_.now());
}

void Closing::peer_ended(Connection& connection, PeerLosses& losses) {
    if (was_reset(connection)) ++losses.resets_seen;
    if (connection.missing_bytes() > 0) {
        ++losses.transfers_cut;
        losses.bytes_lost += connection.missing_bytes();
    }
    peer_left(connection);
}

void Closing::peer_left(Connection& connection) {
    held_.erase(connection.tuple);
    held_.erase(connection.tuple.reversed());
    if (!was_reset(connection)) return close_passively(connection);
    connection.fd.reset();
    if (enforcer_ != nullptr) enforcer_->forget(connection.tuple.reversed());
}

}  // namespace portdrought::load
