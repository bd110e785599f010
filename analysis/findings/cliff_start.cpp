#include "analysis/findings/cliff_start.hpp"

#include <algorithm>
#include <vector>

#include "analysis/findings/cliff.hpp"
#include "analysis/findings/finding.hpp"
#include "analysis/stats/values.hpp"

namespace portdrought::findings {

namespace {

using record::ConnectTimes;
using record::RunRecord;
using record::Sample;

/// The stretch in which slow samples outnumber the others the most: the sample it begins with, and by how many.
struct Stretch {
    const Sample* begin = nullptr;
    int excess = 0;
};

template <class IsSlow>
Stretch slow_stretch(const RunRecord& record, IsSlow is_slow) {
    Stretch most;
    int excess = 0;
    const Sample* begin = nullptr;
    for (const Sample& sample : record.samples) {
        if (!sample.connect) continue;
        if (excess == 0) begin = &sample;
        excess = std::max(0, excess + (is_slow(*sample.connect) ? 1 : -1));
        if (excess > most.excess) most = {begin, excess};
    }
    return most;
}

/// p50 of the samples until half of the ports had been taken once.
std::vector<double> medians_before_half(const RunRecord& record) {
    std::vector<double> values;
    for (const Sample& sample : record.samples)
        if (sample.connect && sample.connected * 2 <= record.totals.ports_capacity)
            values.push_back(core::seconds(sample.connect->p50));
    return values;
}

/// A small range does not make connect() so slow that quantiles of the whole run tell; but where its median doubles
/// past half of the ports and stays so, samples do.
std::optional<double> step_start_s(const RunRecord& record) {
    constexpr std::size_t fewest = 4;
    const std::vector<double> before = medians_before_half(record);
    if (before.size() < fewest) return std::nullopt;
    const double doubled = 2 * stats::median(before);
    const auto is_slow = [doubled](const ConnectTimes& times) { return core::seconds(times.p50) >= doubled; };
    const Stretch stretch = slow_stretch(record, is_slow);
    if (stretch.excess < static_cast<int>(fewest) || stretch.begin->connected * 2 <= record.totals.ports_capacity)
        return std::nullopt;
    std::size_t slow = 0, others = 0;
    for (const Sample& sample : record.samples)
        if (sample.connect && sample.t_s >= stretch.begin->t_s) ++(is_slow(*sample.connect) ? slow : others);
    return slow >= 3 * others ? std::optional{stretch.begin->t_s} : std::nullopt;
}

}  // namespace

std::optional<double> cliff_start_s(const RunRecord& record) {
    if (!may_have_cliff(record)) return std::nullopt;
    if (!has_latency_cliff(record)) return step_start_s(record);
    const core::Duration before = record.connect.quantile(0.1);
    const Stretch stretch =
        slow_stretch(record, [before](const ConnectTimes& times) { return times.p99 >= cliff_factor_of_p99 * before; });
    return stretch.begin != nullptr ? std::optional{stretch.begin->t_s} : std::nullopt;
}

}  // namespace portdrought::findings
