#include "analysis/html/summary_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "analysis/findings/refusals.hpp"
#include "analysis/html/escape.hpp"
#include "analysis/html/markup.hpp"
#include "analysis/html/top.hpp"
#include "analysis/html/trend.hpp"
#include "analysis/report/section.hpp"
#include "analysis/report/spark.hpp"
#include "analysis/report/variant_cells.hpp"
#include "analysis/text/numbers.hpp"

namespace portdrought::html {
namespace {

using compare::VariantResult;
using report::VariantCell;

constexpr const char* nothing = "–";

/// The median and below it the range, then a remark.
std::string markup_of(const VariantCell& cell, const std::string& remark = {}) {
    std::string markup = escaped(with_micro(cell.median));
    for (const std::string& small : {cell.range, remark})
        if (!small.empty()) markup += element("small", "range", escaped(with_micro(small)));
    return markup;
}

/// A column that no variant has anything in is left out.
struct Column {
    std::string english, chinese;
    std::function<std::string(const VariantResult&)> cell;
};

Column column(std::string english, std::string chinese, std::optional<compare::Spread> VariantResult::*member,
              report::FigureFormat format) {
    return {std::move(english), std::move(chinese), [member, format](const VariantResult& result) {
                return markup_of(report::cell_of(result.*member, format));
            }};
}

std::string first_failure(const VariantResult& result) {
    const bool is_of_some = result.first_failure_s && result.first_failure_s->runs < result.valid;
    return markup_of(
        report::first_failure_cell(result),
        is_of_some ? fmt::format("{} of {} runs", result.first_failure_s->runs, result.valid) : std::string{});
}

std::string peak(const VariantResult& result) {
    std::string remark;
    if (report::is_peak_on_server(result))
        remark = "server's side";
    else if (result.ports_capacity)
        remark = "of " + report::format::whole(result.ports_capacity->median) + " ports";
    return markup_of(report::peak_cell(result), remark);
}

std::vector<Column> outcome_columns() {
    std::vector<Column> columns;
    for (std::size_t i = 0; i < core::outcome_count; ++i) {
        const auto outcome = static_cast<core::Outcome>(i);
        const std::string label = findings::outcome_label(outcome);
        columns.push_back({label, label, [outcome](const VariantResult& result) {
                               return markup_of(report::failures_cell(result, outcome));
                           }});
    }
    return columns;
}

std::vector<Column> columns_of() {
    std::vector<Column> columns{column("ok", "成功", &VariantResult::ok_share, text::percent),
                                {"first failure", "首次失败", first_failure},
                                {"TIME_WAIT peak", "TIME_WAIT 峰值", peak}};
    for (Column& failures : outcome_columns()) columns.push_back(std::move(failures));
    columns.push_back(
        column("fewest ports free", "空闲端口最少", &VariantResult::ports_min_free, report::format::whole));
    columns.push_back(column("made", "实际建立", &VariantResult::achieved_per_s, report::format::per_second));
    columns.push_back(column("connect p50", "连接 p50", &VariantResult::connect_p50_us, report::format::latency));
    columns.push_back(column("connect p99", "连接 p99", &VariantResult::connect_p99_us, report::format::latency));
    columns.push_back(column("resets", "RST", &VariantResult::resets, report::format::amount));
    columns.push_back(column("transfers cut", "传输中断", &VariantResult::transfers_cut, report::format::amount));
    columns.push_back(column("bytes lost", "丢失数据", &VariantResult::bytes_lost, report::format::data));
    columns.push_back(
        column("TIME_WAIT skipped", "跳过 TIME_WAIT", &VariantResult::time_wait_skipped, report::format::amount));
    columns.push_back(column("reused early", "提前复用", &VariantResult::ports_reused_early, report::format::amount));
    columns.push_back(column("connect stalls", "连接停顿", &VariantResult::connect_stalls, report::format::amount));
    columns.push_back(
        column("CPU per connection", "每连接 CPU", &VariantResult::cpu_us_per_connection, report::format::cpu));
    return columns;
}

/// Nothing in it for any variant, or nothing happened in any.
bool is_empty(const Column& column, const compare::Comparison& comparison) {
    const auto says = [&](const VariantResult& result) {
        const std::string cell = column.cell(result);
        return cell != nothing && (cell != "none" || column.english == "first failure");
    };
    return std::ranges::none_of(comparison.variants, says);
}

/// The runs whose lines the terminal shows.
std::vector<report::VariantTrace> traces_of(const report::Section& section) {
    return report::variant_traces(report::records_of(section.runs));
}

std::string trend_of(const std::vector<report::VariantTrace>& traces, const std::string& variant) {
    const auto found = std::ranges::find(traces, variant, &report::VariantTrace::variant);
    return found == traces.end() ? nothing : trend(found->trace);
}

std::string name_of(const VariantResult& result) { return report::variant_name(result.variant); }

std::string runs_cell(const VariantResult& result) {
    return result.valid == result.runs ? text::thousands(result.runs) : report::valid_cell(result);
}

}  // namespace

std::string summary_table(const report::Section& section, std::size_t index) {
    const compare::Comparison& comparison = section.comparison;
    if (section.runs.empty() || comparison.variants.empty()) return {};
    std::vector<Column> columns;
    for (Column& item : columns_of())
        if (!is_empty(item, comparison)) columns.push_back(std::move(item));
    Table table("summary", both("The figures: medians over runs that count, below them their range",
                                "数据：有效运行的中位数，其下为范围"));
    table.add_column(both("variant", "方案"), "", false);
    table.add_column(both("TIME_WAIT", "TIME_WAIT"), "TIME_WAIT", false);
    for (const Column& item : columns) table.add_column(both(item.english, item.chinese), item.english, true);
    table.add_column(both("valid runs", "有效运行"), "valid runs", true);
    const std::vector<report::VariantTrace> traces = traces_of(section);
    for (const VariantResult& result : comparison.variants) {
        std::vector<std::string> cells{escaped(name_of(result)) + badges_of(section, name_of(result)),
                                       trend_of(traces, result.variant)};
        for (const Column& item : columns) cells.push_back(item.cell(result));
        cells.push_back(runs_cell(result));
        table.add_row(cells);
    }
    return fmt::format(
        "<section class=\"block\" aria-labelledby=\"s{0}sum\"><h2 id=\"s{0}sum\">{1}</h2>\n"
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"s{0}sum\">{2}</div></section>\n",
        index, both("Summary", "概要"), table.markup());
}

}  // namespace portdrought::html
