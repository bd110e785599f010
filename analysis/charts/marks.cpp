#include "analysis/charts/marks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "analysis/charts/words.hpp"
#include "analysis/findings/cliff_start.hpp"
#include "analysis/laws/chain.hpp"
#include "analysis/stats/values.hpp"
#include "analysis/text/numbers.hpp"
#include "scenario/addresses.hpp"

namespace portdrought::charts {
namespace {

using record::RunRecord;

std::string as_seconds(double value) { return text::seconds(value); }

/// Over the runs that have the moment.
template <class Moment>
std::optional<Mark> over_repeats(const Variant& variant, MarkKind kind, const char* what, Moment moment) {
    std::vector<double> times;
    for (const RunRecord* run : variant.drawn)
        if (const std::optional<double> time = moment(*run)) times.push_back(*time);
    if (times.empty()) return std::nullopt;
    std::string label = fmt::format("{} {}", what, ranged(times, as_seconds));
    if (times.size() < variant.drawn.size())
        label += fmt::format(", in {} of {} runs", times.size(), variant.drawn.size());
    return Mark{kind, stats::median(times), std::move(label), {}};
}

bool lacks_its_trace(const scenario::Load& load) {
    return load.arrivals == core::Arrivals::trace && !load.trace_rows.shared;
}

}  // namespace

const char* pairs_word(const RunRecord& run) {
    return scenario::destination_count(run.scenario.host) * run.scenario.host.sources > 1 ? "pairs" : "ports";
}

Mark every_port(const Variant& variant) {
    const bool are_pairs = pairs_word(variant.sample()) == std::string_view{"pairs"};
    return {MarkKind::capacity,
            100,
            fmt::format("every {} ({})", are_pairs ? "pair" : "port",
                        text::thousands(variant.sample().totals.ports_capacity)),
            {}};
}

std::optional<Mark> first_failure(const Variant& variant) {
    return over_repeats(variant, MarkKind::first_failure, "first failure",
                        [](const RunRecord& run) { return run.totals.time_to_first_failure_s; });
}

std::optional<Mark> first_drop(const Variant& variant) {
    return over_repeats(variant, MarkKind::first_failure, "first SYN dropped",
                        [](const RunRecord& run) { return run.nat ? run.nat->first_drop_s : std::optional<double>{}; });
}

std::optional<Mark> first_trouble(const Variant& variant) {
    const auto failure = first_failure(variant);
    return failure ? failure : first_drop(variant);
}

std::optional<Mark> predicted(const Variant& variant) {
    const scenario::Scenario& scenario = variant.sample().scenario;
    if (lacks_its_trace(scenario.load)) return std::nullopt;
    const laws::Chain chain = laws::chain_of(scenario);
    const laws::ChainPool* full = chain.first_full();
    if (full == nullptr) return std::nullopt;
    const double at = core::seconds(*full->exhaustion);
    const bool is_of_ports = full->kind == laws::PoolKind::client_ports;
    return Mark{MarkKind::predicted,
                at,
                fmt::format("predicted {}{}", text::seconds(at),
                            is_of_ports ? "" : fmt::format(" ({})", laws::name(full->kind))),
                {}};
}

std::optional<Mark> cliff(const Variant& variant) {
    return over_repeats(variant, MarkKind::cliff, "connect() slow from", findings::cliff_start_s);
}

std::vector<Mark> marks_until(double end_s, const std::vector<std::optional<Mark>>& marks) {
    std::vector<Mark> result;
    for (const std::optional<Mark>& mark : marks)
        if (mark && mark->at <= end_s) result.push_back(*mark);
    return result;
}

std::string beyond_the_run(const Variant& variant, double end_s) {
    const auto mark = predicted(variant);
    if (!mark || mark->at <= end_s) return {};
    return fmt::format("By the laws the ports last for {}, longer than the run.", text::seconds(mark->at));
}

}  // namespace portdrought::charts
