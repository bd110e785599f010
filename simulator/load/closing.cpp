#include "load/closing.hpp"

#include <sys/socket.h>

#include <cerrno>

#include "os/net/socket_cookie.hpp"

namespace portdrought::load {
namespace {

bool was_reset(const Connection& connection) {
    return connection.finding().error == ECONNRESET || connection.finding().error == EPIPE;
}

}  // namespace

Closing::Closing(Loop& loop, std::optional<std::chrono::seconds> linger, std::size_t most_closing,
                 timed_wait::Enforcer* enforcer)
    : loop_(loop), linger_(linger), enforcer_(enforcer) {
    if (linger_ && leaves_time_wait()) lingering_closer_.emplace(loop, most_closing);
}

void Closing::close_actively(Connection& connection) {
    ++connection.serial;  // no timer may touch it any more: close() may take a while
    if (linger_) {
        const ::linger option{1, static_cast<int>(linger_->count())};
        ::setsockopt(connection.fd.get(), SOL_SOCKET, SO_LINGER, &option, sizeof option);
    }
    if (enforcer_ != nullptr && enforcer_->is_half_closed(connection.tuple.reversed())) {
        // The other side gave up first: it is the active closer after all.
        close_passively(connection);
        return connection.party->closed(connection);
    }
    if (enforcer_ != nullptr && leaves_time_wait())
        enforcer_->closing(connection.tuple, os::socket_cookie(connection.fd.get()));
    if (lingering_closer_) return lingering_closer_->close(connection);
    connection.fd.reset();
    connection.party->closed(connection);
}

void Closing::close_passively(Connection& connection) {
    connection.fd.reset();
    // The second FIN is on its way through loopback before close() returns: TIME-WAIT begins now.
    if (enforcer_ != nullptr) enforcer_->entered(connection.tuple.reversed(), loop_.now());
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
    if (!was_reset(connection)) return close_passively(connection);
    connection.fd.reset();
    if (enforcer_ != nullptr) enforcer_->forget(connection.tuple.reversed());
}

}  // namespace portdrought::load
