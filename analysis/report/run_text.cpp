#include "analysis/report/run_text.hpp"

#include <algorithm>

#include "analysis/report/spark.hpp"
#include "analysis/text/numbers.hpp"
#include "core/printable.hpp"

namespace portdrought::report {
namespace {

using text::Mark;
using text::TextStyle;

constexpr std::size_t indent = 2, label_width = 13;
constexpr std::size_t most_columns = 120;

std::string header(const Summary& summary, const TextStyle& style) {
    const std::size_t width = std::min(style.width, text::prose_width);
    const std::size_t taken = text::display_width(summary.title) + text::display_width(summary.engine);
    std::string whole_title = text::paragraph(summary.title, 0, width);
    whole_title.pop_back();
    const std::string title = text::marked(whole_title, Mark::bold, style);
    if (taken + 3 > width) return title + "\n  " + text::marked(summary.engine, Mark::faint, style) + '\n';
    return title + std::string(width - taken, ' ') + text::marked(summary.engine, Mark::faint, style) + '\n';
}

std::string prose(const std::string& words, const TextStyle& style) {
    return text::paragraph(words, indent, std::min(style.width, text::prose_width));
}

/// Marks `lead` at the start of a paragraph, as far as it stands on the first line.
std::string lead_marked(std::string paragraph, const std::string& lead, Mark mark, const TextStyle& style) {
    if (!style.colour || paragraph.compare(indent, lead.size(), lead) != 0) return paragraph;
    return paragraph.substr(0, indent) + text::marked(lead, mark, style) + paragraph.substr(indent + lead.size());
}

std::string warnings(const Summary& summary, const TextStyle& style) {
    std::string result;
    if (!summary.valid) {
        const std::string lead = "INVALID: this run did not measure what the scenario asks for.";
        result += lead_marked(prose(lead, style), lead, Mark::bad, style);
    }
    for (const std::string& note : summary.notes)
        result += text::paragraph(note, indent, std::min(style.width, text::prose_width), "- ");
    return result.empty() ? result : result + '\n';
}

std::string verdict_text(const Summary& summary, const TextStyle& style) {
    const Mark mark = standing_of(summary.finding) == Standing::good ? Mark::good : Mark::bad;
    return lead_marked(prose(summary.verdict.headline + ' ' + summary.verdict.explanation, style),
                       summary.verdict.headline, mark, style) +
           '\n';
}

std::string row_text(const Row& row, const TextStyle& style) {
    const std::size_t start = indent + label_width;
    const auto lines = text::flow(row.cells, style.width > start ? style.width - start : 1);
    std::string result;
    for (std::size_t i = 0; i < lines.size(); ++i)
        result += std::string(indent, ' ') + text::pad_right(i == 0 ? row.label : "", label_width) + lines[i] + '\n';
    return result;
}

void place(std::string& line, std::size_t column, const std::string& label) {
    const std::size_t end = column + label.size();
    if (end > line.size()) return;
    const std::size_t from = column == 0 ? 0 : column - 1, to = std::min(end + 1, line.size());
    if (line.substr(from, to - from).find_first_not_of(' ') != std::string::npos) return;
    line.replace(column, label.size(), label);
}

/// Start, end, and the first failure where there is room, each under its column.
std::string axis(const Trace& trace, std::size_t columns) {
    std::string line(columns, ' ');
    place(line, 0, "0 s");
    const std::string end = text::seconds(trace.end_s);
    if (end.size() <= columns) place(line, columns - end.size(), end);
    if (trace.first_failure_s && *trace.first_failure_s < trace.end_s)
        place(line, static_cast<std::size_t>(*trace.first_failure_s / trace.end_s * static_cast<double>(columns)),
              text::seconds(*trace.first_failure_s));
    return line;
}

std::string trace_text(const Trace& trace, const TextStyle& style) {
    const std::size_t start = indent + label_width, caption = 2 + text::display_width(trace.caption);
    const std::size_t room = style.width > start + caption ? style.width - start - caption : 0;
    const std::size_t columns = std::clamp<std::size_t>(room, 6, most_columns);
    std::string result = std::string(indent, ' ') + text::pad_right("TIME_WAIT", label_width);
    result += spark(trace, columns) + "  " + trace.caption + '\n';
    return result + std::string(start, ' ') + axis(trace, columns) + '\n';
}

std::string pointer_text(const Pointers& pointers) {
    std::string result;
    if (pointers.record) result += "  record  " + core::printable(*pointers.record) + '\n';
    if (pointers.next) result += "  next    " + core::printable(*pointers.next) + '\n';
    return result.empty() ? result : '\n' + result;
}

}  // namespace

std::string render_text(const Summary& summary, const TextStyle& style, const Pointers& pointers) {
    std::string result = header(summary, style) + '\n';
    result += warnings(summary, style);
    result += verdict_text(summary, style);
    for (const Row& row : summary.rows) result += row_text(row, style);
    if (summary.trace) result += '\n' + trace_text(*summary.trace, style);
    result += pointer_text(pointers);
    return text::finish(std::move(result), style);
}

}  // namespace portdrought::report
