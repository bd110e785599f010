// What one side of a connection does next: the brain of client and server without any I/O. An engine performs the
// action and reports the event; the kernel engine with sockets, a model with simulated time. One object per side.
#pragma once

#include <cstdint>

#include "core/units.hpp"

namespace portdrought::core {

/// Who sends the first FIN (RFC 9293 3.6: the active closer) and so keeps the pair in TIME-WAIT.
enum class Closer : std::uint8_t { client, server, both, never };

/// What travels over one connection, the same for both sides. Times are real (already compressed).
struct Exchange {
    std::uint64_t request_bytes = 128;
    std::uint64_t response_bytes = 512;
    std::uint32_t requests = 1;
    Duration hold{0};        // active closer: between the end of the last response and its close
    Duration read_delay{0};  // server: between accept and its first read
    Closer closer = Closer::client;
    bool passive_closes = true;  // false: the passive side never answers the FIN, the closer stays in FIN_WAIT_2
    bool half_close = false;     // the active closer sends its FIN by shutdown() and reads to the end before close()
    bool close_unread = false;   // the active closer waits for the last message sent to it, but does not read it
    bool pooled = false;         // a cycle is one request on a connection that lives on after it; nobody closes
    bool drained = true;         // pooled: false: the client waits for the response and leaves it unread
    bool relays = false;         // the server fetches each response from an upstream over a connection of its own
};

enum class Side : std::uint8_t { client, server };

struct Action {
    enum class Kind : std::uint8_t {
        send,          // `bytes` to the peer
        receive,       // `bytes` from the peer
        await_data,    // until something from the peer is there, which is left unread
        fetch,         // the server's own outbound connection for this request
        flush,         // until everything sent has left for the peer
        pause,         // for `time`
        shut_down,     // active half-close: FIN now, reading goes on
        close,         // active close, with the scenario's SO_LINGER
        await_close,   // read until the peer's FIN
        answer_close,  // passive close
        request_over,  // pooled: the connection is free for another request
        park,          // keep the socket open, do nothing until the run ends
        finished
    };
    Kind kind = Kind::finished;
    std::uint64_t bytes = 0;
    Duration time{0};
    friend bool operator==(const Action&, const Action&) = default;
};

/// Starts when the connection is established; each done() moves to the next action.
class ConnectionCycle {
public:
    ConnectionCycle() = default;
    ConnectionCycle(Side side, const Exchange& exchange);

    /// The action now due. Stays the same until done().
    Action action() const;
    void done();

    bool is_active_closer() const;
    /// Bytes this side must receive before the end of the exchange, in total.
    std::uint64_t expected_bytes() const;
    /// True once every request and response of this side has passed.
    bool exchange_is_complete() const { return step_ >= Step::flush; }

private:
    enum class Step : std::uint8_t {
        read_delay,
        first_half,
        fetch,
        second_half,
        flush,
        hold,
        shut_down,
        drain,
        close,
        answer,
        finished
    };

    Action transfer(Side sender, std::uint64_t bytes) const;
    bool leaves_unread() const;
    void end_request();
    void skip_empty_steps();
    bool no_request_is_left() const;
    bool is_empty(Step step) const;

    Exchange exchange_{};
    Side side_ = Side::client;
    Step step_ = Step::finished;
    std::uint32_t requests_left_ = 0;
};

}  // namespace portdrought::core
