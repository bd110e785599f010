#include "analysis/report/markdown.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "analysis/report/markdown_text.hpp"
#include "analysis/report/variant_cells.hpp"

namespace portdrought::report {
namespace {

using Cells = std::vector<std::string>;
using expect::Judgement;
using expect::Verdict;

/// The cells are Markdown already.
std::string row(const Cells& cells) {
    std::string text = "|";
    for (const std::string& cell : cells) text += ' ' + (cell.empty() ? std::string{"–"} : cell) + " |";
    return text + '\n';
}

std::string table(const Cells& header, const std::vector<Cells>& rows) {
    if (rows.empty()) return {};
    std::string text = row(header) + '|';
    for (std::size_t i = 0; i < header.size(); ++i) text += "---|";
    text += '\n';
    for (const Cells& cells : rows) text += row(cells);
    return text + '\n';
}

std::string sentence(const Headline& headline) {
    return fmt::format("**{}**: {}\n\n", name(headline.standing), markdown_text(headline.sentence));
}

/// Every sentence an item; `items` are Markdown already.
std::string folded(std::string_view title, const Cells& items) {
    if (items.empty()) return {};
    std::string text = fmt::format("<details><summary>{}</summary>\n\n", title);
    for (const std::string& item : items) text += "- " + item + '\n';
    return text + "\n</details>\n\n";
}

std::string joined(const std::vector<std::string>& parts) {
    std::string text;
    for (const std::string& part : parts) text += (text.empty() ? "" : "; ") + markdown_text(part);
    return text;
}

Cells expectation_row(const Check& check, const Judgement& judgement) {
    const std::string record = record_of(check, judgement);
    return {markdown_code(judgement.that), markdown_text(variant_name(judgement.variant)),
            std::string{expect::name(judgement.verdict)}, markdown_text(measured_words(judgement)),
            record.empty() ? "" : markdown_code(record)};
}

std::string expectations(const Check& check, bool are_pass) {
    std::vector<Cells> rows;
    for (const Judgement& judgement : check.judgements)
        if ((judgement.verdict == Verdict::pass) == are_pass) rows.push_back(expectation_row(check, judgement));
    return table({"expectation", "variant", "verdict", "measured", "record"}, rows);
}

std::string regressions(const Check& check) {
    if (!check.regressions || check.regressions->found.empty()) return {};
    std::string text = "Worse than the baseline:\n\n";
    for (const expect::Regression& regression : check.regressions->found)
        text += "- " + markdown_text(words(regression)) + '\n';
    return text + '\n';
}

/// What does not hold, before everything else.
std::string failed(const Check& check) {
    std::string text = expectations(check, false);
    if (!text.empty()) text = "Expectations that do not hold:\n\n" + text;
    return text + regressions(check);
}

std::string held(const Check& check) {
    const std::string rows = expectations(check, true);
    if (rows.empty()) return {};
    return "<details><summary>Expectations that hold</summary>\n\n" + rows + "</details>\n\n";
}

Cells variant_row(const Section& section, std::size_t at) {
    const VariantLine& line = section.lines[at];
    Cells cells{markdown_text(variant_name(line.variant)), name(line.standing), markdown_text(line.effect)};
    const compare::VariantResult* result = result_of(section, at);
    for (auto* const cell : {ok_cell, first_failure_cell, peak_cell, valid_cell})
        cells.push_back(result != nullptr ? markdown_text(cell(*result)) : "");
    cells.push_back(markdown_text(line.cost));
    cells.push_back(joined(line.caveats));
    return cells;
}

std::string variants(const Section& section) {
    std::vector<Cells> rows;
    for (std::size_t i = 0; i < section.lines.size(); ++i) rows.push_back(variant_row(section, i));
    std::string text = table({"variant", "verdict", "against the first", "ok", "first failure", "peak / ports",
                              "valid runs", "cost", "caveats"},
                             rows);
    for (const VariantLine& line : section.lines)
        if (!line.words.empty())
            text += fmt::format("- **{}**: {}\n", markdown_text(variant_name(line.variant)), markdown_text(line.words));
    return section.lines.empty() ? text : text + '\n';
}

Cells notes_of(const Section& section) {
    Cells notes;
    const auto add = [&](const std::vector<std::string>& sentences) {
        for (const std::string& each : sentences) notes.push_back(markdown_text(each));
    };
    for (const ReportedRun& run : section.runs)
        for (const std::string& note : run.summary.notes)
            notes.push_back(markdown_code(run.path) + ": " + markdown_text(note));
    add(section.comparison.notes);
    if (section.check) {
        add(unmentioned_problems(*section.check));
        add(section.check->left_out);
        if (section.check->regressions) add(section.check->regressions->notes);
    }
    return notes;
}

Cells sources_of(const Section& section) {
    Cells sources;
    for (const std::string& source : section.sources) sources.push_back(markdown_code(source));
    return sources;
}

Cells records_of(const Section& section) {
    Cells records;
    for (const ReportedRun& run : section.runs) records.push_back(markdown_code(run.path));
    return records;
}

/// `is_only`: the report says the same already.
std::string section_text(const Section& section, bool is_only) {
    std::string text = "### " + markdown_text(section.scenario);
    if (!section.title.empty()) text += ": " + markdown_text(section.title);
    text += "\n\n";
    if (!section.question.empty()) text += "> " + markdown_text(section.question) + "\n\n";
    if (!is_only) text += sentence(section.headline);
    if (section.check) text += failed(*section.check);
    text += variants(section);
    if (section.check) text += held(*section.check);
    text += folded("Notes", notes_of(section)) + folded("Records", records_of(section));
    return text + folded("Sources", sources_of(section));
}

}  // namespace

std::string markdown(const Report& report) {
    std::string text = "## portdrought\n\n" + sentence(report.headline);
    for (const Section& section : report.sections) text += section_text(section, report.sections.size() == 1);
    if (!report.command.empty()) text += "Repeat it with\n\n" + markdown_block("sh", report.command) + '\n';
    return text + markdown_code(report.tool) + '\n';
}

}  // namespace portdrought::report
