#include "analysis/text/table.hpp"

#include <algorithm>

#include "analysis/text/layout.hpp"

namespace portdrought::text {
namespace {

constexpr std::size_t indent = 2, gap = 3;

}  // namespace

std::size_t Table::column_width(std::size_t column) const {
    std::size_t width = display_width(header_[column]);
    for (const auto& row : rows_) width = std::max(width, display_width(row[column]));
    return width;
}

std::string Table::line(const std::vector<std::string>& cells, const std::vector<std::size_t>& columns) const {
    std::string result(indent, ' ');
    for (const std::size_t column : columns) {
        if (column != columns.front()) result.append(gap, ' ');
        result += pad_right(cells[column], column_width(column));
    }
    result.erase(result.find_last_not_of(' ') + 1);
    return result + '\n';
}

std::string Table::render_columns(const std::vector<std::size_t>& columns) const {
    std::string result = line(header_, columns);
    for (const auto& row : rows_) {
        const bool says_something =
            std::ranges::any_of(columns, [&row](std::size_t column) { return !row[column].empty(); });
        if (says_something) result += line(row, columns);
    }
    return result;
}

std::string Table::render(std::size_t width) const {
    std::string result;
    std::vector<std::size_t> columns{0};
    std::size_t taken = indent + column_width(0);
    for (std::size_t column = 1; column < header_.size(); ++column) {
        const std::size_t wanted = gap + column_width(column);
        if (taken + wanted > width && columns.size() > 1) {
            result += render_columns(columns) + '\n';
            columns = {0};
            taken = indent + column_width(0);
        }
        columns.push_back(column);
        taken += wanted;
    }
    return result + render_columns(columns);
}

}  // namespace portdrought::text
