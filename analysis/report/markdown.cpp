#include "analysis/report/markdown.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "analysis/report/markdown_findings.hpp"
#include "analysis/report/markdown_table.hpp"
#include "analysis/report/markdown_text.hpp"
#include "analysis/report/variant_cells.hpp"

namespace portdrought::report {
namespace {

using Cells = MarkdownCells;
using expect::Judgement;
using expect::Verdict;

std::string sentence(const Headline& headline) {
    return fmt::format("**{}**: {}\n\n", name(headline.standing), markdown_text(headline.sentence));
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
    return markdown_table({"expectation", "variant", "verdict", "measured", "record"}, rows);
}

std::string regressions(const Check& check) {
    if (!check.regressions || check.regressions->found.empty()) return {};
    Cells items;
    for (const expect::Regression& regression : check.regressions->found)
        items.push_back(markdown_text(words(regression)));
    return "Worse than the baseline:\n\n" + markdown_list(items);
}

/// What does not hold, before everything else.
std::string failed(const Check& check) {
    std::string text = expectations(check, false);
    if (!text.empty()) text = "Expectations that do not hold:\n\n" + text;
    return text + regressions(check);
}

std::string held(const Check& check) { return markdown_folded("Expectations that hold", expectations(check, true)); }

Cells variant_row(const Section& section, std::size_t at) {
    const VariantLine& line = section.lines[at];
    Cells cells{markdown_text(variant_name(line.variant)), name(line.standing), markdown_text(line.effect)};
    const compare::VariantResult* result = result_of(section, at);
    for (auto* const cell : {ok_cell, first_failure_cell, peak_cell})
        cells.push_back(result != nullptr ? markdown_text(on_one_line(cell(*result))) : "");
    cells.push_back(result != nullptr ? valid_cell(*result) : "");
    cells.push_back(markdown_text(line.cost));
    cells.push_back(joined(line.caveats));
    return cells;
}

std::string variants(const Section& section) {
    std::vector<Cells> rows;
    for (std::size_t i = 0; i < section.lines.size(); ++i) rows.push_back(variant_row(section, i));
    std::string text = markdown_table({"variant", "verdict", "against the first", "ok", "first failure", "peak / ports",
                                       "valid runs", "cost", "caveats"},
                                      rows);
    Cells words;
    for (const VariantLine& line : section.lines)
        if (!line.words.empty())
            words.push_back(
                fmt::format("**{}**: {}", markdown_text(variant_name(line.variant)), markdown_text(line.words)));
    return text + markdown_list(words);
}

/// Of `validate` the verdicts come first: what the kernel's runs did is not the question.
std::string findings(const Section& section) {
    std::string text = knees_markdown(section.knees) + agreements_markdown(section.validated);
    if (section.sweep) text += sweep_markdown(*section.sweep);
    if (section.validated.empty()) return text + variants(section);
    return text + markdown_folded("What the kernel's runs did", variants(section));
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
    text += findings(section);
    if (section.check) text += held(*section.check);
    const auto folded = [&](std::string_view title, const Cells& items) {
        text += markdown_folded(title, markdown_list(items));
    };
    folded("Notes", notes_of(section));
    folded("Records", records_of(section));
    folded("Sources", sources_of(section));
    return text;
}

}  // namespace

std::string markdown(const Report& report) {
    std::string text = "## portdrought\n\n" + sentence(report.headline);
    for (const Section& section : report.sections) text += section_text(section, report.sections.size() == 1);
    if (!report.command.empty()) text += "Repeat it with\n\n" + markdown_block("sh", report.command) + '\n';
    return text + markdown_code(report.tool) + '\n';
}

}  // namespace portdrought::report
