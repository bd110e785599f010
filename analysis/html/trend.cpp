#include "analysis/html/trend.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/html/escape.hpp"
#include "analysis/report/spark.hpp"
#include "analysis/text/numbers.hpp"

namespace portdrought::html {
namespace {

constexpr double width = 132, height = 30, ceiling = 4, floor = 28;
constexpr std::size_t most_points = 100;

/// The highest point of each column, in the drawing's units.
std::string line_of(const report::Trace& trace) {
    const std::vector<std::optional<double>> columns = report::highest_by_column(trace, most_points);
    std::string path;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (!columns[i]) continue;
        const double x = (static_cast<double>(i) + 0.5) / most_points * width;
        const double y = floor - std::min(*columns[i] / trace.top, 1.05) * (floor - ceiling);
        path += fmt::format("{}{:.1f} {:.1f}", path.empty() ? "M" : "L", x, y);
    }
    return path;
}

std::string words_of(const report::Trace& trace) {
    double peak = 0;
    for (const report::Point& point : trace.points) peak = std::max(peak, point.value);
    std::string words = fmt::format("TIME_WAIT over {}: at most {}; {}.", text::seconds(trace.end_s),
                                    text::figure(peak), trace.caption);
    if (trace.first_failure_s) words += fmt::format(" First failure at {}.", text::seconds(*trace.first_failure_s));
    return words;
}

}  // namespace

std::string trend(const report::Trace& trace) {
    if (!(trace.end_s > 0) || !(trace.top > 0)) return "–";
    std::string failure;
    if (trace.first_failure_s && *trace.first_failure_s <= trace.end_s) {
        const double x = *trace.first_failure_s / trace.axis_s * width;
        failure = fmt::format("<path class=\"trend-failure\" d=\"M{:.1f} 0V{}\"/>", x, height);
    }
    return fmt::format(
        "<svg class=\"trend\" role=\"img\" aria-label=\"{}\" viewBox=\"0 0 {} {}\" width=\"{}\" height=\"{}\">"
        "<path class=\"trend-whole\" d=\"M0 {}H{:.1f}\"/>{}<path class=\"trend-line\" d=\"{}\"/></svg>",
        escaped(words_of(trace)), width, height, width, height, ceiling, trace.end_s / trace.axis_s * width, failure,
        line_of(trace));
}

}  // namespace portdrought::html
