// How connections end, as load::Closing does it with sockets: who keeps the pair in TIME_WAIT, who is reset, what that
// costs the other side, and when a NAT learns of it. One per worker.
#pragma once

#include <cstdint>
#include <optional>

#include "core/outcome.hpp"
#include "model/hosts.hpp"
#include "model/lifecycle.hpp"
#include "model/nat/nat.hpp"
#include "scenario/scenario.hpp"

namespace portdrought::model {

/// What a connection takes up until it ends.
struct Held {
    Pair pair;
    std::optional<Nat::Mapping> mapping;  // where there is a NAT, and it had a port
};

struct ClosingTally {
    std::uint64_t resets_sent = 0, aborts_on_data = 0, aborts_on_close = 0;
    std::uint64_t resets_seen_by_peer = 0;
    std::uint64_t reset_reads = 0;  // the client's reads that met a reset
    std::uint64_t transfers_cut = 0, bytes_lost = 0;
};

class Closing {
public:
    /// `nat`: null where there is none.
    Closing(const scenario::Load& real_time, const Lifecycle& lifecycle, Hosts& hosts, Nat* nat)
        : load_(real_time), lifecycle_(lifecycle), hosts_(hosts), nat_(nat) {}

    /// An exchange is over: what the scenario says, and how the client sees it. Nothing where nobody closes.
    core::Outcome close(const Held& held, core::Instant now);
    /// Such a close leaves the client's end open, and its port taken, until the run ends.
    bool leaves_client_open() const;
    /// A response was left unread, which makes the client's close a reset.
    void close_unread(const Held& held, core::Instant now);
    /// The client closes towards a server that never accepted it.
    void leave(const Held& held, core::Instant now);
    /// A proxy without an upstream hangs up on its client, whoever closes first otherwise; `missing` bytes were owed.
    core::Outcome hang_up(const Held& held, std::uint64_t missing, core::Instant now);
    /// No connection came about.
    void give_back(const Held& held, Nat::End end, core::Instant now);

    const ClosingTally& tally() const { return tally_; }

private:
    void tell_nat(const Held& held, Nat::End end, core::Instant now);
    void keep_pair(Pair pair, core::Instant now);
    core::Outcome count_reset();
    bool resets() const { return load_.linger == std::chrono::seconds{0}; }

    const scenario::Load& load_;
    const Lifecycle& lifecycle_;
    Hosts& hosts_;
    Nat* nat_;
    ClosingTally tally_;
};

}  // namespace portdrought::model
