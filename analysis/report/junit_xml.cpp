#include "analysis/report/junit_xml.hpp"

#include <fmt/format.h>

#include <set>

#include "analysis/findings/trust.hpp"
#include "analysis/report/junit_findings.hpp"
#include "analysis/report/section.hpp"
#include "analysis/report/variant_cells.hpp"

namespace portdrought::report {
namespace {

using expect::Judgement;
using expect::Verdict;

/// Of the first of them; compression may be another for each.
void about_runs(JUnitSuite& suite, const std::vector<const record::RunRecord*>& runs) {
    if (runs.empty()) return;
    const record::RunRecord& record = *runs.front();
    std::set<double> scales;
    for (const record::RunRecord* run : runs) scales.insert(run->scenario.lab.time_scale);
    suite.property("tool_version", record.tool_version);
    suite.property("engine", record.engine);
    if (!record.host.kernel.empty()) suite.property("kernel", record.host.kernel);
    for (const double scale : scales) suite.property("time_scale", fmt::format("{}", scale));
    suite.property("seed", fmt::format("{}", record.scenario.lab.seed));
    for (const std::string& sentence : findings::unverified(record)) suite.property("unverified", sentence);
}

void about_check(JUnitSuite& suite, const Check& check) {
    if (check.file) suite.property("file", *check.file);
    std::vector<const record::RunRecord*> records;
    for (const expect::Run& run : check.runs) records.push_back(run.record);
    about_runs(suite, records);
    for (const expect::Run& run : check.runs) suite.property("record", run.name);
}

/// "scenarios/article.toml:20:8": the schema has no attribute for it.
std::string place_of(const Check& check, const Judgement& judgement) {
    return check.file ? fmt::format("\n{}:{}:{}", *check.file, judgement.at.line, judgement.at.column) : "";
}

void add_case(JUnitSuite& suite, const Check& check, const Judgement& judgement) {
    const std::string name = title(judgement), measured = measured_words(judgement), place = place_of(check, judgement);
    switch (judgement.verdict) {
        case Verdict::pass: return suite.passed(check.scenario, name);
        case Verdict::invalid: return suite.invalid(check.scenario, name, measured, measured + place);
        case Verdict::fail: break;
    }
    suite.failed(check.scenario, name, "expectation", measured,
                 verdict_words(check, judgement) + "\nrecord " + record_of(check, judgement) + place);
}

void add_baseline(JUnitSuite& suite, const Check& check) {
    if (!check.regressions || check.regressions->compared == 0) return;
    if (check.regressions->found.empty()) suite.passed(check.scenario, "baseline");
    for (const expect::Regression& regression : check.regressions->found) {
        const std::string whose = regression.variant.empty() ? "" : regression.variant + ": ";
        suite.failed(check.scenario, whose + "baseline " + regression.metric, "regression", words(regression),
                     words(regression));
    }
}

/// What was not judged, and why.
std::string notes(const Check& check) {
    std::string all;
    for (const std::string& problem : unmentioned_problems(check)) all += problem + '\n';
    for (const std::string& note : check.left_out) all += note + '\n';
    if (check.regressions)
        for (const std::string& note : check.regressions->notes) all += note + '\n';
    return all;
}

void add_check(JUnitSuite& suite, const Check& check) {
    about_check(suite, check);
    for (const Judgement& judgement : check.judgements) add_case(suite, check, judgement);
    add_baseline(suite, check);
    if (const std::string all = notes(check); !all.empty()) suite.output(all);
}

void add_answers(JUnitSuite& suite, const Section& section) {
    suite.property("standing", name(section.headline.standing));
    suite.property("headline", section.headline.sentence);
    for (const VariantLine& line : section.lines)
        suite.property("standing of " + variant_name(line.variant), name(line.standing));
}

void add_case(JUnitSuite& suite, const Section& section, const VariantLine& line) {
    const std::string variant = variant_name(line.variant);
    if (line.standing == Standing::invalid) return suite.invalid(section.scenario, variant, line.words, line.words);
    std::string words = fmt::format("{}: {}", name(line.standing), line.words);
    if (!line.effect.empty()) words += '\n' + line.effect;
    if (!line.cost.empty()) words += '\n' + line.cost;
    for (const std::string& caveat : line.caveats) words += '\n' + caveat;
    suite.passed(section.scenario, variant, words);
}

/// Of what a command found out, or else of what its runs did.
void add_cases(JUnitSuite& suite, const Section& section) {
    about_runs(suite, records_of(section.runs));
    for (const ReportedRun& run : section.runs) suite.property("record", run.path);
    add_knees(suite, section.knees);
    add_agreements(suite, section.validated);
    if (section.sweep) add_sweep(suite, section);
    if (section.validated.empty())
        for (const VariantLine& line : section.lines) add_case(suite, section, line);
}

JUnitSuite suite_of(const Check& check) {
    JUnitSuite suite(check.scenario);
    add_check(suite, check);
    return suite;
}

JUnitSuite suite_of(const Section& section) {
    JUnitSuite suite(section.scenario);
    add_answers(suite, section);
    if (section.check)
        add_check(suite, *section.check);
    else
        add_cases(suite, section);
    return suite;
}

template <class All>
std::string document(const All& all) {
    JUnitSuite::Totals totals;
    std::string suites;
    for (const auto& each : all) {
        const JUnitSuite suite = suite_of(each);
        totals.tests += suite.totals().tests;
        totals.failures += suite.totals().failures;
        totals.errors += suite.totals().errors;
        suites += suite.text();
    }
    return junit_document(totals, suites);
}

}  // namespace

std::string junit_xml(const std::vector<Check>& checks) { return document(checks); }

std::string junit_xml(const Report& report) { return document(report.sections); }

}  // namespace portdrought::report
