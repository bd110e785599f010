#include "analysis/report/junit_xml.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/findings/trust.hpp"
#include "analysis/report/report.hpp"
#include "analysis/report/variant_cells.hpp"
#include "analysis/text/utf8.hpp"
#include "core/printable.hpp"

namespace portdrought::report {
namespace {

using expect::Judgement;
using expect::Verdict;

std::string escaped(std::string_view character) {
    switch (character.front()) {
        case '&': return "&amp;";
        case '<': return "&lt;";
        case '>': return "&gt;";
        case '"': return "&quot;";
        case '\'': return "&apos;";
        case '\n': return "&#10;";
        default: return std::string{character};
    }
}

std::string attribute(std::string_view name, std::string_view value) {
    return fmt::format(" {}=\"{}\"", name, xml_text(value));
}

std::string property(std::string_view name, std::string_view value) {
    return "      <property" + attribute("name", name) + attribute("value", value) + "/>\n";
}

std::string about_run(const record::RunRecord& record) {
    std::string text = property("tool_version", record.tool_version) + property("engine", record.engine) +
                       (record.host.kernel.empty() ? "" : property("kernel", record.host.kernel)) +
                       property("time_scale", fmt::format("{}", record.scenario.lab.time_scale)) +
                       property("seed", fmt::format("{}", record.scenario.lab.seed));
    for (const std::string& sentence : findings::unverified(record)) text += property("unverified", sentence);
    return text;
}

/// The schema wants at least one in such an element.
std::string properties(const std::string& items) {
    return items.empty() ? "" : "    <properties>\n" + items + "    </properties>\n";
}

std::string properties_of(const Check& check) {
    std::string text;
    if (check.file) text += property("file", *check.file);
    if (!check.runs.empty()) text += about_run(*check.runs.front().record);
    for (const expect::Run& run : check.runs) text += property("record", run.name);
    return text;
}

std::string open_case(std::string_view scenario, std::string_view name) {
    return "    <testcase" + attribute("classname", scenario) + attribute("name", name);
}

/// "scenarios/article.toml:20:8": the schema has no attribute for it.
std::string place_of(const Check& check, const Judgement& judgement) {
    return check.file ? fmt::format("\n{}:{}:{}", *check.file, judgement.at.line, judgement.at.column) : "";
}

std::string problem(std::string_view element, std::string_view type, const std::string& message,
                    const std::string& body) {
    return fmt::format(">\n      <{0}{1}{2}>{3}</{0}>\n    </testcase>\n", element, attribute("type", type),
                       attribute("message", message), xml_text(body));
}

std::string case_of(const Check& check, const Judgement& judgement) {
    std::string text = open_case(check.scenario, title(judgement));
    if (judgement.verdict == Verdict::pass) return text + "/>\n";
    const std::string place = place_of(check, judgement);
    if (judgement.verdict == Verdict::invalid)
        return text + problem("error", "invalid", measured_words(judgement), measured_words(judgement) + place);
    const std::string body = verdict_words(check, judgement) + "\nrecord " + record_of(check, judgement) + place;
    return text + problem("failure", "expectation", measured_words(judgement), body);
}

std::string baseline_cases(const Check& check) {
    if (!check.regressions || check.regressions->compared == 0) return "";
    std::string text;
    for (const expect::Regression& regression : check.regressions->found) {
        const std::string whose = regression.variant.empty() ? "" : regression.variant + ": ";
        text += open_case(check.scenario, whose + "baseline " + regression.metric) +
                problem("failure", "regression", words(regression), words(regression));
    }
    if (text.empty()) text = open_case(check.scenario, "baseline") + "/>\n";
    return text;
}

std::size_t baseline_count(const Check& check) {
    if (!check.regressions || check.regressions->compared == 0) return 0;
    return std::max<std::size_t>(check.regressions->found.size(), 1);
}

struct Totals {
    std::size_t tests = 0, failures = 0, errors = 0;
    Totals& operator+=(const Totals& other) {
        tests += other.tests;
        failures += other.failures;
        errors += other.errors;
        return *this;
    }
};

Totals totals_of(const Check& check) {
    const CheckCounts all = counts({check});
    return {all.judged + baseline_count(check), all.failed + all.regressions, all.invalid};
}

std::string attributes(const Totals& totals) {
    return fmt::format(" tests=\"{}\" failures=\"{}\" errors=\"{}\"", totals.tests, totals.failures, totals.errors);
}

/// What was not judged, and why; a suite may have one such element.
std::string notes(const Check& check) {
    std::string all;
    for (const std::string& problem : unmentioned_problems(check)) all += problem + '\n';
    for (const std::string& note : check.left_out) all += note + '\n';
    if (check.regressions)
        for (const std::string& note : check.regressions->notes) all += note + '\n';
    return all.empty() ? "" : "    <system-out>" + xml_text(all) + "</system-out>\n";
}

std::string suite(std::string_view name, const Totals& totals, const std::string& items, const std::string& content) {
    return "  <testsuite" + attribute("name", name) + attributes(totals) + ">\n" + properties(items) + content +
           "  </testsuite>\n";
}

std::string cases_of(const Check& check) {
    std::string text;
    for (const Judgement& judgement : check.judgements) text += case_of(check, judgement);
    return text + baseline_cases(check) + notes(check);
}

/// The answers, whatever the suite is about.
std::string answers(const Section& section) {
    std::string text =
        property("standing", name(section.headline.standing)) + property("headline", section.headline.sentence);
    for (const VariantLine& line : section.lines)
        text += property("standing of " + variant_name(line.variant), name(line.standing));
    return text;
}

std::string case_of(const Section& section, const VariantLine& line) {
    const std::string text = open_case(section.scenario, variant_name(line.variant));
    if (line.standing == Standing::invalid) return text + problem("error", "invalid", line.words, line.words);
    std::string words = fmt::format("{}: {}", name(line.standing), line.words);
    if (!line.effect.empty()) words += '\n' + line.effect;
    if (!line.cost.empty()) words += '\n' + line.cost;
    for (const std::string& caveat : line.caveats) words += '\n' + caveat;
    return text + ">\n      <system-out>" + xml_text(words) + "</system-out>\n    </testcase>\n";
}

Totals totals_of(const Section& section) {
    if (section.check) return totals_of(*section.check);
    const auto invalid = std::ranges::count(section.lines, Standing::invalid, &VariantLine::standing);
    return {section.lines.size(), 0, static_cast<std::size_t>(invalid)};
}

std::string suite_of(const Section& section) {
    const Totals totals = totals_of(section);
    if (section.check)
        return suite(section.scenario, totals, answers(section) + properties_of(*section.check),
                     cases_of(*section.check));
    std::string items = answers(section), content;
    if (!section.runs.empty()) items += about_run(*section.runs.front().record);
    for (const ReportedRun& run : section.runs) items += property("record", run.path);
    for (const VariantLine& line : section.lines) content += case_of(section, line);
    return suite(section.scenario, totals, items, content);
}

std::string document(const Totals& totals, const std::string& suites) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"portdrought\"" + attributes(totals) + ">\n" +
           suites + "</testsuites>\n";
}

}  // namespace

std::string xml_text(std::string_view text) {
    std::string result;
    const std::string plain = core::printable(text);
    for (std::string_view rest = plain; !rest.empty();) {
        const std::size_t length = text::character_length(rest);
        result += length == 0 ? "?" : escaped(rest.substr(0, length));
        rest.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return result;
}

std::string junit_xml(const std::vector<Check>& checks) {
    Totals all;
    std::string suites;
    for (const Check& check : checks) {
        all += totals_of(check);
        suites += suite(check.scenario, totals_of(check), properties_of(check), cases_of(check));
    }
    return document(all, suites);
}

std::string junit_xml(const Report& report) {
    Totals all;
    std::string suites;
    for (const Section& section : report.sections) {
        all += totals_of(section);
        suites += suite_of(section);
    }
    return document(all, suites);
}

}  // namespace portdrought::report
