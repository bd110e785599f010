#include "made_report.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "analysis/expect/parser.hpp"
#include "analysis/report/sweep_text.hpp"
#include "analysis/report/variant_cells.hpp"
#include "made_records.hpp"
#include "record/record_file.hpp"
#include "record/sweep_file.hpp"

namespace portdrought::made {
namespace {

using record::RunRecord;
using report::Section;
using report::Standing;
using report::VariantLine;

std::vector<const RunRecord*> records_of(const Section& section) {
    std::vector<const RunRecord*> records;
    for (const report::ReportedRun& run : section.runs) records.push_back(run.record);
    return records;
}

VariantLine line_of(const Section& section, const compare::VariantResult& result) {
    VariantLine line;
    line.variant = report::variant_name(result.variant);
    line.standing = Standing::invalid;
    for (const report::ReportedRun& run : section.runs)
        if (run.record->scenario.variant == result.variant && run.record->validity.valid)
            line.standing = report::standing_of(*run.record);
    for (const compare::Judgement& judgement : result.judgements)
        if (judgement.criterion == &compare::criteria().front()) {
            line.decision = judgement.decision;
            line.effect = compare::words_of(judgement);
        }
    line.words = result.words;
    if (result.safety) line.cost = result.safety->words;
    line.caveats = {"compressed x60"};
    return line;
}

Section section_of(const std::vector<std::unique_ptr<RunRecord>>& records) {
    Section section;
    const scenario::Scenario& scenario = records.front()->scenario;
    section.scenario = scenario.name;
    section.title = scenario.title;
    section.question = scenario.question;
    section.sources = scenario.source;
    for (const auto& record : records)
        section.runs.push_back({record.get(),
                                "runs/" + scenario.name + '-' + std::to_string(section.runs.size() + 1) + ".json",
                                report::summarise(*record)});
    section.comparison = compare::compare(records_of(section));
    for (const compare::VariantResult& result : section.comparison.variants)
        section.lines.push_back(line_of(section, result));
    section.headline.standing = section.lines.front().standing;
    for (const VariantLine& line : section.lines)
        section.headline.standing = report::together(section.headline.standing, line.standing);
    section.headline.sentence = section.runs.front().summary.verdict.headline;
    return section;
}

Reported reported(std::vector<RunRecord> records, const std::string& command) {
    Reported made;
    for (RunRecord& record : records)
        made.records.push_back(
            std::make_unique<RunRecord>(record::from_json(record::to_json(std::move(record)), "made")));
    made.report.command = command;
    made.report.tool = "portdrought 0.1.0 (made)";
    made.report.sections.push_back(section_of(made.records));
    made.report.headline = made.report.sections.front().headline;
    return made;
}

expect::Expectation expectation(const std::string& that, const std::string& variant, std::uint32_t line) {
    expect::Parsed parsed = expect::parse(that);
    EXPECT_TRUE(parsed.expectation) << parsed.fault;
    parsed.expectation->variant = variant;
    parsed.expectation->at = {"scenarios/article.toml", line, 8};
    return *parsed.expectation;
}

}  // namespace

Reported compared(std::vector<RunRecord> records) {
    const std::string command = "portdrought compare " + records.front().scenario.name;
    return reported(std::move(records), command);
}

Reported four_times() {
    std::vector<RunRecord> records;
    for (std::uint32_t repeat = 1; repeat <= 4; ++repeat)
        for (RunRecord record : {exhausted(), with_linger(), server_closes()}) {
            record.repetition = repeat;
            records.push_back(std::move(record));
        }
    records[9].validity = {false, {"Something else kept the CPUs busy."}};
    return compared(std::move(records));
}

Reported checked() {
    std::vector<RunRecord> records{exhausted(), fine(), invalid()};
    records[2].scenario.variant = "too fast";
    Reported made = reported(std::move(records), "portdrought check scenarios/article.toml");
    Section& section = made.report.sections.front();
    report::Check check{section.scenario, "scenarios/article.toml", {}, {}, {}, {}};
    for (const report::ReportedRun& run : section.runs) check.runs.push_back({run.record, run.path});
    check.judgements =
        expect::judge({expectation("outcomes.no_port_connect == 0", "", 20),
                       expectation("time_to_exhaustion >= 200s", "as explained", 22),
                       expectation("ok_share of '30 s' >= 1.5 * ok_share of 'as explained'", "", 24)},
                      {"as explained", "30 s", "too fast"}, check.runs);
    check.left_out = {"not judged: outcomes.ok of 'x' > 5 needs the variant \"x\", which --variant leaves out"};
    section.check = std::move(check);
    section.headline = {Standing::bad, "2 of 5 expectations do not hold."};
    made.report.headline = section.headline;
    return made;
}

Reported swept() {
    record::SweepResult result;
    result.header.engine = "model";
    result.header.scenario = {{"name", "article"}, {"variant", "as explained"}};
    result.header.axes = {{"load.rate", {"10/s", "20/s", "40/s"}}, {"host.timed_wait_delay", {"60s", "120s", "240s"}}};
    std::uint64_t point = 0;
    for (const double rate : {10.0, 20.0, 40.0})
        for (const int delay : {60, 120, 240}) {
            scenario::Scenario scenario = article();
            scenario.load.rate = core::Rate{rate};
            scenario.host.timed_wait_delay = std::chrono::seconds{delay};
            result.rows[point] = record::sweep_row(point, {}, play(scenario));
            ++point;
        }
    Reported made;
    made.report.sections.resize(1);
    made.report.sections.front().scenario = "article";
    made.report.sections.front().sweep = report::table_of(result);
    return made;
}

const char* const hostile_text =
    "=1+1|`</code></details><script>alert(1)</script>\n# @everyone [x](javascript:1) ![i](http://e.example/p) "
    "www.e.example #12 GH-3 $x$ \"q\"\x1b[31m\xff&amp;";

Reported hostile() {
    Reported made = checked();
    report::Report& report = made.report;
    report.command = std::string{"portdrought run ```` "} + hostile_text;
    report.tool = report.headline.sentence = hostile_text;
    Section& section = report.sections.front();
    section.scenario = section.title = section.question = section.headline.sentence = hostile_text;
    section.sources = {hostile_text};
    section.check->scenario = hostile_text;
    section.check->judgements.front().that = section.check->judgements.front().reason = hostile_text;
    for (VariantLine& line : section.lines)
        line.effect = line.words = line.cost = hostile_text, line.caveats = {hostile_text};
    section.lines.front().variant = hostile_text;
    for (auto& record : made.records) {
        record->scenario.name = record->scenario.variant = record->tool_version = hostile_text;
        record->validity.notes = {hostile_text};
    }
    for (report::ReportedRun& run : section.runs) run.path = hostile_text, run.summary.notes = {hostile_text};
    return made;
}

}  // namespace portdrought::made
