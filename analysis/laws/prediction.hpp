// What the capacity laws say about a scenario before anybody runs it, all in scenario time: who keeps a pair busy after
// the close, for how long, and whether the ports last. Pure; knows no records.
#pragma once

#include <cstdint>
#include <optional>

#include "core/units.hpp"
#include "scenario/holding.hpp"
#include "scenario/scenario.hpp"

namespace portdrought::laws {

using scenario::Holding;
using scenario::leaves_responses_unread;
using scenario::reuse_is_effective;

struct Prediction {
    std::uint64_t capacity = 0;  // pairs connect() or bind() can choose from, without those of unconnected sockets
    Holding holding = Holding::time_wait;
    core::Duration open{0};               // hold and read delay: between connect and close
    core::Duration after_close{0};        // on the connecting side; unlimited for never_closed
    std::optional<core::Rate> offered;    // connections_offered()
    double sustainable_per_s = 0;         // infinite where no port stays taken; 0 for never_closed
    std::optional<double> pairs_wanted;   // with the offered rate, after one residence time
    std::optional<double> pairs_at_most;  // the same in the worst residence time; absent where the rate is constant
    std::optional<core::Duration> exhaustion;  // from empty; absent when it never comes or without offered
    bool answered = true;                      // the server listens and accepts; where not, nothing is predicted
    bool pooled = false;                       // connections are reused: how many are opened is not known beforehand
    std::optional<double> slots_per_s;         // what load.in_flight lets open; absent where no time open limits it

    core::Duration residence() const { return open + after_close; }
    /// True where the offered rate is more than lasts.
    bool runs_out() const { return exhaustion.has_value(); }
};

Prediction predict(const scenario::Scenario& scenario);

/// Connections that the load opens per scenario second, as far as the scenario says: not in a closed loop, nor with a
/// pool, whose requests may find one that is open.
std::optional<core::Rate> connections_offered(const scenario::Scenario& scenario);

/// A limit on TIME-WAIT entries (tcp_max_tw_buckets) below what so many pairs need: closes beyond it leave none, so the
/// ports do not run out, at the price of safety.
bool keeps_fewer_than(double pairs, const scenario::Scenario& scenario, Holding holding);

}  // namespace portdrought::laws
