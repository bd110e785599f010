#include "analysis/report/sweep_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/report/sweep_cells.hpp"
#include "analysis/text/numbers.hpp"
#include "analysis/text/table.hpp"
#include "core/printable.hpp"

namespace portdrought::report {
namespace {

using record::SweepAxis;
using record::SweepRow;
using text::TextStyle;

constexpr std::size_t most_rows = 500;

/// A column's name in one or two lines.
struct Title {
    std::string first, second;
};

/// "timed_wait_delay" makes a column wider than its values: it is broken at the underscore nearest to its middle.
Title broken(const std::string& name) {
    constexpr std::size_t short_enough = 10;
    if (name.size() <= short_enough) return {name, ""};
    std::size_t best = name.npos;
    const auto distance = [&](std::size_t at) {
        return at > name.size() / 2 ? at - name.size() / 2 : name.size() / 2 - at;
    };
    for (std::size_t at = name.find('_'); at != name.npos; at = name.find('_', at + 1))
        if (best == name.npos || distance(at) < distance(best)) best = at;
    if (best == name.npos) return {name, ""};
    return {name.substr(0, best + 1), name.substr(best + 1)};
}

/// "rate" of "load.rate", unless two axes would read the same.
std::string short_name(const SweepTable& table, const std::string& key) {
    const auto last_part = [](const std::string& name) { return name.substr(name.rfind('.') + 1); };
    const auto same = std::ranges::count_if(
        table.header.axes, [&](const SweepAxis& axis) { return last_part(axis.key) == last_part(key); });
    return same > 1 ? key : last_part(key);
}

std::string points_table(const SweepTable& table, std::size_t width) {
    const std::vector<std::size_t> axes = shown_axes(table.header);
    const bool some_invalid = table.invalid() > 0;
    std::vector<Title> titles;
    for (const std::size_t axis : axes) titles.push_back(broken(short_name(table, table.header.axes[axis].key)));
    if (axes.empty()) titles.push_back({"point", ""});
    for (const Title& title :
         {Title{"ok", ""}, {"first", "failure"}, {"rate", ""}, {"TIME_WAIT", "peak"}, {"free", "ports"}})
        titles.push_back(title);
    if (some_invalid) titles.push_back({"valid", ""});
    std::vector<std::string> first, second;
    for (const Title& title : titles) first.push_back(title.first), second.push_back(title.second);
    text::Table cells(first);
    cells.add_row(second);
    for (std::size_t i = 0; i < table.rows.size() && i < most_rows; ++i) {
        const SweepRow& row = table.rows[i];
        const std::vector<std::size_t> place = table.header.place_of(row.point);
        std::vector<std::string> line;
        for (const std::size_t axis : axes)
            line.push_back(core::printable(table.header.axes[axis].values[place[axis]]));
        if (axes.empty()) line.push_back(std::to_string(row.point));
        const SweepCells figures = cells_of(row);
        for (const std::string& figure :
             {figures.ok, figures.first_failure, figures.rate, figures.time_wait_peak, figures.free_ports})
            line.push_back(figure);
        if (some_invalid) line.emplace_back(row.valid ? "yes" : "no");
        cells.add_row(std::move(line));
    }
    return cells.render(width);
}

/// Share of ok, a row per value of the first of two axes; empty where it does not fit.
std::string grid(const SweepTable& table, std::size_t width) {
    const std::vector<std::size_t> axes = shown_axes(table.header);
    if (axes.size() != 2) return {};
    const SweepAxis &down = table.header.axes[axes[0]], &across = table.header.axes[axes[1]];
    std::vector<std::string> header{short_name(table, down.key)};
    for (const std::string& value : across.values) header.push_back(core::printable(value));
    std::vector<std::vector<std::string>> lines(down.values.size(), std::vector<std::string>(header.size()));
    for (std::size_t i = 0; i < lines.size(); ++i) lines[i].front() = core::printable(down.values[i]);
    for (const SweepRow& row : table.rows) {
        const auto place = table.header.place_of(row.point);
        lines[place[axes[0]]][place[axes[1]] + 1] = cells_of(row).ok + (row.valid ? "" : "?");
    }
    constexpr std::size_t unlimited = 100'000;  // a table that is split is no grid
    text::Table cells(header);
    for (auto& line : lines) cells.add_row(std::move(line));
    const std::string text = cells.render(unlimited);
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = text.find('\n', begin);
        if (text::display_width(text.substr(begin, end - begin)) > width) return {};
        begin = end + 1;
    }
    return fmt::format("\n  ok by {} (down) and {} (across)\n{}", short_name(table, down.key),
                       short_name(table, across.key), text);
}

std::string heading(const SweepTable& table) {
    const scenario::Pairs& pairs = table.header.scenario;
    std::string text = scenario::text_in(pairs, "name");
    if (const std::string variant = scenario::text_in(pairs, "variant"); !variant.empty()) text += ", " + variant;
    text += fmt::format(": {} engine, ", table.header.engine);
    if (const std::string scale = scenario::text_in(pairs, "lab.time_scale"); !scale.empty() && scale != "1")
        text += fmt::format("compressed x{}, ", scale);
    const std::uint64_t points = table.header.points();
    text += table.rows.size() == points
                ? text::counted(points, "point")
                : fmt::format("{} of {}", text::thousands(table.rows.size()), text::counted(points, "point"));
    if (table.shard.count > 1) text += fmt::format(" (shard {}/{})", table.shard.index, table.shard.count);
    if (table.rows.empty()) return text + '\n';
    return text + (table.invalid() == 0 ? ", all valid" : fmt::format(", {} not valid", table.invalid())) + '\n';
}

std::string notes(const SweepTable& table, std::size_t width) {
    std::string text;
    for (const std::string& note : notes_of(table)) text += text::paragraph(note, 2, width);
    return text.empty() ? text : '\n' + text;
}

}  // namespace

std::string render_text(const SweepTable& table, const TextStyle& style) {
    if (table.rows.empty()) return text::finish(heading(table), style);
    std::string text = heading(table) + '\n' + points_table(table, style.width);
    if (table.rows.size() > most_rows)
        text += fmt::format("  and {} more in the file\n", text::counted(table.rows.size() - most_rows, "point"));
    text += grid(table, style.width);
    text += notes(table, std::min(style.width, text::prose_width));
    return text::finish(text, style);
}

}  // namespace portdrought::report
