// What a connection of a scenario goes through, worked out once: both sides' connection cycles (core) played against
// each other over a wire that takes no time. Every connection of a run then takes the same course; only its hold time
// may be its own. Pure.
#pragma once

#include "core/connection_cycle.hpp"
#include "scenario/scenario.hpp"

namespace portdrought::model {

struct Lifecycle {
    enum class End : std::uint8_t {
        fin,                 // the active closer's FIN is answered: TIME_WAIT on its side, or on both
        unanswered,          // the active closer's FIN is never answered: FIN_WAIT_2
        reset,               // the active closer resets the connection
        passive_reset,       // its FIN is answered by a reset, which it does not read
        passive_reset_read,  // ... and it was still reading (half-close)
        stays_open           // nobody closes
    };

    core::Duration until_close{0};  // from established to the active close, hold time not counted
    core::Closer closer = core::Closer::client;
    End end = End::fin;
    bool by_unread_data = false;  // reset: because a message was left unread, not by SO_LINGER
    bool fetches = false;         // the server opens an outbound connection for each request
    std::uint32_t requests = 1;

    bool client_keeps_pair() const { return closer != core::Closer::server; }
    bool server_keeps_pair() const { return closer == core::Closer::server || closer == core::Closer::both; }
};

/// `real_time`: a valid scenario, already compressed.
Lifecycle lifecycle_of(const scenario::Scenario& real_time);

}  // namespace portdrought::model
