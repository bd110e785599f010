#include "analysis/html/chart_figure.hpp"

#include <fmt/format.h>

#include <cmath>

#include "analysis/html/escape.hpp"
#include "analysis/html/markup.hpp"

namespace portdrought::html {
namespace {

using charts::Chart;
using charts::Panel;

/// So many rows show the course of a curve; the CSV file has the rest.
constexpr std::size_t most_rows = 11;

std::string place_text(double x, const charts::Axis& axis) {
    if (axis.scale != charts::Scale::percentile) return figure(x, axis.unit);
    return x >= 1 ? "max" : fmt::format("p{:.6g}", x * 100);
}

std::string value_text(const charts::Series& series, std::size_t at, charts::Unit unit) {
    const std::string value = figure(series.y[at], unit);
    if (at >= series.low.size() || at >= series.high.size()) return value;
    const std::string low = figure(series.low[at], unit), high = figure(series.high[at], unit);
    return low == high || std::isnan(series.y[at]) ? value : fmt::format("{} ({} … {})", value, low, high);
}

std::string table_of(const Chart& chart, const Panel& panel, const std::string& name) {
    Table table("figures", escaped(chart.title + ": " + name));
    table.add_column(escaped(chart.x.label), chart.x.label, true);
    for (const charts::Series& series : panel.series) table.add_column(escaped(series.label), series.label, true);
    const std::size_t points = panel.x.size(), rows = std::min(points, most_rows);
    for (std::size_t row = 0; row < rows; ++row) {
        const std::size_t at = rows > 1 ? row * (points - 1) / (rows - 1) : 0;
        std::vector<std::string> cells{escaped(place_text(panel.x[at], chart.x))};
        for (const charts::Series& series : panel.series)
            cells.push_back(at < series.y.size() ? escaped(value_text(series, at, chart.y.unit)) : "–");
        table.add_row(cells);
    }
    return table.markup();
}

std::string marks_list(const Panel& panel) {
    std::string items;
    for (const charts::Mark& mark : panel.marks) items += element("li", "", escaped(mark.label));
    return items.empty() ? items : element("ul", "marks", items);
}

/// `id` is that of the drawing's description.
std::string words_and_figures(const Chart& chart, const Panel& panel, const std::string& name, const std::string& id) {
    const std::string summary =
        chart.is_overlaid ? both("Figures", "数据") + ": " + escaped(name) : both("Figures as a table", "数据表");
    return fmt::format("<div class=\"seen\" id=\"{}\"><p>{}</p>{}</div>\n", id, escaped(panel.text),
                       marks_list(panel)) +
           details("data", summary, table_of(chart, panel, name));
}

std::string small_multiples(const charts::Charts& charts, const Chart& chart, const std::string& id) {
    std::string panels;
    for (std::size_t i = 0; i < chart.panels.size(); ++i) {
        const Panel& panel = chart.panels[i];
        const charts::Subject& subject = charts.subjects.at(panel.subject);
        panels += fmt::format(
            "<div class=\"panel\" data-panel=\"{}\" data-subject=\"{}\">\n{}<div class=\"plot\"></div>\n{}</div>\n", i,
            panel.subject, panel_head(subject),
            words_and_figures(chart, panel, subject.name, fmt::format("{}p{}", id, i)));
    }
    return fmt::format("<div class=\"panels of-{}\">\n{}</div>\n", std::min<std::size_t>(chart.panels.size(), 4),
                       panels);
}

std::string one_frame(const charts::Charts& charts, const Chart& chart, const std::string& id) {
    std::string heads, words;
    for (std::size_t i = 0; i < chart.panels.size(); ++i) {
        const charts::Subject& subject = charts.subjects.at(chart.panels[i].subject);
        heads += fmt::format("<div data-subject=\"{}\">{}</div>", chart.panels[i].subject, panel_head(subject));
        words += fmt::format("<div data-subject=\"{}\">{}</div>", chart.panels[i].subject,
                             words_and_figures(chart, chart.panels[i], subject.name, fmt::format("{}p{}", id, i)));
    }
    return fmt::format(
        "<div class=\"panels of-1\"><div class=\"panel\">\n<div class=\"heads\">{}</div>\n<div class=\"plot\"></div>\n"
        "{}</div></div>\n",
        heads, words);
}

}  // namespace

std::string chart_figure(const charts::Charts& charts, std::size_t section, std::size_t index) {
    const Chart& chart = charts.charts.at(index);
    const std::string id = fmt::format("s{}c{}", section, index);
    std::string caption = fmt::format("<h3 id=\"{}t\">{}</h3>", id, escaped(chart.title));
    if (!chart.note.empty()) caption += element("p", "note", escaped(chart.note));
    return fmt::format(
        "<figure class=\"chart\" id=\"{0}\" data-section=\"{1}\" data-chart=\"{2}\" aria-labelledby=\"{0}t\">\n"
        "<div class=\"caption\"><div>{3}</div><div class=\"tools\"></div></div>\n{4}</figure>\n",
        id, section, index, caption,
        chart.is_overlaid ? one_frame(charts, chart, id) : small_multiples(charts, chart, id));
}

}  // namespace portdrought::html
