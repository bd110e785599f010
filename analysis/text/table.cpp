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

/// Each cell in as many lines as it needs to be no wider than `most` says of its column.
void Table::add_wrapped(const std::vector<std::string>& row, const std::vector<std::size_t>& most) {
    std::vector<std::vector<std::string>> cells;
    std::size_t lines = 1;
    for (std::size_t column = 0; column < row.size(); ++column) {
        const bool fits = display_width(row[column]) <= most[column];
        cells.push_back(fits ? std::vector{row[column]} : wrap(row[column], most[column]));
        lines = std::max(lines, cells.back().size());
    }
    for (std::size_t i = 0; i < lines; ++i) {
        std::vector<std::string> line;
        for (const auto& cell : cells) line.push_back(i < cell.size() ? cell[i] : "");
        add_row(std::move(line));
    }
}

/// So that each column fits beside the first one.
Table Table::wrapped(std::size_t width) const {
    const std::size_t first = std::min(column_width(0), width * 3 / 5);
    const std::size_t taken = indent + first + gap;
    std::vector<std::size_t> most(header_.size(), width > taken ? width - taken : 1);
    most.front() = first;
    Table result(header_);
    for (const auto& row : rows_) result.add_wrapped(row, most);
    return result;
}

std::string Table::render(std::size_t width) const { return wrapped(width).render_parts(width); }

std::string Table::render_parts(std::size_t width) const {
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
