// What the runs of a search say about one event, rate by rate: seen or not, by majority, and between which rates it
// begins. Pure.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "analysis/knees/observation.hpp"

namespace portdrought::knees {

enum class Event : std::uint8_t {
    slow_connects,  // past the latency cliff
    failure,        // some attempt found no port, in its host or in the NAT
    not_held        // the generator could not offer the rate
};

struct Votes {
    std::uint32_t with = 0, without = 0;
    std::uint32_t runs() const { return with + without; }
};

/// connect() at the lowest rate that was held.
struct Plateau {
    core::Duration median{0};
    double slow = 0;  // share of connects that are slow there all the same
};

/// Absent before there is one.
std::optional<Plateau> plateau_of(const std::vector<Observation>& seen);

/// Share (0..1) of connects that take slow_factor times the lower quartile of the same run or more. A quarter is fast
/// at any rate, and what makes all connects of a run longer (a busy machine, cold caches) is left out.
double share_of_slow(const core::Histogram& connect);

/// Whether the run showed the event; absent where it can say nothing about it.
std::optional<bool> showed(const Observation& run, Event event, const std::optional<Plateau>& plateau);

/// The event by rate. Where a rate has as many votes for as against, it counts as neither.
class Poll {
public:
    Poll(const std::vector<Observation>& seen, Event event);

    const std::map<double, Votes>& votes() const { return votes_; }
    Votes at(double rate) const;
    /// The lowest rate at which the runs disagree evenly.
    std::optional<double> tie() const;
    std::optional<double> lowest_with() const;
    /// The event begins between these: the highest rate without, and the lowest above it with.
    std::optional<double> highest_without() const;
    std::optional<double> upper_end() const;

private:
    std::map<double, Votes> votes_;
};

}  // namespace portdrought::knees
