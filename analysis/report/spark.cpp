#include "analysis/report/spark.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/compare/comparison.hpp"

namespace portdrought::report {
namespace {

constexpr std::size_t indent = 2, gap = 3;

/// Of an even count the lower one of the middle two; null of none.
const record::RunRecord* median_run(std::vector<const record::RunRecord*> runs) {
    if (runs.empty()) return nullptr;
    std::ranges::stable_sort(runs, {}, [](const auto* run) { return run->totals.time_wait_peak.value_or(0); });
    return runs[(runs.size() - 1) / 2];
}

std::string name_of(const VariantTrace& trace) { return scenario::variant_name(trace.variant); }

}  // namespace

std::vector<std::optional<double>> highest_by_column(const Trace& trace, std::size_t columns) {
    std::vector<std::optional<double>> result(columns);
    for (const Point& point : trace.points) {
        if (point.t_s > trace.end_s) break;
        const double place = point.t_s / trace.axis_s * static_cast<double>(columns);
        auto& column = result[std::min(static_cast<std::size_t>(std::max(place, 0.0)), columns - 1)];
        column = std::max(column.value_or(0), point.value);
    }
    return result;
}

std::string spark(const Trace& trace, std::size_t columns) {
    std::vector<std::optional<double>> highest = highest_by_column(trace, columns);
    const double end = std::ceil(trace.end_s / trace.axis_s * static_cast<double>(columns));
    for (std::size_t i = 1; i < columns && static_cast<double>(i) < end; ++i)
        if (!highest[i]) highest[i] = highest[i - 1];
    return text::sparkline(highest, trace.top);
}

std::vector<VariantTrace> variant_traces(const std::vector<const record::RunRecord*>& records) {
    std::vector<VariantTrace> result;
    for (const compare::Group& group : compare::groups_of(records))
        if (const record::RunRecord* run = median_run(group.counted))
            if (auto trace = trace_to_compare(*run)) result.push_back({group.variant, std::move(*trace)});
    double longest = 0;
    for (const VariantTrace& each : result) longest = std::max(longest, each.trace.end_s);
    for (VariantTrace& each : result) each.trace.axis_s = longest;
    return result;
}

std::string traces_text(const std::vector<VariantTrace>& traces, std::size_t width) {
    constexpr std::size_t least = 16, most = 60;
    std::size_t names = 0, captions = 0;
    for (const VariantTrace& each : traces) {
        names = std::max(names, text::display_width(name_of(each)));
        captions = std::max(captions, text::display_width(each.trace.caption));
    }
    const std::size_t taken = indent + names + gap + 2 + captions;
    if (traces.empty() || taken + least > width) return {};
    const std::size_t columns = std::min(width - taken, most);
    std::string result;
    for (const VariantTrace& each : traces)
        result += std::string(indent, ' ') + text::pad_right(name_of(each), names + gap) + spark(each.trace, columns) +
                  "  " + each.trace.caption + '\n';
    return result + '\n' +
           text::paragraph("TIME_WAIT over the run whose peak is the median; a full block is what stands beside it.",
                           indent, std::min(width, text::prose_width));
}

}  // namespace portdrought::report
