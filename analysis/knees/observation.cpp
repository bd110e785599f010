#include "analysis/knees/observation.hpp"

#include <algorithm>
#include <cmath>

namespace portdrought::knees {
namespace {

// As in record/validity.cpp, which says why a record is not valid in words only.
constexpr double offered_share = 0.99, lag_share = 0.01;

bool started_enough(const record::RunRecord& record) {
    const auto& load = record.scenario.load;
    const double mean = load.rate->per_second * core::seconds(load.duration);
    const double least = load.arrivals == core::Arrivals::poisson ? mean - 4 * std::sqrt(mean) : mean;
    const auto attempts = static_cast<double>(record.totals.attempts);
    const double planned = record.interrupted ? attempts : std::max(attempts, least - 1);
    return attempts - static_cast<double>(record.totals.outcomes[core::Outcome::late]) >= offered_share * planned;
}

bool started_in_time(const record::RunRecord& record) {
    if (record.start_lag.count() == 0) return true;
    const double length = core::seconds(scenario::time_wait_length(record.scenario)) / record.scenario.lab.time_scale;
    return core::seconds(record.start_lag.sum()) <= lag_share * length * static_cast<double>(record.start_lag.count());
}

bool is_inside_connect(const record::RunRecord& record) {
    return record.cpu.in_connect_s > 0.5 * record.cpu.real_s * record.scenario.load.workers;
}

}  // namespace

Observation observe(const record::RunRecord& record) {
    Observation result;
    result.rate_per_s = record.scenario.load.rate.value_or(core::Rate{0}).per_second;
    result.held =
        record.validity.valid || !record.scenario.load.rate || (started_enough(record) && started_in_time(record));
    result.disturbed = record.interrupted || (result.held && !record.validity.valid);
    result.interrupted = record.interrupted;
    result.in_connect = is_inside_connect(record);
    result.without_port = record.totals.outcomes.no_port();
    result.sustained_per_s = record.totals.sustained_rate_per_s;
    result.connect = record.connect;
    if (!record.validity.valid && !record.validity.notes.empty()) result.note = record.validity.notes.front();
    return result;
}

double share_above(const core::Histogram& histogram, core::Duration bound) {
    std::uint64_t above = 0;
    for (const core::Histogram::Bucket& bucket : histogram.buckets())
        if (bucket.upper > bound) above += bucket.count;
    return histogram.count() == 0 ? 0 : static_cast<double>(above) / static_cast<double>(histogram.count());
}

}  // namespace portdrought::knees
