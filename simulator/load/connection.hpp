// One side of one connection: performs the actions of its ConnectionCycle on a non-blocking socket until it has to
// wait. It knows neither attempts nor listeners; its Party (client or server) decides what an end means.
#pragma once

#include <cstdint>
#include <optional>

#include "core/connection_cycle.hpp"
#include "load/connector.hpp"
#include "os/file_descriptor.hpp"
#include "os/net/tuple.hpp"

namespace portdrought::load {

class Connection;
class Closing;

/// Owns connections and is told when one of them can go on.
class Party {
public:
    Party() = default;
    Party(const Party&) = delete;
    Party& operator=(const Party&) = delete;
    virtual ~Party() = default;
    virtual void resume(Connection& connection) = 0;
    virtual void timed_out(Connection& connection) = 0;
    /// An active close that Closing took over is complete.
    virtual void closed(Connection& connection) = 0;
};

/// Why advance() came back.
enum class Pause : std::uint8_t {
    turn,          // the peer, in the same worker, has to act first
    readable,      // wait until the socket is readable
    writable,      // wait until the socket is writable
    time,          // wait for action().time
    fetch,         // the relay's outbound connection is due
    closing,       // an active close is due
    answering,     // a passive close is due
    request_over,  // pooled: free for another request
    parked,        // nothing more until the run ends
    peer_closed,   // FIN before the exchange was complete
    failed         // finding() says how
};

class Connection {
public:
    /// Starts the cycle on an established socket. `peer_has_acted`: the first read may find data at once.
    void begin(core::Side side, const core::Exchange& exchange, bool peer_has_acted);

    /// Server side of a pooled connection: the cycle of another request, which may never come.
    void begin_next(const core::Exchange& exchange);

    Pause advance();
    /// The pause, the fetch or the close that advance() asked for is over.
    void done() { cycle_.done(); }

    core::Action action() const { return cycle_.action(); }
    /// Bytes of the exchange that never arrived here.
    std::uint64_t missing_bytes() const { return owes_nothing() ? 0 : cycle_.expected_bytes() - received_; }
    /// Established, and every request and response has passed: what remains is the hold and the close.
    bool has_exchanged_all() const { return established && cycle_.exchange_is_complete(); }
    /// Nothing of this cycle has come from the peer.
    bool has_received_nothing() const { return received_ == 0; }
    Finding finding() const { return finding_; }

    // Kept for the party; `serial` changes whenever the object is used anew, so that old timers miss it.
    Party* party = nullptr;
    Closing* closing = nullptr;  // how it ends
    std::uint64_t serial = 0;
    os::FileDescriptor fd;
    Route route;      // client side: how it was opened
    os::Tuple tuple;  // as this side sees it; only kept where its closing needs it
    core::Instant intended{0}, started{0};
    std::uint32_t tries_left = 0;
    std::uint32_t requests = 0;          // pooled: served on this socket before the one under way
    bool established = false;            // client side: the handshake is over
    bool gave_up = false;                // client side: load.timeout is over
    bool is_disposed = false;            // client side: taken out of use, no attempt any more
    bool has_sent_fin = false;           // active half-close: close() has nothing more to send
    Connection* waits_for_me = nullptr;  // relay leg: the accepted connection it fetches for

private:
    std::optional<Pause> send_some(std::uint64_t total);
    std::optional<Pause> receive_some(std::uint64_t total);
    std::optional<Pause> await_data();
    std::optional<Pause> flush();
    std::optional<Pause> read_to_end();
    Pause fail(core::Call call, int error);
    bool must_yield();
    bool owes_nothing() const { return may_never_come_ && received_ == 0; }

    core::ConnectionCycle cycle_;
    std::uint64_t moved_ = 0;  // bytes of the current action
    std::uint64_t received_ = 0;
    bool peer_has_acted_ = false;
    bool may_never_come_ = false;
    Finding finding_;
};

}  // namespace portdrought::load
