#include "analysis/findings/cliff_start.hpp"

#include "analysis/findings/cliff.hpp"
#include "analysis/findings/finding.hpp"

namespace portdrought::findings {

std::optional<double> cliff_start_s(const record::RunRecord& record) {
    if (!has_latency_cliff(record)) return std::nullopt;
    const core::Duration before = record.connect.quantile(0.1);
    // Slow samples less others since `begin`, where that was positive throughout, and the most it ever was.
    int excess = 0, most = 0;
    double begin = 0;
    std::optional<double> start;
    for (const record::Sample& sample : record.samples) {
        if (!sample.connect) continue;
        if (excess == 0) begin = sample.t_s;
        excess = std::max(0, excess + (sample.connect->p99 >= cliff_factor_of_p99 * before ? 1 : -1));
        if (excess <= most) continue;
        most = excess;
        start = begin;
    }
    return start;
}

}  // namespace portdrought::findings
