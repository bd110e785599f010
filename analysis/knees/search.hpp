// The search for the three knees as a state machine without I/O: it asks for a rate, is told what a run at that rate
// showed, and asks for the next. What is known is worked out anew from all observations each time, so nothing depends
// on the order of answers. How it chooses rates: docs/knees.md. Rates are per scenario second.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "analysis/knees/observation.hpp"
#include "analysis/knees/votes.hpp"

namespace portdrought::knees {

struct SearchPlan {
    double from_per_s = 1, to_per_s = 100;  // no run is outside; `to` is also the overload that shows the ceiling
    double resolution = 0.05;               // a bracket is done when its ends are this close: high <= low x 1.05
    std::uint32_t repeat = 2;  // runs at either end of a bracket that must agree; where they differ, more decide
    std::optional<double> cliff_guess, failure_guess;  // where to look first; absent: it is not expected
    std::uint32_t most_runs = 100;
};

enum class Status : std::uint8_t {
    bracketed,   // not at `low`, but at `high`
    not_seen,    // not up to `low`, the highest rate tried
    from_start,  // already at `high`, the lowest rate tried
    beyond,      // not up to `low`, and no higher rate can be offered
    no_latency,  // it shows in how long connect() takes, and that is not known
    unknown      // the search ended before
};

/// How many runs were made at one end of a bracket, and how many of them showed the event.
struct Agreement {
    std::uint32_t runs = 0, with = 0;
};

struct Bracket {
    Status status = Status::unknown;
    std::optional<double> low, high;
    Agreement at_low, at_high;
    bool is_contradictory = false;  // seen at some rate and not at a higher one: low and high enclose both
};

struct Ceiling {
    Status status = Status::unknown;  // bracketed: measured; beyond: low is held, high is more than can be offered
    std::optional<double> low, high;  // lowest and highest of the runs
    std::uint32_t runs = 0;
    std::optional<double> overload;  // the rate it was measured at
};

struct Knees {
    Bracket cliff, first_failure;
    Ceiling ceiling;
    std::optional<core::Duration> plateau;  // median of connect() at the lowest rate, real time
    std::uint32_t runs = 0, not_held = 0, disturbed = 0;
    bool is_complete = false;  // the search has no further question
};

class Search {
public:
    explicit Search(const SearchPlan& plan) : plan_(plan) {}

    /// The rate of the next run; absent when there is nothing left to ask.
    std::optional<double> next() const;
    /// A run that was cut short is no answer and not counted.
    void tell(Observation observation) {
        if (!observation.interrupted) seen_.push_back(std::move(observation));
    }

    /// What is known so far.
    Knees knees() const;
    const std::vector<Observation>& observations() const { return seen_; }

private:
    bool is_timeless() const;
    std::optional<double> ask_the_lowest() const;
    std::optional<double> ask(Event event, std::optional<double> guess) const;
    std::optional<double> ask_overload() const;
    std::optional<double> ask_generator() const;
    std::optional<double> unsettled_end(const Poll& poll, double low, double high) const;
    double toward_guess(double low, std::optional<double> high, std::optional<double> guess) const;
    double step() const;
    std::optional<double> not_held_from() const;
    std::optional<double> overload_rate() const;
    std::vector<double> sustained() const;
    Bracket bracket(Event event) const;
    Ceiling ceiling() const;

    SearchPlan plan_;
    std::vector<Observation> seen_;
};

}  // namespace portdrought::knees
