#include "record/validity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/figures.hpp"
#include "record/totals.hpp"
#include "scenario/exchange.hpp"

namespace portdrought::record {
namespace {

constexpr double offered_share = 0.99;  // of the planned attempts that must have been started
constexpr double lag_share = 0.01;      // of the TIME-WAIT length: mean start lag, median lateness of removals
constexpr double census_tolerance = 0.01;
constexpr double census_entries = 10;  // below this a difference is only the moment between two readings
constexpr double overrun_share = 0.2;

void invalid(Validity& validity, std::string note) {
    validity.valid = false;
    validity.notes.push_back(std::move(note));
}

/// What the scenario would have offered; random arrivals may fall four standard deviations short. Of a trace that is no
/// longer at hand, as in a record that was read back, load.rate is the mean.
double planned_attempts(const RunRecord& record) {
    const auto& load = record.scenario.load;
    core::ArrivalPlan plan = scenario::arrival_plan(load);
    if (plan.process == core::Arrivals::trace && !plan.trace) plan.process = core::Arrivals::constant;
    // A trace is of all hosts together, a rate of each.
    const std::uint32_t hosts = load.arrivals == core::Arrivals::trace ? 1 : record.scenario.topology.hosts;
    const double mean = hosts * core::expected_attempts(plan, *load.rate, load.duration);
    return core::is_random(load.arrivals) ? mean - 4 * std::sqrt(mean) : mean;
}

/// Most slots (load.in_flight) that were seen taken: by attempts under way, and by connections that are never closed.
std::uint64_t most_slots_taken(const RunRecord& record) {
    std::uint64_t taken = record.scenario.load.closer == core::Closer::never ? record.totals.connected : 0;
    for (const Sample& sample : record.samples)
        taken = std::max(taken, sample.attempts - std::min(sample.attempts, sample.outcomes.total()));
    return taken;
}

/// Of one below `offered_share`, which rounding must not make look sufficient.
std::string share_text(double share) {
    return share >= offered_share - 0.0005 ? "just under 99 %" : fmt::format("{:.1f} %", share * 100);
}

/// Why the generator fell behind, and the remedy.
std::string cause_of_falling_behind(const RunRecord& record) {
    const double loop_s = record.cpu.real_s * record.scenario.load.workers;
    const double in_connect = loop_s > 0 ? record.cpu.in_connect_s / loop_s : 0;
    if (in_connect > 0.5)
        return fmt::format(
            "connect() itself took {:.0f} % of the time (p99 {}): past half occupancy the kernel walks through "
            "the taken ports of one parity at every call. Lower load.rate or lab.time_scale, use fewer ports, or set "
            "host.port_choice = \"sequential\"",
            in_connect * 100, core::latency(record.connect.quantile(0.99)));
    const bool never_closed = record.scenario.load.closer == core::Closer::never;
    const bool all_taken = most_slots_taken(record) >= record.scenario.load.in_flight * 9ULL / 10;
    if (all_taken && never_closed)
        return fmt::format(
            "all load.in_flight = {} slots were taken, because connections that are never closed keep theirs. Raise "
            "load.in_flight, or lower load.rate or load.duration",
            record.scenario.load.in_flight);
    if (all_taken)
        return fmt::format(
            "all load.in_flight = {} slots were taken. Raise load.in_flight, or lower load.rate, load.hold "
            "or lab.time_scale",
            record.scenario.load.in_flight);
    if (loop_s > 0 && record.cpu.workers_s / loop_s > 0.9)
        return fmt::format(
            "the workers used {:.0f} % of the CPU time there was. Lower load.rate or lab.time_scale, or "
            "raise load.workers up to the number of CPUs",
            record.cpu.workers_s / loop_s * 100);
    if (record.engine == "model")
        return "the modelled CPU had no time left for them. Lower load.rate, or raise load.workers";
    return "something else kept the CPUs busy. Run again on a quieter machine, or lower load.rate or lab.time_scale";
}

struct Offer {
    double started = 0, offered = 0;
    bool was_held() const { return offered <= 0 || started >= offered_share * offered; }
};

/// Nothing in a closed loop.
Offer offer_of(const RunRecord& record) {
    if (!record.scenario.load.rate) return {};
    const std::uint64_t late = record.totals.outcomes[core::Outcome::late];
    Offer offer;
    offer.started = static_cast<double>(record.totals.attempts - std::min(record.totals.attempts, late));
    offer.offered = static_cast<double>(record.totals.attempts);
    if (!record.interrupted) offer.offered = std::max(offer.offered, planned_attempts(record) - 1);
    return offer;
}

void judge_offer(const RunRecord& record, Validity& validity) {
    const Offer offer = offer_of(record);
    if (offer.was_held()) return;
    invalid(validity, fmt::format("Only {} of {} attempts ({}) could be started: {}.", core::figure(offer.started),
                                  core::figure(offer.offered), share_text(offer.started / offer.offered),
                                  cause_of_falling_behind(record)));
}

/// Mean start lag and the length of TIME-WAIT it is held against, real.
struct Lag {
    core::Duration mean{0}, length{0};
    bool is_tolerable() const { return core::seconds(mean) <= lag_share * core::seconds(length); }
};

Lag lag_of(const RunRecord& record) {
    if (record.start_lag.count() == 0) return {};
    return {record.start_lag.sum() / static_cast<std::int64_t>(record.start_lag.count()),
            scenario::compressed(record.scenario, scenario::time_wait_length(record.scenario))};
}

// The mean, because it is what moves the curve of TIME_WAIT against the one that was asked for.
void judge_lag(const RunRecord& record, Validity& validity) {
    const Lag lag = lag_of(record);
    if (lag.is_tolerable()) return;
    invalid(validity, fmt::format("Attempts started {} after they were due on average, more than 1 % of the "
                                  "{} a pair stays in TIME_WAIT: {}.",
                                  core::latency(lag.mean), core::latency(lag.length), cause_of_falling_behind(record)));
}

void judge_lifetimes(const RunRecord& record, Validity& validity) {
    if (!record.enforced || record.enforced->lateness.count() == 0) return;
    const core::Duration wanted = record.enforced->wanted;
    const core::Duration lateness = record.enforced->lateness.quantile(0.5);
    if (core::seconds(lateness) <= lag_share * core::seconds(wanted)) return;
    invalid(validity, fmt::format("Half of the pairs stayed in TIME_WAIT at least {} longer than the {} "
                                  "asked for: they could not be removed in time. Lower load.rate or lab.time_scale.",
                                  core::latency(lateness), core::latency(wanted)));
}

void judge_census(const RunRecord& record, Validity& validity) {
    std::size_t checked = 0, different = 0;
    double largest = 0;
    for (const Census& census : record.censuses) {
        if (!census.sockstat_time_wait || census.interrupted) continue;
        ++checked;
        const auto sockstat = static_cast<double>(*census.sockstat_time_wait);
        const auto counted = static_cast<double>(census.parked);
        const double difference = std::abs(counted - sockstat);
        if (difference <= census_entries || difference <= census_tolerance * sockstat) continue;
        ++different;
        largest = std::max(largest, difference);
    }
    if (different * 2 <= checked) return;
    invalid(validity,
            fmt::format("{} of {} counts of TIME_WAIT entries differ from the kernel's own figure by more than "
                        "1 %, by up to {:.0f}: the table changes faster than it can be read. Lower load.rate or "
                        "lab.time_scale.",
                        different, checked, largest));
}

void judge_probe(const RunRecord& record, Validity& validity) {
    const ProbeWork& probe = record.probe;
    if (probe.overruns == 0) return;
    const double share =
        static_cast<double>(probe.overruns) / static_cast<double>(std::max(probe.samples, probe.overruns));
    if (share <= overrun_share) return;
    invalid(validity, fmt::format("{} of {} samples were taken at least one interval of {} too late, so peaks may "
                                  "be missed: the machine was too busy. Raise lab.sample or lower load.rate.",
                                  probe.overruns, probe.samples, core::latency(record.scenario.lab.sample)));
}

void judge_sum(const RunRecord& record, Validity& validity) {
    if (record.totals.attempts == record.totals.outcomes.total()) return;
    invalid(validity, fmt::format("{} attempts were offered but {} outcomes counted: this is an error in portdrought; "
                                  "please report it with this record.",
                                  record.totals.attempts, record.totals.outcomes.total()));
}

}  // namespace

bool held_its_rate(const RunRecord& record) { return offer_of(record).was_held() && lag_of(record).is_tolerable(); }

Validity judge(const RunRecord& record) {
    Validity validity;
    judge_sum(record, validity);
    judge_offer(record, validity);
    judge_lag(record, validity);
    judge_lifetimes(record, validity);
    judge_census(record, validity);
    judge_probe(record, validity);
    if (record.interrupted)
        validity.notes.push_back(fmt::format("Interrupted: the record covers the first {} s of {} s.",
                                             core::figure(load_end_s(record)),
                                             core::figure(core::seconds(record.scenario.load.duration))));
    return validity;
}

}  // namespace portdrought::record
