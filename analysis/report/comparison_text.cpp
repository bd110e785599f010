#include "analysis/report/comparison_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "analysis/findings/refusals.hpp"
#include "analysis/text/numbers.hpp"
#include "analysis/text/table.hpp"

namespace portdrought::report {
namespace {

using compare::Comparison;
using compare::Spread;
using compare::VariantResult;
using text::TextStyle;

/// A figure and, where repeats differ, its range for the line below.
struct Cell {
    std::string median, range;
};

struct Column {
    std::string name;
    std::function<Cell(const VariantResult&)> cell;
};

using Format = std::string (*)(double);

std::string whole(double value) { return text::thousands(static_cast<std::uint64_t>(value + 0.5)); }
std::string latency_us(double value) { return text::latency(core::from_seconds(value / 1e6)); }
std::string data(double value) { return value <= 0 ? "none" : text::bytes(static_cast<std::uint64_t>(value + 0.5)); }
std::string amount(double value) { return value <= 0 ? "none" : whole(value); }
std::string time_text(double value) { return text::seconds(value); }
std::string per_second(double value) { return text::figure(value) + "/s"; }
std::string cpu_text(double value) { return text::figure(value) + " us"; }

Cell cell_of(const std::optional<Spread>& spread, Format format) {
    if (!spread) return {"–", ""};
    const std::string least = format(spread->least), most = format(spread->most);
    return {format(spread->median), least == most ? "" : text::range(least, most)};
}

Column column(std::string name, std::optional<Spread> VariantResult::*member, Format format) {
    return {std::move(name), [member, format](const VariantResult& result) { return cell_of(result.*member, format); }};
}

Column failure_column(core::Outcome outcome) {
    return {findings::outcome_label(outcome), [outcome](const VariantResult& result) -> Cell {
                for (const auto& [kind, spread] : result.failures)
                    if (kind == outcome) return cell_of(spread, amount);
                return {"–", ""};
            }};
}

Cell first_failure(const VariantResult& result) {
    if (result.valid == 0) return {"–", ""};
    if (!result.first_failure_s) return {"none", ""};
    Cell cell = cell_of(result.first_failure_s, time_text);
    if (result.first_failure_s->runs < result.valid)
        cell.median += fmt::format(" ({} of {})", result.first_failure_s->runs, result.valid);
    return cell;
}

/// Entries on the server's side take no port, so there they are not set against the ports.
Cell peak(const VariantResult& result) {
    Cell cell = cell_of(result.time_wait_peak, whole);
    const bool on_server = result.time_wait_peak && result.time_wait_peak->most > 0 && result.time_wait_peak_client &&
                           result.time_wait_peak_client->most <= 0;
    if (on_server)
        cell.median += ", server";
    else if (result.ports_capacity)
        cell.median += " / " + whole(result.ports_capacity->median);
    return cell;
}

std::string name_of(const VariantResult& result) { return result.variant.empty() ? "(as written)" : result.variant; }

/// The words behind the name, unless they begin with it: "120 s is enough …".
std::string words_of(const VariantResult& result) {
    const std::string name = name_of(result);
    return result.words.starts_with(name + ' ') ? result.words : name + ": " + result.words;
}

std::vector<Column> columns_of(const Comparison& comparison) {
    std::vector<Column> columns{{"variant",
                                 [](const VariantResult& result) {
                                     return Cell{name_of(result), ""};
                                 }},
                                column("ok", &VariantResult::ok_share, text::percent)};
    for (std::size_t i = 0; i < core::outcome_count; ++i) {
        const auto outcome = static_cast<core::Outcome>(i);
        const auto has = [outcome](const VariantResult& result) {
            return std::ranges::any_of(result.failures, [outcome](const auto& item) { return item.first == outcome; });
        };
        if (std::ranges::any_of(comparison.variants, has)) columns.push_back(failure_column(outcome));
    }
    columns.push_back({"first failure", first_failure});
    columns.push_back({"peak / ports", peak});
    columns.push_back(column("worst free", &VariantResult::ports_min_free, whole));
    columns.push_back(column("made", &VariantResult::achieved_per_s, per_second));
    columns.push_back(column("connect p50", &VariantResult::connect_p50_us, latency_us));
    columns.push_back(column("connect p99", &VariantResult::connect_p99_us, latency_us));
    columns.push_back(column("resets", &VariantResult::resets, amount));
    columns.push_back(column("bytes lost", &VariantResult::bytes_lost, data));
    columns.push_back(column("CPU/conn", &VariantResult::cpu_us_per_connection, cpu_text));
    if (comparison.valid < comparison.runs)
        columns.push_back({"valid", [](const VariantResult& result) {
                               return Cell{fmt::format("{} of {}", result.valid, result.runs), ""};
                           }});
    return columns;
}

text::Table table_of(const Comparison& comparison) {
    const std::vector<Column> columns = columns_of(comparison);
    std::vector<std::string> names;
    for (const Column& item : columns) names.push_back(item.name);
    text::Table table(names);
    for (const VariantResult& result : comparison.variants) {
        std::vector<std::string> medians, ranges;
        for (const Column& item : columns) {
            Cell cell = item.cell(result);
            medians.push_back(std::move(cell.median));
            ranges.push_back(std::move(cell.range));
        }
        table.add_row(std::move(medians));
        if (std::ranges::any_of(ranges, [](const std::string& range) { return !range.empty(); }))
            table.add_row(std::move(ranges));
    }
    return table;
}

std::string header(const Comparison& comparison, const TextStyle& style) {
    std::string title = comparison.scenario;
    if (!comparison.title.empty()) title += ": " + comparison.title;
    const std::string repeats =
        comparison.repeats == 1 ? "one run each" : fmt::format("{} repeats", comparison.repeats);
    const std::string facts =
        fmt::format("{}, {}, {} of {} runs valid", comparison.engine, repeats, comparison.valid, comparison.runs);
    std::string result = text::paragraph(title, 0, style.width) + text::paragraph(facts, 0, style.width);
    if (!style.colour) return result;
    const std::size_t name = comparison.scenario.size();
    return text::marked(result.substr(0, name), text::Mark::bold, style) + result.substr(name);
}

}  // namespace

std::string render_text(const Comparison& comparison, const TextStyle& style) {
    if (comparison.variants.empty()) return "There are no runs to compare.\n";
    const std::size_t prose = std::min(style.width, text::prose_width);
    std::string result = header(comparison, style) + '\n' + table_of(comparison).render(style.width) + '\n';
    result +=
        text::paragraph(comparison.repeats == 1 ? "One run each: no range can be given."
                                                : "Each figure is the median of the repeats; the range, where they "
                                                  "differ, stands below it.",
                        2, prose) +
        '\n';
    for (const VariantResult& variant : comparison.variants) result += text::paragraph(words_of(variant), 2, prose);
    if (!comparison.notes.empty()) result += '\n';
    for (const std::string& note : comparison.notes) result += text::paragraph(note, 2, prose);
    return text::finish(std::move(result), style);
}

}  // namespace portdrought::report
