#include "analysis/html/explanation.hpp"

#include <fmt/format.h>

#include "analysis/html/escape.hpp"
#include "analysis/html/markup.hpp"

namespace portdrought::html {
namespace {

/// One that counts, if there is one.
const record::RunRecord* run_to_explain(const report::Report& report) {
    const record::RunRecord* first = nullptr;
    for (const report::Section& section : report.sections)
        for (const report::ReportedRun& run : section.runs) {
            if (!run.summary.valid) continue;
            if (run.record->totals.outcomes.no_port() > 0) return run.record;
            if (first == nullptr) first = run.record;
        }
    for (const report::Section& section : report.sections)
        if (first == nullptr && !section.runs.empty()) first = section.runs.front().record;
    return first;
}

std::string passages(std::string_view level, const std::vector<Passage>& all) {
    std::string result;
    for (const Passage& passage : all)
        result += element("div", "passage",
                          element(level, "", escaped(passage.heading)) + element("p", "", escaped(passage.text)));
    return result;
}

std::string points(const std::vector<Passage>& all) {
    std::string items;
    for (const Passage& point : all)
        items += element("li", "", element("strong", "", escaped(point.heading)) + " " + escaped(point.text)) + '\n';
    return element("ol", "points", items);
}

std::string in(std::string_view language, std::string_view title, const Explanation& words) {
    const std::string content = element("h2", "", escaped(title)) + element("p", "note", escaped(words.about)) +
                                element("div", "basics", passages("h3", words.basics)) +
                                element("h3", "", escaped(words.points_heading)) + points(words.points);
    return fmt::format("<div lang=\"{}\">\n{}</div>\n", language, content);
}

}  // namespace

std::string explanation(const report::Report& report) {
    const record::RunRecord* run = run_to_explain(report);
    if (run == nullptr) return {};
    const RunFacts facts = run_facts(*run);
    return fmt::format("<section class=\"block explanation\" id=\"explanation\">\n{}{}</section>\n",
                       in("en", "What is going on here?", explanation_in_english(facts)),
                       in("zh-Hans", "这是怎么回事？", explanation_in_chinese(facts)));
}

}  // namespace portdrought::html
