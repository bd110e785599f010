#include "analysis/html/page.hpp"

#include <fmt/format.h>

#include "analysis/html/assets.hpp"
#include "analysis/html/chart_data.hpp"
#include "analysis/html/chart_figure.hpp"
#include "analysis/html/escape.hpp"
#include "analysis/html/explanation.hpp"
#include "analysis/html/findings.hpp"
#include "analysis/html/heat_map.hpp"
#include "analysis/html/markup.hpp"
#include "analysis/html/method.hpp"
#include "analysis/html/summary_table.hpp"
#include "analysis/html/top.hpp"

namespace portdrought::html {
namespace {

using report::Report;
using report::Section;

std::string title_of(const Report& report) {
    if (report.sections.size() != 1) return "portdrought report";
    const Section& section = report.sections.front();
    return (section.title.empty() ? section.scenario : section.title) + " · portdrought";
}

/// Nothing is fetched, and nothing runs but what the hashes name. Without 'unsafe-inline' an injected script is text.
std::string policy() {
    return fmt::format(
        "default-src 'none'; script-src '{}'; style-src '{}'; img-src data: blob:; base-uri 'none'; form-action 'none'",
        script().hash, style().hash);
}

std::string head(const Report& report) {
    return fmt::format(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"generator\" content=\"{}\">\n"
        "<title>{}</title>\n<style>{}</style>\n</head>\n",
        policy(), escaped(report.tool), escaped(title_of(report)), style().text);
}

std::string header(const Report& report) {
    return fmt::format(
        "<header class=\"bar\"><p class=\"brand\">portdrought</p><p class=\"tool\">{}</p>"
        "<div id=\"controls\" class=\"controls\"></div></header>\n",
        escaped(report.tool.starts_with("portdrought ") ? report.tool.substr(12) : report.tool));
}

std::string charts_of(const Section& section, std::size_t index) {
    std::string figures;
    for (std::size_t i = 0; i < section.charts.charts.size(); ++i) figures += chart_figure(section.charts, index, i);
    for (std::size_t i = 0; i < section.charts.maps.size(); ++i)
        figures += heat_map(section.charts, i, fmt::format("s{}m{}", index, i));
    if (figures.empty()) return {};
    return fmt::format(
        "<section class=\"block charts\" data-section=\"{0}\" aria-labelledby=\"s{0}charts\"><h2 id=\"s{0}charts\">{1}"
        "</h2>\n<div class=\"shown\" data-section=\"{0}\"></div>\n{2}</section>\n",
        index, both("Charts", "图表"), figures);
}

std::string section_of(const Section& section, std::size_t index, bool is_only) {
    return fmt::format("<section class=\"scenario\">\n<div class=\"top\">\n{}{}</div>\n{}{}{}{}</section>\n",
                       question_and_verdict(section, is_only ? "h1" : "h2"), variant_lines(section, index),
                       summary_table(section, index), findings_of(section), charts_of(section, index),
                       method_of(section, index));
}

std::string body(const Report& report) {
    const bool is_only = report.sections.size() == 1;
    std::string main;
    if (!is_only) {
        const std::size_t count = report.sections.size();
        const std::string title = both(fmt::format("{} scenarios", count), fmt::format("{} 个场景", count));
        main += element("div", "top", element("h1", "question", title) + verdict(report.headline)) + '\n';
    }
    for (std::size_t i = 0; i < report.sections.size(); ++i) main += section_of(report.sections[i], i, is_only);
    main += explanation(report) + how_to_repeat(report);
    return fmt::format(
        "<body>\n{}<main>\n{}</main>\n<footer><p>{}</p></footer>\n"
        "<div id=\"readout\" class=\"hidden-text\" aria-live=\"polite\"></div>\n"
        "<script type=\"application/json\" id=\"data\">{}</script>\n<script>{}</script>\n</body>\n</html>\n",
        header(report), main,
        both("One file, no network access. Charts are drawn by uPlot 1.6.32 (MIT).",
             "单个文件，不访问网络。图表由 uPlot 1.6.32（MIT）绘制。"),
        chart_data(report), script().text);
}

}  // namespace

std::string html_page(const Report& report) { return head(report) + body(report); }

}  // namespace portdrought::html
