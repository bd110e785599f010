#include "analysis/knees/played.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/laws/load_peak.hpp"
#include "record/totals.hpp"

namespace portdrought::knees {
namespace {

std::optional<double> first_full_of(const record::RunRecord& record) {
    const auto drop = record.nat ? record.nat->first_drop_s : std::nullopt;
    const auto failure = record.totals.time_to_first_failure_s;
    if (!drop || !failure) return drop ? drop : failure;
    return std::min(*drop, *failure);
}

std::optional<double> sustained(const record::RunRecord& record, double period_s) {
    if (record.samples.empty() || period_s <= 0) return std::nullopt;
    const double end = std::min(record::load_end_s(record), record.samples.back().t_s);
    if (const double course = core::seconds(laws::period_of(record.scenario.load)); course > 0) {
        const double length = std::floor(end / course + 1e-3) < 1 ? end : std::floor(end / course + 1e-3) * course;
        return (record::ok_until(record, end) - record::ok_until(record, std::max(0.0, end - length))) / length;
    }
    const double from = first_full_of(record).value_or(std::min(period_s, end / 2));
    const double periods = std::floor((end - from) / period_s + 1e-9);
    const double length = periods < 1 ? end - from : periods * period_s;
    if (length <= 0) return std::nullopt;
    return (record::ok_until(record, end) - record::ok_until(record, end - length)) / length;
}

}  // namespace

Played played(const record::RunRecord& record, double period_s) {
    Played result;
    result.duration_s = core::seconds(record.scenario.load.duration);
    result.sustained_per_s = sustained(record, period_s);
    result.first_full_s = first_full_of(record);
    const auto attempts = static_cast<double>(record.totals.attempts);
    if (attempts > 0)
        result.failed_share = 1 - static_cast<double>(record.totals.outcomes[core::Outcome::ok]) / attempts;
    result.interrupted = record.interrupted;
    if (!record.validity.valid && !record.validity.notes.empty()) result.note = record.validity.notes.front();
    return result;
}

}  // namespace portdrought::knees
