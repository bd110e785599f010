#include "made_report.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "analysis/expect/parser.hpp"
#include "analysis/report/section.hpp"
#include "made_records.hpp"
#include "record/record_file.hpp"
#include "record/sweep_file.hpp"

namespace portdrought::made {
namespace {

using record::RunRecord;
using report::Section;

std::vector<report::ReportedRun> runs_of(const Reported& made) {
    std::vector<report::ReportedRun> runs;
    for (const auto& record : made.records)
        runs.push_back(report::reported(
            *record, "runs/" + record->scenario.name + '-' + std::to_string(runs.size() + 1) + ".json"));
    return runs;
}

Reported finished(Reported made, Section section, const std::string& command) {
    for (report::VariantLine& line : section.lines) line.caveats = {"compressed x60"};
    made.report.command = command;
    made.report.tool = "portdrought 0.1.0 (made)";
    made.report.sections.push_back(std::move(section));
    made.report.headline = report::headline_over(made.report.sections);
    return made;
}

/// As read back from their files.
Reported kept(const std::vector<RunRecord>& records) {
    Reported made;
    for (const RunRecord& record : records)
        made.records.push_back(std::make_unique<RunRecord>(record::from_json(record::to_json(record), "made")));
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

Reported compared(const std::vector<RunRecord>& records) {
    Reported made = kept(records);
    Section section = report::section_of(runs_of(made));
    return finished(std::move(made), std::move(section), "portdrought compare " + records.front().scenario.name);
}

Reported four_times() {
    std::vector<RunRecord> records;
    for (std::uint32_t repeat = 1; repeat <= 4; ++repeat)
        for (RunRecord record : {exhausted(), with_linger(), server_closes()}) {
            record.repetition = repeat;
            records.push_back(std::move(record));
        }
    records[9].validity = {false, {"Something else kept the CPUs busy."}};
    return compared(records);
}

Reported checked() {
    std::vector<RunRecord> records{exhausted(), fine(), invalid()};
    records[2].scenario.variant = "too fast";
    Reported made = kept(records);
    report::Check check{"article", "scenarios/article.toml", {}, {}, {}, {}};
    for (const report::ReportedRun& run : runs_of(made)) check.runs.push_back({run.record, run.path});
    check.judgements = expect::judge({expectation("outcomes.no_port_connect == 0", "", 20),
                                      expectation("time_to_exhaustion >= 200s", "as explained", 22),
                                      expectation("ok_share of '30 s' >= 1.5 * ok_share of 'as explained'", "", 24)},
                                     {"as explained", "30 s", "too fast"}, check.runs);
    check.left_out = {"not judged: outcomes.ok of 'x' > 5 needs the variant \"x\", which --variant leaves out"};
    Section section = report::section_of(std::move(check));
    return finished(std::move(made), std::move(section), "portdrought check scenarios/article.toml");
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
    return finished({}, report::section_of(report::table_of(result)), "portdrought sweep article");
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
    for (report::VariantLine& line : section.lines)
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
