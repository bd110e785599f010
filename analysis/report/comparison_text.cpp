#include "analysis/report/comparison_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "analysis/findings/refusals.hpp"
#include "analysis/report/section.hpp"
#include "analysis/report/spark.hpp"
#include "analysis/report/variant_cells.hpp"
#include "analysis/text/numbers.hpp"
#include "analysis/text/table.hpp"
#include "core/printable.hpp"

namespace portdrought::report {
namespace {

using compare::Comparison;
using compare::Spread;
using compare::VariantResult;
using text::TextStyle;

/// The lines of a cell: a figure and, where repeats differ, its range; or words.
using Cell = std::vector<std::string>;

struct Column {
    std::string name;
    std::function<Cell(const VariantResult&)> cell;
};

Cell lines_of(const VariantCell& cell) {
    if (cell.range.empty()) return {cell.median + cell.beside};
    return {cell.median + cell.beside, cell.range};
}

Column column(std::string name, std::optional<Spread> VariantResult::*member, FigureFormat format) {
    return {std::move(name),
            [member, format](const VariantResult& result) { return lines_of(cell_of(result.*member, format)); }};
}

Column column(std::string name, VariantCell (*cell)(const VariantResult&)) {
    return {std::move(name), [cell](const VariantResult& result) { return lines_of(cell(result)); }};
}

Column failure_column(core::Outcome outcome) {
    return {findings::outcome_label(outcome),
            [outcome](const VariantResult& result) { return lines_of(failures_cell(result, outcome)); }};
}

std::string name_of(const VariantResult& result) { return variant_name(result.variant); }

/// The words behind the name, unless they begin with it: "120 s is enough …".
std::string words_of(const VariantResult& result) {
    const std::string name = name_of(result);
    return result.words.starts_with(name + ' ') ? result.words : name + ": " + result.words;
}

std::string against(const Comparison& comparison) { return "against " + name_of(comparison.variants.front()); }

/// The verdict on the headline.
Cell headline(const VariantResult& result, std::size_t width) {
    for (const compare::Judgement& judgement : result.judgements)
        if (judgement.criterion == &compare::criteria().front()) return text::wrap(words_of(judgement), width);
    return {"–"};
}

Cell safety(const VariantResult& result, std::size_t width) {
    return result.safety ? text::wrap(result.safety->words, width) : Cell{"–"};
}

std::size_t name_width(const Comparison& comparison) {
    std::size_t width = 0;
    for (const VariantResult& result : comparison.variants)
        width = std::max(width, text::display_width(name_of(result)));
    return width;
}

/// For words in a table: two such columns fit beside the names where the terminal is wide enough.
std::size_t words_width(const Comparison& comparison, std::size_t terminal) {
    constexpr std::size_t least = 24, most = 44, gaps = 8;
    const std::size_t taken = std::max<std::size_t>(name_width(comparison), 7) + gaps;
    return std::clamp((std::max(terminal, taken) - taken) / 2, least, most);
}

void add_benefit(std::vector<Column>& columns, const Comparison& comparison, std::size_t terminal) {
    const std::size_t width = words_width(comparison, terminal);
    columns.push_back(column("ok", ok_cell));
    columns.push_back(column("first failure", first_failure_cell));
    columns.push_back(column("peak / ports", peak_cell));
    if (comparison.variants.size() > 1)
        columns.push_back(
            {against(comparison), [width](const VariantResult& result) { return headline(result, width); }});
    columns.push_back({"safety", [width](const VariantResult& result) { return safety(result, width); }});
}

void add_failures(std::vector<Column>& columns, const Comparison& comparison) {
    for (std::size_t i = 0; i < core::outcome_count; ++i) {
        const auto outcome = static_cast<core::Outcome>(i);
        const auto has = [outcome](const VariantResult& result) {
            return std::ranges::any_of(result.failures, [outcome](const auto& item) { return item.first == outcome; });
        };
        if (std::ranges::any_of(comparison.variants, has)) columns.push_back(failure_column(outcome));
    }
}

void add_costs(std::vector<Column>& columns) {
    columns.push_back(column("resets", &VariantResult::resets, format::amount));
    columns.push_back(column("transfers cut", &VariantResult::transfers_cut, format::amount));
    columns.push_back(column("bytes lost", &VariantResult::bytes_lost, format::data));
    columns.push_back(column("TIME_WAIT skipped", &VariantResult::time_wait_skipped, format::amount));
    columns.push_back(column("reused early", &VariantResult::ports_reused_early, format::amount));
    columns.push_back(column("connect stalls", &VariantResult::connect_stalls, format::amount));
    columns.push_back(column("CPU/conn", &VariantResult::cpu_us_per_connection, format::cpu));
}

Column names() {
    return {"variant", [](const VariantResult& result) { return Cell{name_of(result)}; }};
}

std::vector<Column> columns_of(const Comparison& comparison, std::size_t terminal) {
    std::vector<Column> columns{names()};
    add_benefit(columns, comparison, terminal);
    add_failures(columns, comparison);
    columns.push_back(column("worst free", &VariantResult::ports_min_free, format::whole));
    columns.push_back(column("made", &VariantResult::achieved_per_s, format::per_second));
    columns.push_back(column("connect p50", &VariantResult::connect_p50_us, format::latency));
    columns.push_back(column("connect p99", &VariantResult::connect_p99_us, format::latency));
    add_costs(columns);
    if (comparison.valid < comparison.runs)
        columns.push_back({"valid", [](const VariantResult& result) { return Cell{valid_cell(result)}; }});
    return columns;
}

void add_rows(text::Table& table, const std::vector<Column>& columns, const VariantResult& result) {
    std::vector<Cell> cells;
    std::size_t lines = 0;
    for (const Column& item : columns) {
        cells.push_back(item.cell(result));
        lines = std::max(lines, cells.back().size());
    }
    for (std::size_t line = 0; line < lines; ++line) {
        std::vector<std::string> row;
        for (const Cell& cell : cells) row.push_back(line < cell.size() ? cell[line] : "");
        table.add_row(std::move(row));
    }
}

text::Table table_of(const std::vector<Column>& columns, const std::vector<const VariantResult*>& variants) {
    std::vector<std::string> header;
    for (const Column& item : columns) header.push_back(item.name);
    text::Table table(header);
    for (const VariantResult* result : variants) add_rows(table, columns, *result);
    return table;
}

std::string figures(const Comparison& comparison, std::size_t width) {
    std::vector<const VariantResult*> variants;
    for (const VariantResult& result : comparison.variants) variants.push_back(&result);
    return table_of(columns_of(comparison, width), variants).render(width);
}

/// False where all runs of all variants agree.
bool differs_anywhere(const Comparison& comparison, const compare::Criterion& criterion) {
    const auto says = [&](const compare::Judgement& judgement) {
        return judgement.criterion == &criterion && (judgement.shift != 0 || judgement.p < 1 || judgement.bound != 0);
    };
    return std::ranges::any_of(
        comparison.variants, [&](const VariantResult& result) { return std::ranges::any_of(result.judgements, says); });
}

Column verdict_column(const compare::Criterion& criterion, std::size_t width) {
    return {criterion.label, [&criterion, width](const VariantResult& result) -> Cell {
                for (const compare::Judgement& judgement : result.judgements)
                    if (judgement.criterion == &criterion) return text::wrap(words_of(judgement), width);
                return {"–"};
            }};
}

bool is_judged(const Comparison& comparison) {
    const auto enough = [](const compare::Judgement& judgement) {
        return std::min(judgement.first_runs, judgement.runs) >= compare::least_repeats;
    };
    return std::ranges::any_of(comparison.variants, [&](const VariantResult& result) {
        return std::ranges::any_of(result.judgements, enough);
    });
}

/// The verdicts on the costs; empty where there are none.
std::string costs(const Comparison& comparison, std::size_t width) {
    if (!is_judged(comparison)) return {};
    std::vector<Column> columns{names()};
    for (const compare::Criterion& criterion : compare::criteria())
        if (&criterion != &compare::criteria().front() && differs_anywhere(comparison, criterion))
            columns.push_back(verdict_column(criterion, words_width(comparison, width)));
    if (columns.size() == 1) return {};
    columns.front().name = against(comparison);
    std::vector<const VariantResult*> variants;
    for (const VariantResult& result : comparison.variants)
        if (!result.judgements.empty()) variants.push_back(&result);
    return '\n' + table_of(columns, variants).render(width);
}

std::string how_to_read(const Comparison& comparison) {
    if (comparison.repeats == 1)
        return comparison.variants.size() == 1 ? "One run: no range can be given."
                                               : "One run each: no range can be given, and no verdict. compare makes 9 "
                                                 "of each unless --repeat says otherwise.";
    std::string text = "Each figure is the median of the repeats; the range, where they differ, stands below it.";
    if (comparison.variants.size() > 1)
        text += is_judged(comparison)
                    ? " Better, worse: more than chance by an exact test over whole runs, and by the median difference "
                      "[95 % interval]."
                    : fmt::format(" No verdict below {} repeats.", compare::least_repeats);
    return text;
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

std::string answer(const Headline& headline, const TextStyle& style) {
    std::string text = text::paragraph(core::printable(headline.sentence), 2, std::min(style.width, text::prose_width));
    const text::Mark mark = headline.standing == Standing::good ? text::Mark::good : text::Mark::bad;
    const bool is_marked = headline.standing != Standing::mixed && headline.standing != Standing::open;
    text.pop_back();
    return '\n' + (is_marked ? text::marked(text, mark, style) : text) + '\n';
}

/// `above` and `below` stand around the table of figures.
std::string with_table(const Comparison& comparison, const TextStyle& style, const std::string& above,
                       const std::string& below) {
    if (comparison.variants.empty()) return "There are no runs to compare.\n";
    const std::size_t prose = std::min(style.width, text::prose_width);
    std::string result = header(comparison, style) + above + '\n' + figures(comparison, style.width) + below +
                         costs(comparison, style.width) + '\n' + text::paragraph(how_to_read(comparison), 2, prose) +
                         '\n';
    for (const VariantResult& variant : comparison.variants) result += text::paragraph(words_of(variant), 2, prose);
    if (!comparison.notes.empty()) result += '\n';
    for (const std::string& note : comparison.notes) result += text::paragraph(note, 2, prose);
    return text::finish(std::move(result), style);
}

}  // namespace

std::string render_text(const Section& section, const TextStyle& style) {
    const std::string traces = traces_text(variant_traces(records_of(section.runs)), style.width);
    return with_table(section.comparison, style, answer(section.headline, style), traces.empty() ? "" : '\n' + traces);
}

}  // namespace portdrought::report
