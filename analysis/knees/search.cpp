#include "analysis/knees/search.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

namespace portdrought::knees {
namespace {

constexpr std::uint32_t most_disturbed_in_a_row = 4;
constexpr double beyond_the_knee = 1.02;  // overload, by so much, shows the ceiling
constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr double slack = 1 + 1e-9;  // for rates that are equal but for rounding

/// Four significant digits: what a person would write, and finer than any bracket.
double rounded(double rate) { return std::stod(fmt::format("{:.4g}", rate)); }

std::uint32_t runs_at(const std::vector<Observation>& seen, double rate) {
    return static_cast<std::uint32_t>(
        std::ranges::count_if(seen, [rate](const Observation& run) { return run.rate_per_s == rate; }));
}

bool is_hopeless(const std::vector<Observation>& seen) {
    if (seen.size() < most_disturbed_in_a_row) return false;
    return std::all_of(seen.end() - most_disturbed_in_a_row, seen.end(),
                       [](const Observation& run) { return run.disturbed; });
}

Agreement agreement(const Votes& votes) { return {votes.runs(), votes.with}; }

}  // namespace

std::optional<double> Search::next() const {
    if (seen_.size() >= plan_.most_runs || is_hopeless(seen_)) return std::nullopt;
    if (!plateau_of(seen_) && !is_timeless()) return ask_the_lowest();
    if (plan_.cliff_guess && !is_timeless())
        if (const auto rate = ask(Event::slow_connects, plan_.cliff_guess)) return rate;
    if (const auto rate = ask(Event::failure, plan_.failure_guess)) return rate;
    if (const auto rate = ask_overload()) return rate;
    // A cliff that nobody expected is looked for only where there are signs of one.
    if (const Poll slow(seen_, Event::slow_connects); slow.lowest_with() || slow.tie())
        if (const auto rate = ask(Event::slow_connects, plan_.cliff_guess)) return rate;
    return ask_generator();
}

/// Somebody who plays connects without any time shows failures all the same.
bool Search::is_timeless() const {
    return std::ranges::any_of(seen_, [](const Observation& run) { return run.timeless && !run.disturbed; });
}

/// Where connects are on their plateau.
std::optional<double> Search::ask_the_lowest() const {
    const double from = rounded(plan_.from_per_s);
    return runs_at(seen_, from) < 2 * plan_.repeat ? std::optional{from} : std::nullopt;
}

/// The lowest rate that repeatedly could not be offered: nothing can be learnt from there on.
std::optional<double> Search::not_held_from() const {
    const Poll poll(seen_, Event::not_held);
    for (const auto& [rate, votes] : poll.votes())
        if (votes.with >= std::min<std::uint32_t>(plan_.repeat, 2) && votes.with > votes.without) return rate;
    return std::nullopt;
}

/// A bracket is done when both ends have been run as often as asked.
std::optional<double> Search::unsettled_end(const Poll& poll, double low, double high) const {
    if (poll.at(low).runs() < plan_.repeat && low > rounded(plan_.from_per_s)) return low;
    if (poll.at(high).runs() < plan_.repeat) return high;
    return std::nullopt;
}

/// Half a bracket's width: two runs this far on either side of a guess enclose it as closely as asked.
double Search::step() const { return std::sqrt(1 + plan_.resolution); }

/// The guess first, from either side; where it was wrong, away from it in growing steps; then halves.
double Search::toward_guess(double low, std::optional<double> high, std::optional<double> guess) const {
    const double middle = high ? std::sqrt(low * *high) : low * 2;
    if (!guess) return middle;
    const double below = rounded(*guess / step()), above = rounded(*guess * step());
    const double end = high.value_or(infinite);
    if (low < below && below < end) return below;
    if (low < above && above < end) return above;
    const double least = 1 + plan_.resolution;
    if (low >= above) {
        const double farther = low * std::max(least, low / *guess);
        return high ? std::min(farther, middle) : farther;
    }
    if (end <= below) return std::max(end / std::max(least, *guess / end), middle);
    return middle;
}

std::optional<double> Search::ask(Event event, std::optional<double> guess) const {
    const Poll poll(seen_, event);
    if (const auto tie = poll.tie()) return tie;
    const double from = rounded(plan_.from_per_s);
    const auto low = poll.highest_without(), high = poll.upper_end();
    if (!low) return poll.at(from).runs() < plan_.repeat ? std::optional{from} : std::nullopt;
    if (high && *high <= *low * (1 + plan_.resolution) * 1.001) return unsettled_end(poll, *low, *high);
    const double limit = high ? infinite : not_held_from().value_or(infinite);
    double rate = toward_guess(*low, high, guess);
    if (rate >= limit) rate = limit > *low * (1 + plan_.resolution) ? std::sqrt(*low * limit) : limit;
    rate = rounded(std::min(rate, rounded(plan_.to_per_s)));
    const double end = std::min(limit, high.value_or(infinite));
    return rate > *low * slack && rate < end / slack ? std::optional{rate} : std::nullopt;
}

/// `to`, or halfway from the first failure to what can no longer be offered.
std::optional<double> Search::overload_rate() const {
    const auto failure = Poll(seen_, Event::failure).upper_end();
    if (!failure) return std::nullopt;
    const auto limit = not_held_from();
    const double rate = rounded(limit ? std::min(plan_.to_per_s, std::sqrt(*failure * *limit)) : plan_.to_per_s);
    return rate >= *failure * beyond_the_knee ? std::optional{rate} : std::nullopt;
}

std::vector<double> Search::sustained() const {
    std::vector<double> values;
    const auto failure = Poll(seen_, Event::failure).upper_end();
    if (!failure) return values;
    for (const Observation& run : seen_)
        if (run.held && !run.disturbed && run.sustained_per_s && run.rate_per_s >= *failure * beyond_the_knee)
            values.push_back(*run.sustained_per_s);
    return values;
}

std::optional<double> Search::ask_overload() const {
    const auto rate = overload_rate();
    if (!rate || sustained().size() >= plan_.repeat) return std::nullopt;
    return Poll(seen_, Event::failure).at(*rate).runs() < plan_.repeat && runs_at(seen_, *rate) < 2 * plan_.repeat + 2
               ? rate
               : std::nullopt;
}

/// Where ports never ran out, the last result is how much could be offered at all.
std::optional<double> Search::ask_generator() const {
    if (Poll(seen_, Event::failure).upper_end() || !not_held_from()) return std::nullopt;
    return ask(Event::not_held, std::nullopt);
}

Bracket Search::bracket(Event event) const {
    const Poll poll(seen_, event);
    Bracket result;
    const auto highest_without = poll.highest_without(), lowest_with = poll.lowest_with();
    result.high = poll.upper_end();
    for (const auto& [rate, votes] : poll.votes())
        if (votes.without > votes.with && (!lowest_with || rate < *lowest_with)) result.low = rate;
    result.is_contradictory = highest_without && lowest_with && *lowest_with < *highest_without;
    if (result.low) result.at_low = agreement(poll.at(*result.low));
    if (result.high) result.at_high = agreement(poll.at(*result.high));
    if (result.low && result.high)
        result.status = Status::bracketed;
    else if (result.high)
        result.status = Status::from_start;
    else if (result.low && *result.low >= rounded(plan_.to_per_s))
        result.status = Status::not_seen;
    else if (result.low && not_held_from())
        result.status = Status::beyond;
    return result;
}

Ceiling Search::ceiling() const {
    Ceiling result;
    result.overload = overload_rate();
    const std::vector<double> values = sustained();
    if (!values.empty()) {
        result.status = Status::bracketed;
        result.low = *std::ranges::min_element(values);
        result.high = *std::ranges::max_element(values);
        result.runs = static_cast<std::uint32_t>(values.size());
        return result;
    }
    const Poll held(seen_, Event::not_held);
    const Poll failure(seen_, Event::failure);
    if (failure.lowest_with() || !held.highest_without()) return result;
    result.low = held.highest_without();
    if (not_held_from()) {
        result.status = Status::beyond;
        result.high = held.upper_end();
    } else if (*result.low >= rounded(plan_.to_per_s)) {
        result.status = Status::not_seen;
    }
    return result;
}

Knees Search::knees() const {
    Knees result;
    if (is_timeless())
        result.cliff.status = Status::no_latency;
    else
        result.cliff = bracket(Event::slow_connects);
    result.first_failure = bracket(Event::failure);
    result.ceiling = ceiling();
    if (const auto plateau = plateau_of(seen_)) result.plateau = plateau->median;
    result.runs = static_cast<std::uint32_t>(seen_.size());
    for (const Observation& run : seen_) {
        if (!run.held) ++result.not_held;
        if (run.disturbed) ++result.disturbed;
    }
    result.is_complete = !next() && !is_hopeless(seen_) && seen_.size() < plan_.most_runs;
    return result;
}

}  // namespace portdrought::knees
