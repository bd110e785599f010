#include "analysis/html/findings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/html/escape.hpp"
#include "analysis/html/markup.hpp"
#include "analysis/report/knee_text.hpp"
#include "analysis/text/numbers.hpp"

namespace portdrought::html {
namespace {

std::string symbol_and_words(std::string_view kind, std::string_view symbol, std::string_view words) {
    return fmt::format("<span class=\"chip {}\"><span class=\"symbol\" aria-hidden=\"true\">{}</span>{}</span>", kind,
                       symbol, escaped(words));
}

std::string list_of(std::string_view classes, const std::vector<std::string>& sentences) {
    std::string items;
    for (const std::string& sentence : sentences) items += element("li", "", escaped(with_micro(sentence)));
    return items.empty() ? items : element("ul", classes, items) + '\n';
}

// --- check
// ------------------------------------------------------------------------------------------------------------

std::string judged(const expect::Judgement& judgement) {
    switch (judgement.verdict) {
        case expect::Verdict::pass: return symbol_and_words("good", "✓", "holds");
        case expect::Verdict::fail: return symbol_and_words("bad", "✕", "fails");
        case expect::Verdict::invalid: return symbol_and_words("invalid", "⚠", "not valid");
    }
    return {};
}

std::string check_table(const report::Check& check) {
    Table table("findings", both("What the scenario expects", "场景的期望"));
    table.add_column("", "verdict", false);
    table.add_column(both("expectation", "期望"), "expectation", false);
    table.add_column(both("measured", "实测"), "measured", false);
    for (const expect::Judgement& judgement : check.judgements) {
        std::string measured = escaped(with_micro(report::measured_words(judgement)));
        const std::string why = report::verdict_words(check, judgement);
        if (judgement.verdict != expect::Verdict::pass && !why.empty())
            measured += element("small", "why", escaped(with_micro(why)));
        table.add_row({judged(judgement), element("code", "", escaped(report::title(judgement))), measured});
    }
    return table.markup();
}

std::string check_of(const report::Check& check) {
    std::string result = heading("h2", "Expectations", "期望");
    if (!check.judgements.empty()) result += check_table(check);
    result += list_of("notes", check.left_out);
    result += list_of("notes grave", report::unmentioned_problems(check));
    if (!check.regressions) return result;
    std::vector<std::string> worse;
    for (const expect::Regression& regression : check.regressions->found) worse.push_back(report::words(regression));
    result += heading("h3", "Against the baseline", "与基线比较");
    if (worse.empty())
        return result + element("p", "", both("Nothing is worse than before.", "没有比以前更差的。")) + '\n';
    return result + list_of("notes grave", worse);
}

// --- knee
// -------------------------------------------------------------------------------------------------------------

std::string knee_verdict(const knees::Judgement& judgement) {
    switch (judgement.verdict) {
        case knees::Verdict::agrees: return symbol_and_words("good", "✓", judgement.words);
        case knees::Verdict::differs: return symbol_and_words("bad", "≠", judgement.words);
        case knees::Verdict::open: break;
    }
    return symbol_and_words("open", "?", judgement.words);
}

std::string knee_of(const report::KneeReport& report) {
    const std::string& variant = report.scenario.variant;
    Table table("findings", variant.empty() ? both("The three knees", "三个拐点") : escaped(variant));
    table.add_column(both("knee", "拐点"), "knee", false);
    table.add_column(both("measured", "实测"), "measured", false);
    table.add_column(both("predicted", "预测"), "predicted", false);
    table.add_column(both("verdict", "结论"), "verdict", false);
    for (const knees::Judgement& item : knees::judge(report.forecast, report.knees, report.scenario))
        table.add_row({escaped(item.knee), escaped(item.measured), escaped(item.predicted), knee_verdict(item)});
    return table.markup() + list_of("notes", report::knee_words(report));
}

// --- validate
// ---------------------------------------------------------------------------------------------------------

std::string figure_text(double value, metrics::Unit unit) {
    if (std::isinf(value)) return "never";
    if (unit == metrics::Unit::seconds) return text::seconds(value);
    if (unit == metrics::Unit::microseconds) return with_micro(text::latency(core::from_seconds(value / 1e6)));
    return text::figure(value);
}

std::string span_text(double low, double high, metrics::Unit unit) {
    const std::string from = figure_text(low, unit), to = figure_text(high, unit);
    return from == to ? from : from + "–" + to;
}

std::string agreement_table(const agreement::Agreement& found) {
    Table table("findings", both("Kernel and model, figure by figure", "内核与模型逐项对照"));
    table.add_column("", "figure", false);
    for (const char* name : {"kernel", "model", "apart", "limit"}) table.add_column(name, name, true);
    table.add_column("", "verdict", false);
    for (const agreement::Figure& item : found.figures)
        table.add_row({escaped(item.what), figure_text(item.kernel, item.unit),
                       span_text(item.model_low, item.model_high, item.unit), figure_text(item.difference, item.unit),
                       item.limit ? figure_text(*item.limit, item.unit) : "–",
                       item.within ? symbol_and_words("good", "✓", "within") : symbol_and_words("bad", "≠", "beyond")});
    return table.markup();
}

std::string_view kind_of(agreement::Verdict verdict) {
    if (verdict == agreement::Verdict::agrees) return "good";
    return verdict == agreement::Verdict::differs ? "bad" : "open";
}

std::string_view symbol_of(agreement::Verdict verdict) {
    if (verdict == agreement::Verdict::agrees) return "✓";
    return verdict == agreement::Verdict::differs ? "≠" : "?";
}

std::string validated_of(const report::Validated& validated) {
    const agreement::Agreement& found = validated.agreement;
    std::string head =
        symbol_and_words(kind_of(found.verdict), symbol_of(found.verdict), agreement::name(found.verdict));
    const std::string& variant = validated.kernel->scenario.variant;
    head += " " + escaped((variant.empty() ? "" : variant + ", ") + validated.path);
    std::string result = element("p", "agreement", head);
    if (!found.reason.empty()) result += element("p", "", escaped(found.reason));
    if (!found.figures.empty()) result += details("data", both("All figures", "全部数据"), agreement_table(found));
    std::vector<std::string> left_out;
    for (const agreement::Uncompared& item : found.not_compared) left_out.push_back(item.what + ": " + item.reason);
    if (left_out.empty()) return result;
    return result + details("data", both("Not compared", "未比较的项目"), list_of("notes", left_out));
}

}  // namespace

std::string findings_of(const report::Section& section) {
    std::string result;
    if (section.check) result += element("section", "block", check_of(*section.check)) + '\n';
    std::string knees, validated;
    for (const report::KneeReport& report : section.knees) knees += knee_of(report);
    for (const report::Validated& item : section.validated) validated += validated_of(item);
    if (!knees.empty())
        result += element("section", "block", heading("h2", "Where it breaks", "在哪里崩溃") + knees) + '\n';
    if (!validated.empty())
        result += element("section", "block", heading("h2", "Kernel and model", "内核与模型") + validated) + '\n';
    return result;
}

}  // namespace portdrought::html
