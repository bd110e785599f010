#include "analysis/report/markdown_table.hpp"

#include <fmt/format.h>

namespace portdrought::report {
namespace {

std::string row(const MarkdownCells& cells) {
    std::string text = "|";
    for (const std::string& cell : cells) text += ' ' + (cell.empty() ? std::string{"–"} : cell) + " |";
    return text + '\n';
}

}  // namespace

std::string markdown_table(const MarkdownCells& header, const std::vector<MarkdownCells>& rows) {
    if (rows.empty()) return {};
    std::string text = row(header) + '|';
    for (std::size_t i = 0; i < header.size(); ++i) text += "---|";
    text += '\n';
    for (const MarkdownCells& cells : rows) text += row(cells);
    return text + '\n';
}

std::string markdown_list(const std::vector<std::string>& items) {
    std::string text;
    for (const std::string& item : items) text += "- " + item + '\n';
    return items.empty() ? text : text + '\n';
}

std::string markdown_folded(std::string_view title, const std::string& content) {
    if (content.empty()) return {};
    return fmt::format("<details><summary>{}</summary>\n\n{}</details>\n\n", title, content);
}

}  // namespace portdrought::report
