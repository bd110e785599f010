#include "analysis/agreement/figures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "analysis/agreement/curve.hpp"
#include "analysis/agreement/determinism.hpp"
#include "record/totals.hpp"

namespace portdrought::agreement {
namespace {

using metrics::Unit;
using record::RunRecord;
using record::Sample;

constexpr double never = std::numeric_limits<double>::infinity();

/// sockstat, the clock and the workers' counters are read one after the other, and with HZ=250 whoever waits for a CPU
/// waits for ticks of 4 ms.
constexpr double reading_s = 0.004;
/// TIME_WAIT ends in batches of its timer wheel, 2.048 s apart at HZ=250, whose phase is the kernel's own
/// (kernel/time/timer.c: 60 s lie in a level with steps of 512 jiffies).
constexpr double batch_s = 2.048;

struct Left {
    const char* what;
    bool (*is_there)(const RunRecord& kernel);
    const char* reason;
};

constexpr std::array left_aside{
    Left{"duplicates.*", [](const RunRecord& r) { return r.duplicates.has_value(); },
         "segments that come twice are sent on the kernel only"},
    Left{"enforced.*", [](const RunRecord& r) { return r.enforced.has_value(); },
         "how punctually the kernel was made to keep another TIME-WAIT length; the model just does"},
    Left{"start_lag_us.*", [](const RunRecord& r) { return r.start_lag.count() > 0; },
         "how late our generator was; the model's is never late"},
    Left{"cpu.*", [](const RunRecord& r) { return r.cpu.real_s > 0; }, "what our own program takes"},
};

template <std::optional<std::uint64_t> record::Look::*member>
std::optional<std::uint64_t> reading(const Sample& sample) {
    return sample.*member;
}

std::optional<std::uint64_t> both_sides(const Sample& sample) {
    if (!sample.time_wait_client || !sample.time_wait_server) return std::nullopt;
    return *sample.time_wait_client + *sample.time_wait_server;
}

double distance(double a, double b) { return a == b ? 0 : std::abs(a - b); }

/// A limit is a share of something, and 3 % of 100 is not quite 3.
bool is_within(double difference, double limit) { return difference <= limit * (1 + 1e-9); }

std::vector<std::string> outcome_names() {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < core::outcome_count; ++i)
        names.push_back("outcomes." + std::string{core::name(static_cast<core::Outcome>(i))});
    return names;
}

bool ends_in_batches(const scenario::Scenario& scenario) {
    return !scenario.host.timed_wait_delay && scenario.load.duration > scenario::time_wait_length(scenario);
}

}  // namespace

double time_shift_s(const RunRecord& kernel) {
    const double late_s = kernel.enforced ? core::seconds(kernel.enforced->lateness.quantile(0.99)) : 0;
    return (reading_s + late_s) * kernel.scenario.lab.time_scale + (ends_in_batches(kernel.scenario) ? batch_s : 0);
}

Comparer::Comparer(const RunRecord& kernel, const std::vector<RunRecord>& models, const Limits& limits)
    : kernel_(kernel), models_(models), limits_(limits) {
    result_.chances = models.size();
    result_.is_deterministic = is_deterministic(kernel.scenario);
    result_.time_shift_s = time_shift_s(kernel);
}

double Comparer::of_attempts() const { return limits_.counts * static_cast<double>(kernel_.totals.attempts); }
double Comparer::of_capacity() const { return limits_.pairs * static_cast<double>(kernel_.totals.ports_capacity); }

void Comparer::add(Figure figure) {
    figure.difference = distance(figure.kernel, std::clamp(figure.kernel, figure.model_low, figure.model_high));
    figure.within = !figure.limit || is_within(figure.difference, *figure.limit);
    result_.figures.push_back(std::move(figure));
}

void Comparer::metric(const char* name, std::optional<double> limit) {
    const auto found = metrics::find(name);
    const auto value = [&](const RunRecord& record) {
        const auto known = metrics::value(record, name);
        return !known && found->absence == metrics::Absence::never ? std::optional{never} : known;
    };
    const auto kernel = value(kernel_), model = value(models_.front());
    if (kernel && !model) result_.not_compared.push_back({name, "the model does not know it"});
    if (!kernel && model) result_.not_compared.push_back({name, "the kernel's record does not have it"});
    if (!kernel || !model) return;
    Figure figure{name, found->unit, *kernel, *model, *model, 0, limit, true, {}};
    for (const RunRecord& record : models_) {
        const double other = value(record).value_or(*model);
        figure.model_low = std::min(figure.model_low, other);
        figure.model_high = std::max(figure.model_high, other);
    }
    add(figure);
}

void Comparer::counts() {
    metric("attempts", 0);
    metric("ports.capacity", 0);
    for (const std::string& outcome : outcome_names()) metric(outcome.c_str(), of_attempts());
    for (const char* name : {"connected", "retries", "self_connects", "cost.resets_seen_by_peer", "cost.transfers_cut",
                             "cost.time_wait_overflow", "cost.ports_reused_early", "cost.connect_stalls", "pool.reused",
                             "pool.closed_full", "pool.closed_idle", "pool.closed_worn", "pool.closed_unread"})
        metric(name, of_attempts());
    const auto relay = [](const RunRecord& record) {
        return static_cast<double>(record::relay_without_port(record.totals));
    };
    if (kernel_.scenario.server.kind == scenario::ServerKind::relay)
        add({"relay without a port",
             Unit::count,
             relay(kernel_),
             relay(models_.front()),
             relay(models_.front()),
             0,
             of_attempts(),
             true,
             {}});
}

void Comparer::first_failure() {
    const double kernel = kernel_.totals.time_to_first_failure_s.value_or(0);
    metric("time_to_first_failure_s", limits_.first_failure * kernel);
}

double Comparer::of_pairs() const {
    // Between its two FINs a connection is in either state: one pair is the resolution of a look.
    return std::max(of_capacity(), 1.0);
}

double Comparer::of_entries() const {
    const double pairs = of_pairs();
    return kernel_.scenario.load.closer == core::Closer::both ? 2 * pairs : pairs;
}

void Comparer::curves() {
    struct Course {
        const char* what;
        Reading reading;
        double limit;
    };
    const double pairs = of_pairs();
    for (const Course& course : {Course{"curve: TIME_WAIT", reading<&Sample::time_wait>, of_entries()},
                                 Course{"curve: client's TIME_WAIT", reading<&Sample::time_wait_client>, pairs},
                                 Course{"curve: server's TIME_WAIT", reading<&Sample::time_wait_server>, pairs},
                                 Course{"curve: FIN_WAIT_2", reading<&Sample::fin_wait_2>, pairs}}) {
        const auto found = farthest(kernel_, models_, course.reading, result_.time_shift_s);
        if (found)
            add({course.what, Unit::count, found->kernel, found->low, found->high, 0, course.limit, true, found->t_s});
        else
            result_.not_compared.push_back({course.what, "one of the two has no samples of it"});
    }
}

/// Of what chance decides, and what rises and falls between two looks: the peak as it would have been seen by looking
/// when the kernel's run was looked at.
void Comparer::seen_peak(const char* name, Reading reading, Reading seen_by, double limit) {
    const auto kernel = metrics::value(kernel_, name);
    const auto seen = highest_seen(kernel_, models_, reading, seen_by);
    if (!kernel || !seen) return metric(name, limit);
    add({name, Unit::count, *kernel, seen->low, seen->high, 0, limit, true, {}});
}

void Comparer::peaks() {
    if (result_.is_deterministic) {
        for (const char* name : {"time_wait.peak", "time_wait.peak_client", "time_wait.peak_server", "fin_wait_2.peak"})
            metric(name, 0);
        return;
    }
    // A side's peak comes from the censuses, or where it is the only one from the looks in between too.
    const auto looks = reading<&Sample::time_wait>, censuses = reading<&Sample::fin_wait_2>;
    const record::Totals& totals = kernel_.totals;
    const bool piles_up = totals.fin_wait_2_peak.value_or(0) > record::fin_wait_2_in_passing;
    const bool on_both = totals.time_wait_peak_client.value_or(0) > 0 && totals.time_wait_peak_server.value_or(0) > 0;
    const Reading sides = on_both || piles_up ? censuses : looks;
    const double pairs = of_pairs();
    seen_peak("time_wait.peak", piles_up ? both_sides : looks, piles_up ? censuses : looks, of_entries());
    seen_peak("time_wait.peak_client", reading<&Sample::time_wait_client>, sides, pairs);
    seen_peak("time_wait.peak_server", reading<&Sample::time_wait_server>, sides, pairs);
    seen_peak("fin_wait_2.peak", reading<&Sample::fin_wait_2>, censuses, pairs);
}

/// What this machine's CPU makes of a search is for the eye.
void Comparer::latencies() {
    for (const char* name : {"connect_us.p50", "connect_us.p99"}) metric(name, std::nullopt);
}

void Comparer::what_is_left() {
    for (const Left& left : left_aside)
        if (left.is_there(kernel_)) result_.not_compared.push_back({left.what, left.reason});
}

Agreement Comparer::result() && {
    const bool all_within = std::ranges::all_of(result_.figures, &Figure::within);
    result_.verdict = all_within ? Verdict::agrees : Verdict::differs;
    return std::move(result_);
}

}  // namespace portdrought::agreement
