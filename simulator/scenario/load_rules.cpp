#include "scenario/load_rules.hpp"

#include <cmath>

#include "scenario/exchange.hpp"
#include "scenario/keys/value_text.hpp"
#include "scenario/rule_list.hpp"

namespace portdrought::scenario {
namespace {

using core::Arrivals;

bool has_trace(const Scenario& s) { return s.load.arrivals == Arrivals::trace; }

Found a_closed_loop_has_no_arrivals(const Scenario& s) {
    if (s.load.rate || s.load.arrivals == Arrivals::constant) return {};
    return Finding{
        {"load.arrivals", "load.rate"},
        "load.rate = \"max\" starts an attempt when a slot is free, not by arrivals; write \"constant\", or a rate"};
}

Finding needs(const char* key, const char* process) {
    return {{key, "load.arrivals"},
            std::string{"has a part only in load.arrivals = \""} + process + "\"; write that, or leave it out"};
}

Found burst_lengths_are_of_bursts(const Scenario& s) {
    if (s.load.arrivals == Arrivals::bursts) return {};
    if (s.load.burst_on != Load{}.burst_on) return needs("load.burst_on", "bursts");
    if (s.load.burst_off != Load{}.burst_off) return needs("load.burst_off", "bursts");
    return {};
}

Found a_daily_curve_is_of_daily_arrivals(const Scenario& s) {
    if (s.load.arrivals == Arrivals::daily) return {};
    if (s.load.daily_low != Load{}.daily_low) return needs("load.daily_low", "daily");
    if (s.load.daily_period != Load{}.daily_period) return needs("load.daily_period", "daily");
    return {};
}

Found a_trace_is_of_a_recorded_load(const Scenario& s) {
    if (has_trace(s)) return {};
    if (!s.load.trace.empty()) return needs("load.trace", "trace");
    if (!s.load.trace_content.empty()) return needs("load.trace_content", "trace");
    return {};
}

Found a_recorded_load_has_a_trace(const Scenario& s) {
    if (!has_trace(s) || !s.load.trace.empty()) return {};
    return Finding{{"load.trace", "load.arrivals"},
                   "is missing; write the name of a CSV file with the attempts, or another load.arrivals"};
}

Found a_trace_begins_within_the_load(const Scenario& s) {
    if (!has_trace(s) || !s.load.trace_rows.shared) return {};
    if (s.load.trace_rows.shared->attempts_before(s.load.duration) > 0) return {};
    return Finding{{"load.trace", "load.duration"},
                   "has no attempt within load.duration = \"" + to_text(s.load.duration) +
                       "\"; write another file, or a longer load.duration"};
}

// What `show` prints is a scenario again, so the trace's own rate may be written.
Found a_trace_has_its_own_rate(const Scenario& s) {
    constexpr double rounding = 1e-3;
    if (!has_trace(s) || !s.load.trace_rows.shared || !s.load.rate) return {};
    const auto attempts = static_cast<double>(s.load.trace_rows.shared->attempts_before(s.load.duration));
    const double mean = attempts / core::seconds(s.load.duration);
    if (attempts == 0 || std::abs(s.load.rate->per_second - mean) <= rounding * mean) return {};
    return Finding{{"load.rate", "load.trace", "load.duration"},
                   '"' + to_text(*s.load.rate) +
                       "\" is not what the trace offers within load.duration; leave it out, or write \"" +
                       to_text(core::Rate{mean}) + '"'};
}

Found a_distribution_has_a_mean(const Scenario& s) {
    if (s.load.hold_distribution == core::HoldDistribution::constant || s.load.hold > core::Duration{0}) return {};
    return Finding{{"load.hold_distribution", "load.hold"},
                   "has load.hold as its mean, and that is \"0s\"; write a hold, or \"constant\""};
}

constexpr Rule rules[] = {
    a_closed_loop_has_no_arrivals, burst_lengths_are_of_bursts, a_daily_curve_is_of_daily_arrivals,
    a_trace_is_of_a_recorded_load, a_recorded_load_has_a_trace, a_trace_begins_within_the_load,
    a_trace_has_its_own_rate,      a_distribution_has_a_mean,
};

}  // namespace

std::vector<Finding> load_findings(const Scenario& scenario) { return broken(rules, scenario); }

}  // namespace portdrought::scenario
