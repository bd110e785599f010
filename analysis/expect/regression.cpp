#include "analysis/expect/regression.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "analysis/stats/shift.hpp"
#include "analysis/stats/values.hpp"
#include "analysis/text/numbers.hpp"

namespace portdrought::expect {
namespace {

using metrics::Better;
using metrics::Metric;
using metrics::Unit;

/// Of one variant's runs; empty where a run has none.
std::vector<double> values_of(const Metric& metric, const std::vector<const record::RunRecord*>& records) {
    std::vector<double> values;
    for (const record::RunRecord* record : records) {
        auto value = metrics::value(*record, metric.name);
        if (!value && metric.absence == metrics::Absence::never) value = std::numeric_limits<double>::infinity();
        if (!value) return {};
        values.push_back(*value);
    }
    return values;
}

/// Of an even count with "never" among the middle two: the one that came.
double median_of(const std::vector<double>& values) {
    const double middle = stats::median(values);
    if (!std::isinf(middle)) return middle;
    std::vector<double> sorted = values;
    std::ranges::sort(sorted);
    return sorted[(sorted.size() - 1) / 2];
}

bool are_finite(const std::vector<double>& values) {
    return std::ranges::all_of(values, [](double value) { return std::isfinite(value); });
}

/// The 95 % interval of the shift from the earlier runs to the new ones; absent below 4 runs a side, and where a moment
/// never came.
std::optional<stats::Interval> interval_of(const std::vector<double>& before, const std::vector<double>& now) {
    if (!are_finite(before) || !are_finite(now)) return std::nullopt;
    return stats::shift(before, now).interval;
}

/// The whole interval of the shift is worse. Where there is none: every new run is worse than every earlier one, which
/// with a single earlier run and 3 new ones happens by chance once in 4 times.
bool is_beyond_chance(const Metric& metric, const std::vector<double>& before, const std::vector<double>& now) {
    if (const auto interval = interval_of(before, now))
        return metric.better == Better::lower ? interval->lower > 0 : interval->upper < 0;
    const auto [least_before, most_before] = std::ranges::minmax(before);
    const auto [least_now, most_now] = std::ranges::minmax(now);
    return metric.better == Better::lower ? least_now > most_before : most_now < least_before;
}

bool is_beyond_tolerance(const Metric& metric, double before, double now) {
    const double worse = metric.better == Better::lower ? now - before : before - now;
    return worse > 0 && (std::isinf(worse) || worse > tolerated(metric.unit) * before);
}

struct Side {
    std::vector<const record::RunRecord*> records;
    std::size_t left_out = 0;
};

Side side_of(const std::string& variant, const std::vector<Run>& runs) {
    Side side;
    for (const Run& run : runs) {
        if (run.record->scenario.variant != variant) continue;
        if (run.record->validity.valid && !run.record->interrupted)
            side.records.push_back(run.record);
        else
            ++side.left_out;
    }
    return side;
}

std::string called(const std::string& variant) { return variant.empty() ? "" : '"' + variant + "\": "; }

class Comparer {
public:
    void variant(const std::string& name, const Side& before, const Side& now) {
        if (const std::size_t left_out = before.left_out + now.left_out; left_out > 0)
            note(name, text::counted(left_out, "run") + " left out of the comparison, not valid or interrupted");
        if (before.records.empty()) return note(name, "no earlier run to compare with");
        if (now.records.size() < least_runs)
            return note(name, fmt::format("not compared: {} cannot be told from chance; add --repeat {}",
                                          text::counted(now.records.size(), "new run"), least_runs));
        for (const Metric& metric : metrics::all())
            if (metric.better != Better::neither) compare(metric, name, before, now);
    }

    Regressions result() && { return std::move(result_); }

private:
    void compare(const Metric& metric, const std::string& name, const Side& before, const Side& now) {
        const auto old_values = values_of(metric, before.records), new_values = values_of(metric, now.records);
        if (old_values.empty() || new_values.empty()) return;
        ++result_.compared;
        const double old_median = median_of(old_values), new_median = median_of(new_values);
        if (!is_beyond_tolerance(metric, old_median, new_median) || !is_beyond_chance(metric, old_values, new_values))
            return;
        result_.found.push_back({name, metric.name, metric.unit, metric.better, old_median, new_median,
                                 old_values.size(), new_values.size()});
    }

    void note(const std::string& name, const std::string& text) { result_.notes.push_back(called(name) + text + '.'); }

    Regressions result_;
};

}  // namespace

double tolerated(Unit unit) {
    switch (unit) {
        case Unit::share: return 0.01;
        case Unit::microseconds: return 0.25;
        case Unit::count:
        case Unit::seconds:
        case Unit::per_second:
        case Unit::bytes: break;
    }
    return 0.1;
}

Regressions regressions(const std::vector<std::string>& variants, const std::vector<Run>& before,
                        const std::vector<Run>& now) {
    Comparer comparer;
    for (const std::string& variant : variants)
        comparer.variant(variant, side_of(variant, before), side_of(variant, now));
    return std::move(comparer).result();
}

}  // namespace portdrought::expect
