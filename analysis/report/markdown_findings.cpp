#include "analysis/report/markdown_findings.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/report/agreement_cells.hpp"
#include "analysis/report/knee_text.hpp"
#include "analysis/report/markdown_table.hpp"
#include "analysis/report/markdown_text.hpp"
#include "analysis/report/sweep_cells.hpp"
#include "analysis/report/variant_cells.hpp"
#include "analysis/text/numbers.hpp"

namespace portdrought::report {
namespace {

using Rows = std::vector<MarkdownCells>;

/// A comment on GitHub holds 65,536 characters.
constexpr std::size_t most_points = 300;

std::string knee_markdown(const KneeReport& report) {
    Rows rows;
    for (const knees::Judgement& item : knees::judge(report.forecast, report.knees, report.scenario))
        rows.push_back(
            {item.knee, markdown_text(item.measured), markdown_text(item.predicted), markdown_text(item.words)});
    std::vector<std::string> sentences;
    for (const std::string& sentence : knee_words(report)) sentences.push_back(markdown_text(sentence));
    return markdown_table({"knee", "measured", "predicted", "verdict"}, rows) + markdown_list(sentences);
}

void add_beyond(Rows& rows, const Validated& validated) {
    for (const agreement::Figure& figure : validated.agreement.figures) {
        if (figure.within) continue;
        const AgreementCells cells = cells_of(figure);
        rows.push_back({markdown_text(name_of(validated)), markdown_text(figure.what), markdown_text(cells.kernel),
                        markdown_text(cells.model), markdown_text(cells.apart), markdown_text(cells.limit)});
    }
}

MarkdownCells verdict_row(const Validated& validated) {
    const agreement::Agreement& found = validated.agreement;
    const auto judged =
        std::ranges::count_if(found.figures, [](const agreement::Figure& figure) { return figure.limit.has_value(); });
    return {markdown_text(name_of(validated)), std::string{agreement::name(found.verdict)},
            judged == 0 ? "" : text::thousands(static_cast<std::uint64_t>(judged)), markdown_text(found.reason),
            validated.path.empty() ? "" : markdown_code(validated.path)};
}

void add_point(Rows& rows, const record::SweepHeader& header, const record::SweepRow& row) {
    const std::vector<std::size_t> place = header.place_of(row.point);
    MarkdownCells cells{std::to_string(row.point)};
    for (const std::size_t axis : shown_axes(header))
        cells.push_back(markdown_text(header.axes[axis].values[place[axis]]));
    const SweepCells figures = cells_of(row);
    for (const std::string& cell : {std::string{row.valid ? "yes" : "no"}, figures.ok, figures.first_failure,
                                    figures.rate, figures.time_wait_peak, figures.free_ports})
        cells.push_back(markdown_text(cell));
    rows.push_back(std::move(cells));
}

}  // namespace

std::string knees_markdown(const std::vector<KneeReport>& knees) {
    std::string text;
    for (const KneeReport& report : knees) {
        if (knees.size() > 1) text += "#### " + markdown_text(variant_name(report.scenario.variant)) + "\n\n";
        text += knee_markdown(report);
    }
    return text;
}

std::string agreements_markdown(const std::vector<Validated>& validated) {
    Rows beyond, verdicts;
    std::vector<std::string> not_compared;
    for (const Validated& each : validated) {
        add_beyond(beyond, each);
        verdicts.push_back(verdict_row(each));
        for (const agreement::Uncompared& item : each.agreement.not_compared)
            not_compared.push_back(markdown_text(name_of(each) + ", " + item.what + ": " + item.reason));
    }
    std::string text = markdown_table({"run", "figure", "kernel", "model", "apart", "limit"}, beyond);
    if (!text.empty()) text = "Figures beyond their limits:\n\n" + text;
    return text + markdown_table({"run", "agreement", "figures judged", "reason", "record"}, verdicts) +
           markdown_folded("Not compared", markdown_list(not_compared));
}

std::string sweep_markdown(const SweepTable& sweep) {
    MarkdownCells header{"point"};
    for (const std::size_t axis : shown_axes(sweep.header))
        header.push_back(markdown_code(sweep.header.axes[axis].key));
    for (const char* name : {"valid", "ok", "first failure", "rate", "TIME_WAIT peak", "free ports"})
        header.emplace_back(name);
    Rows rows;
    for (std::size_t i = 0; i < std::min(sweep.rows.size(), most_points); ++i)
        add_point(rows, sweep.header, sweep.rows[i]);
    std::string text = markdown_table(header, rows);
    if (sweep.rows.size() > most_points)
        text += fmt::format("And {} more.\n\n", text::counted(sweep.rows.size() - most_points, "point"));
    std::vector<std::string> notes;
    for (const std::string& note : notes_of(sweep)) notes.push_back(markdown_text(note));
    return text + markdown_folded("Points that are not valid", markdown_list(notes));
}

}  // namespace portdrought::report
