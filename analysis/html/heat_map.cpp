#include "analysis/html/heat_map.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/html/escape.hpp"
#include "analysis/html/markup.hpp"

namespace portdrought::html {
namespace {

using charts::HeatMap;

/// In the drawing's own units, which are about a pixel on a wide screen.
constexpr int cell_height = 34, top = 26, least_cell = 26, most_cell = 92, width = 900;
/// Shades of the style sheet: s0 is the lowest.
constexpr int shades = 8;

struct Grid {
    const HeatMap& map;
    std::size_t columns, rows;
    int left, cell_width;
    double least = 0, most = 0;

    const std::optional<double>& value(std::size_t row, std::size_t column) const {
        return map.cells.at(row * columns + column);
    }
    bool fails(std::size_t row, std::size_t column) const {
        return row * columns + column < map.fails.size() && map.fails[row * columns + column];
    }
    bool measured(std::size_t row, std::size_t column) const {
        return row * columns + column < map.measured.size() && map.measured[row * columns + column];
    }
    /// Measured, and nothing to show: no failure, or none in most runs.
    bool is_free(std::size_t row, std::size_t column) const { return measured(row, column) && !value(row, column); }
    int x(std::size_t column) const { return left + static_cast<int>(column) * cell_width; }
    int y(std::size_t row) const { return top + static_cast<int>(row) * cell_height; }
};

/// Shades mean the same in all maps of one figure.
void set_scale(Grid& grid, const std::vector<HeatMap>& maps) {
    bool is_first = true;
    for (const HeatMap& map : maps) {
        if (map.unit != grid.map.unit) continue;
        for (const auto& cell : map.cells) {
            if (!cell || !std::isfinite(*cell)) continue;
            grid.least = is_first ? *cell : std::min(grid.least, *cell);
            grid.most = is_first ? *cell : std::max(grid.most, *cell);
            is_first = false;
        }
    }
}

Grid grid_of(const HeatMap& map, const std::vector<HeatMap>& maps) {
    Grid grid{map, map.x_values.size(), std::max<std::size_t>(map.y_values.size(), 1), 8, 0};
    std::size_t longest = 0;
    for (const std::string& name : map.y_values) longest = std::max(longest, name.size());
    grid.left = static_cast<int>(std::min<std::size_t>(longest, 20)) * 8 + 12;
    const int room = (width - grid.left) / static_cast<int>(std::max<std::size_t>(grid.columns, 1));
    grid.cell_width = std::clamp(room, least_cell, most_cell);
    set_scale(grid, maps);
    return grid;
}

int shade_of(const Grid& grid, double value) {
    if (!(grid.most > grid.least)) return 0;
    return std::min(static_cast<int>((value - grid.least) / (grid.most - grid.least) * shades), shades - 1);
}

std::string title_of(const Grid& grid, std::size_t row, std::size_t column) {
    const HeatMap& map = grid.map;
    std::string words = map.x_key + " = " + map.x_values[column];
    if (!map.y_key.empty() && row < map.y_values.size()) words += ", " + map.y_key + " = " + map.y_values[row];
    const auto& value = grid.value(row, column);
    if (value)
        words += ": " + figure(*value, map.unit);
    else if (grid.measured(row, column))
        words += grid.fails(row, column) ? ": no failure in most runs" : ": no failure";
    else
        words += ": not measured";
    return escaped(words + (grid.fails(row, column) ? "; some attempt found no port" : ""));
}

std::string cell_text(const Grid& grid, std::size_t row, std::size_t column) {
    const auto& value = grid.value(row, column);
    if (grid.is_free(row, column))
        return fmt::format("<text class=\"free\" x=\"{}\" y=\"{}\" text-anchor=\"middle\">✓</text>",
                           grid.x(column) + grid.cell_width / 2, grid.y(row) + cell_height / 2 + 4);
    if (!value || grid.cell_width < 44) return {};
    return fmt::format("<text class=\"t{}\" x=\"{}\" y=\"{}\" text-anchor=\"middle\">{}</text>", shade_of(grid, *value),
                       grid.x(column) + grid.cell_width / 2, grid.y(row) + cell_height / 2 + 4,
                       escaped(figure(*value, grid.map.unit)));
}

std::string cell_drawing(const Grid& grid, std::size_t row, std::size_t column) {
    const auto& value = grid.value(row, column);
    const std::string shade = value                        ? fmt::format("s{}", shade_of(grid, *value))
                              : grid.measured(row, column) ? "failure-free"
                                                           : "unmeasured";
    std::string cell =
        fmt::format("<g><title>{}</title><rect class=\"{}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>{}",
                    title_of(grid, row, column), shade, grid.x(column), grid.y(row), grid.cell_width, cell_height,
                    cell_text(grid, row, column));
    if (grid.fails(row, column))  // a notch, for those to whom all shades look alike
        cell += fmt::format("<path class=\"fails\" d=\"M{} {}h9l-9 9z\"/>", grid.x(column) + 2, grid.y(row) + 2);
    return cell + "</g>\n";
}

/// One fails and the other does not, and both are known.
bool begins_between(const Grid& grid, std::size_t row, std::size_t column, std::size_t row2, std::size_t column2) {
    return grid.measured(row, column) && grid.measured(row2, column2) &&
           grid.fails(row, column) != grid.fails(row2, column2);
}

/// Between neighbours: where failures begin.
std::string frontier(const Grid& grid) {
    std::string path;
    for (std::size_t row = 0; row < grid.rows; ++row)
        for (std::size_t column = 0; column < grid.columns; ++column) {
            if (column + 1 < grid.columns && begins_between(grid, row, column, row, column + 1))
                path += fmt::format("M{} {}v{}", grid.x(column + 1), grid.y(row), cell_height);
            if (row + 1 < grid.rows && begins_between(grid, row, column, row + 1, column))
                path += fmt::format("M{} {}h{}", grid.x(column), grid.y(row + 1), grid.cell_width);
        }
    return path.empty() ? path : fmt::format("<path class=\"frontier\" d=\"{}\"/>", path);
}

/// As many of the values as fit beside each other.
std::string axis_texts(const Grid& grid) {
    std::string texts;
    std::size_t longest = 1;
    for (const std::string& name : grid.map.x_values) longest = std::max(longest, name.size());
    const auto needed = std::min<std::size_t>(longest, 20) * 8 + 8;
    const std::size_t every = std::max<std::size_t>(
        1, (needed + static_cast<std::size_t>(grid.cell_width) - 1) / static_cast<std::size_t>(grid.cell_width));
    for (std::size_t column = 0; column < grid.columns; column += every)
        texts += fmt::format("<text class=\"axis\" x=\"{}\" y=\"{}\" text-anchor=\"middle\">{}</text>",
                             grid.x(column) + grid.cell_width / 2, top - 9, escaped(grid.map.x_values[column]));
    for (std::size_t row = 0; row < grid.map.y_values.size(); ++row)
        texts += fmt::format("<text class=\"axis\" x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>", grid.left - 8,
                             grid.y(row) + cell_height / 2 + 4, escaped(grid.map.y_values[row]));
    return texts;
}

std::string drawing(const Grid& grid, const std::string& id) {
    std::string cells;
    for (std::size_t row = 0; row < grid.rows; ++row)
        for (std::size_t column = 0; column < grid.columns; ++column) cells += cell_drawing(grid, row, column);
    const int right = grid.x(grid.columns) + 8, bottom = grid.y(grid.rows) + 4;
    return fmt::format(
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"{0}t\"><svg class=\"heat\" "
        "role=\"img\" "
        "aria-labelledby=\"{0}t\" aria-describedby=\"{0}d\" viewBox=\"0 0 {1} {2}\" width=\"{1}\" "
        "height=\"{2}\">\n{3}{4}{5}"
        "</svg></div>\n",
        id, right, bottom, axis_texts(grid), cells, frontier(grid));
}

std::string table_of(const Grid& grid) {
    const HeatMap& map = grid.map;
    Table table("figures", escaped(map.title));
    table.add_column(escaped(map.y_key.empty() ? "" : map.y_key + " \\ " + map.x_key), map.y_key, false);
    for (const std::string& name : map.x_values) table.add_column(escaped(name), name, true);
    for (std::size_t row = 0; row < grid.rows; ++row) {
        std::vector<std::string> cells{escaped(row < map.y_values.size() ? map.y_values[row] : map.x_key)};
        for (std::size_t column = 0; column < grid.columns; ++column) {
            const auto& value = grid.value(row, column);
            const std::string cell = value                       ? escaped(figure(*value, map.unit))
                                     : grid.is_free(row, column) ? both("none", "无")
                                                                 : "–";
            cells.push_back(cell + (grid.fails(row, column) ? " ✕" : ""));
        }
        table.add_row(cells);
    }
    return table.markup();
}

/// Nothing where all cells look alike.
std::string ramp(const Grid& grid) {
    if (!(grid.most > grid.least)) return {};
    std::string shapes;
    for (int shade = 0; shade < shades; ++shade)
        shapes += fmt::format("<rect class=\"s{}\" x=\"{}\" y=\"2\" width=\"18\" height=\"12\"/>", shade, shade * 18);
    return fmt::format(
        "<span>{}</span> <svg aria-hidden=\"true\" viewBox=\"0 0 144 16\" width=\"144\" height=\"16\">{}</svg> "
        "<span>{}</span> ",
        escaped(figure(grid.least, grid.map.unit)), shapes, escaped(figure(grid.most, grid.map.unit)));
}

std::string failure_key(const Grid& grid) {
    if (std::ranges::find(grid.map.fails, true) == grid.map.fails.end()) return {};
    return "<svg aria-hidden=\"true\" viewBox=\"0 0 14 14\" width=\"14\" height=\"14\"><path class=\"fails\" d=\"M2 "
           "2h9l-9 "
           "9z\"/></svg> " +
           both("some attempt found no port; the thick line is where that begins",
                "有连接找不到端口；粗线为失败开始处");
}

/// What cells without a figure mean.
std::string blank_key(const Grid& grid) {
    bool is_any_free = false, is_any_unmeasured = false;
    for (std::size_t row = 0; row < grid.rows; ++row)
        for (std::size_t column = 0; column < grid.columns; ++column) {
            is_any_free = is_any_free || grid.is_free(row, column);
            is_any_unmeasured = is_any_unmeasured || (!grid.value(row, column) && !grid.measured(row, column));
        }
    const auto swatch = [](std::string_view kind) {
        return fmt::format(
            "<svg aria-hidden=\"true\" viewBox=\"0 0 18 12\" width=\"18\" height=\"12\"><rect "
            "class=\"{}\" width=\"18\" height=\"12\"/></svg> ",
            kind);
    };
    std::string key;
    if (is_any_free)
        key += swatch("failure-free") + both("✓ no failure, or none in most runs", "✓ 无失败，或多数运行无失败") + " ";
    if (is_any_unmeasured) key += swatch("unmeasured") + both("not measured, or not valid", "未测量或无效");
    return key;
}

std::string legend(const Grid& grid) {
    const std::string content = ramp(grid) + failure_key(grid) + blank_key(grid);
    return content.empty() ? content : element("p", "key", content) + '\n';
}

}  // namespace

std::string heat_map(const charts::Charts& charts, std::size_t index, const std::string& id) {
    const HeatMap& map = charts.maps.at(index);
    const Grid grid = grid_of(map, charts.maps);
    if (grid.columns == 0 || map.cells.size() != grid.columns * grid.rows) return {};
    std::string caption = fmt::format("<h3 id=\"{}t\">{}</h3>", id, escaped(map.title));
    if (!map.note.empty()) caption += element("p", "note", escaped(map.note));
    const std::string axes = "→ " + map.x_key + (map.y_key.empty() ? "" : ",  ↓ " + map.y_key);
    const std::string head = map.subject < charts.subjects.size() ? panel_head(charts.subjects[map.subject]) : "";
    return fmt::format(
        "<figure class=\"map\" aria-labelledby=\"{0}t\"><div class=\"caption\"><div>{1}</div><div "
        "class=\"tools\"></div></div>\n{2}"
        "<p class=\"axes\">{3}</p>\n{4}{5}<p class=\"seen\" id=\"{0}d\">{6}</p>\n{7}</figure>\n",
        id, caption, head, escaped(axes), drawing(grid, id), legend(grid), escaped(map.text),
        details("data", both("Figures as a table", "数据表"), table_of(grid)));
}

}  // namespace portdrought::html
