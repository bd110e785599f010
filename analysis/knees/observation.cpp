#include "analysis/knees/observation.hpp"

#include "record/validity.hpp"

namespace portdrought::knees {
namespace {

bool is_inside_connect(const record::RunRecord& record) {
    return record.cpu.in_connect_s > 0.5 * record.cpu.real_s * record.scenario.load.workers;
}

/// Without costs a record has at most the waiting for SYNs that were sent again, which says nothing about a search.
bool is_timeless(const record::RunRecord& record) {
    return record.engine == "model" && record.totals.connected > 0 && !record.totals.cost.cpu_us_per_connection;
}

}  // namespace

Observation observe(const record::RunRecord& record) {
    Observation result;
    result.rate_per_s = record.scenario.load.rate.value_or(core::Rate{0}).per_second;
    result.held = record.validity.valid || record::held_its_rate(record);
    result.disturbed = record.interrupted || (result.held && !record.validity.valid);
    result.interrupted = record.interrupted;
    result.in_connect = is_inside_connect(record);
    result.attempts = record.totals.attempts;
    result.without_port = record.totals.outcomes.no_port();
    result.timeless = is_timeless(record);
    if (record.nat) result.nat_dropped = record.nat->dropped;
    if (record.totals.sustained_rate_per_s)
        result.sustained_per_s = *record.totals.sustained_rate_per_s / record.scenario.topology.hosts;
    if (!result.timeless) result.connect = record.connect;
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
