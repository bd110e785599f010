#include "analysis/knees/votes.hpp"

#include <algorithm>
#include <limits>

#include "analysis/knees/forecast.hpp"

namespace portdrought::knees {
namespace {

bool says_how_long(const Observation& run) { return run.held && !run.disturbed && run.connect.count() > 0; }

bool is_slow(const Observation& run, const Plateau& plateau) {
    return share_of_slow(run.connect) > plateau.slow + slow_share;
}

}  // namespace

double share_of_slow(const core::Histogram& connect) {
    return share_above(connect, core::from_seconds(core::seconds(connect.quantile(0.25)) * slow_factor));
}

std::optional<Plateau> plateau_of(const std::vector<Observation>& seen) {
    double lowest = std::numeric_limits<double>::infinity();
    for (const Observation& run : seen)
        if (says_how_long(run)) lowest = std::min(lowest, run.rate_per_s);
    core::Histogram all;
    double slow = 0, runs = 0;
    for (const Observation& run : seen) {
        if (!says_how_long(run) || run.rate_per_s != lowest) continue;
        all.merge(run.connect);
        slow += share_of_slow(run.connect);
        ++runs;
    }
    if (runs == 0) return std::nullopt;
    return Plateau{all.quantile(0.5), slow / runs};
}

std::optional<bool> showed(const Observation& run, Event event, const std::optional<Plateau>& plateau) {
    if (run.disturbed) return std::nullopt;
    switch (event) {
        case Event::not_held: return !run.held;
        case Event::failure: return run.held ? std::optional{run.failed()} : std::nullopt;
        case Event::slow_connects: break;
    }
    if (!plateau || run.connect.count() == 0) return std::nullopt;
    const bool slow = is_slow(run, *plateau);
    // A rate that connect() itself made impossible to hold is past the cliff, however much less was offered.
    if (!run.held) return slow && run.in_connect ? std::optional{true} : std::nullopt;
    return slow;
}

Poll::Poll(const std::vector<Observation>& seen, Event event) {
    const std::optional<Plateau> plateau = plateau_of(seen);
    for (const Observation& run : seen)
        if (const auto answer = showed(run, event, plateau)) {
            Votes& votes = votes_[run.rate_per_s];
            ++(*answer ? votes.with : votes.without);
        }
}

Votes Poll::at(double rate) const {
    const auto found = votes_.find(rate);
    return found == votes_.end() ? Votes{} : found->second;
}

std::optional<double> Poll::tie() const {
    for (const auto& [rate, votes] : votes_)
        if (votes.with == votes.without) return rate;
    return std::nullopt;
}

std::optional<double> Poll::highest_without() const {
    std::optional<double> result;
    for (const auto& [rate, votes] : votes_)
        if (votes.without > votes.with) result = rate;
    return result;
}

std::optional<double> Poll::lowest_with() const {
    for (const auto& [rate, votes] : votes_)
        if (votes.with > votes.without) return rate;
    return std::nullopt;
}

std::optional<double> Poll::upper_end() const {
    const double above = highest_without().value_or(0);
    for (const auto& [rate, votes] : votes_)
        if (rate > above && votes.with > votes.without) return rate;
    return std::nullopt;
}

}  // namespace portdrought::knees
