// The three knees of a scenario by the laws alone, before anything runs: from which rate on connect() gets slow, from
// which some attempt finds no port, and what lasts in the end. All rates per scenario second. Arithmetic and sources:
// docs/laws.md. Pure.
#pragma once

#include <optional>
#include <string>

#include "analysis/laws/prediction.hpp"
#include "analysis/laws/probing.hpp"

namespace portdrought::knees {

/// Slow is a connect() that takes this many times as long as the fastest quarter of its run, ...
inline constexpr double slow_factor = 2.5;
/// ... and the latency cliff is where this share more of all connects are slow than at a low rate.
inline constexpr double slow_share = 0.04;

struct Forecast {
    struct Knee {
        std::optional<double> per_s;  // absent: it never comes, and `why` says why not
        std::string why;              // the arithmetic in words: "1,000 ports / 60 s"
    };
    laws::Prediction law;
    Knee cliff;          // latency cliff
    Knee first_failure;  // some attempt of the run finds no port
    Knee ceiling;        // what lasts under any load
    /// What the CPU time of the workers allows, with the walks of connect() in it.
    double cpu_per_s = 0;
    /// The same once ports come back, when only a share of all connects walks: what a closed loop makes in the end.
    double steady_cpu_per_s = 0;
    bool is_silent = false;  // the laws predict nothing: a pool, or a server that does not answer
    /// Above this rate closes leave no TIME_WAIT, because its table is full (tcp_max_tw_buckets): the ports last for
    /// want of protection. Absent where the ports run out before.
    std::optional<double> protected_per_s;
    bool is_slot_bound = false;  // the ceiling is that of load.in_flight, not of ports
    /// connect() before the cliff, and past it where it has to walk; real time.
    core::Duration connect_before{0}, connect_after{0};

    /// What never misses a port, as a mean: the ceiling, or less where the load brings more at times.
    const Knee& lasting() const { return law.pairs_at_most && first_failure.per_s ? first_failure : ceiling; }

    /// The workers are exhausted before the ports: the run would not be valid there.
    bool is_cpu_bound() const { return ceiling.per_s && !is_slot_bound && cpu_per_s < *ceiling.per_s; }
};

Forecast forecast(const scenario::Scenario& scenario, const core::Costs& cost = {});

/// connect() or bind() itself chooses, in two walks of one parity each.
bool searches_by_parity(const scenario::Scenario& scenario);

/// Ports that the first walk looks at, without reserved ones and those of sockets that never connect: those of the
/// parity of the range's first port where connect() chooses, the others where bind() does.
laws::Search search_of(const scenario::Host& host);

}  // namespace portdrought::knees
