#include "made_report.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "analysis/expect/parser.hpp"
#include "analysis/knees/search.hpp"
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

/// What a host with such knees shows.
knees::Observation run_at(double rate, const knees::Forecast& host) {
    knees::Observation run;
    run.rate_per_s = rate;
    for (int i = 0; i < 100; ++i)
        run.connect.add(std::chrono::microseconds{rate >= *host.cliff.per_s && i < 40 ? 110 : 28});
    run.without_port = rate > *host.first_failure.per_s ? 50 : 0;
    if (run.without_port > 0) run.sustained_per_s = *host.ceiling.per_s + rate / 1000;
    return run;
}

report::KneeReport search_of(const scenario::Scenario& scenario, const knees::Forecast& host) {
    report::KneeReport report;
    report.scenario = scenario;
    report.forecast = knees::forecast(scenario);
    report.plan.from_per_s = 0.7 * *host.cliff.per_s;
    report.plan.to_per_s = 1.25 * *host.first_failure.per_s;
    knees::Search search(report.plan);
    while (const auto rate = search.next()) search.tell(run_at(*rate, host));
    report.knees = search.knees();
    report.observations = search.observations();
    report.elapsed_s = 42;
    report.budget_s = 120;
    return report;
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
            RunRecord record = play(scenario);
            if (point == 2) record.validity = {false, {"The generator fell behind."}};
            result.rows[point] = record::sweep_row(point, {}, record);
            ++point;
        }
    return finished({}, report::section_of(report::table_of(result)), "portdrought sweep article");
}

Reported searched() {
    scenario::Scenario scenario;
    scenario.name = "knees";
    scenario.variant = "one minute";
    scenario.load.rate = core::Rate{20};
    scenario.load.duration = std::chrono::seconds{150};
    scenario.host.ports = {20000, 20999};
    scenario.host.timed_wait_delay = std::chrono::seconds{60};
    scenario.lab.time_scale = 50;
    scenario::Scenario longer = scenario;
    longer.variant = "longer";
    longer.host.timed_wait_delay = std::chrono::seconds{80};
    const knees::Forecast host = knees::forecast(scenario);
    Reported made = kept({play(scenario), play(longer)});
    Section section = report::section_of({search_of(scenario, host), search_of(longer, host)}, runs_of(made));
    return finished(std::move(made), std::move(section), "portdrought knee knees");
}

Reported validated() {
    Reported made = kept({fine(), exhausted(), invalid(), relay()});
    RunRecord off = exhausted();
    off.totals.time_wait_peak = *off.totals.time_wait_peak - 1;
    off.totals.cost.transfers_cut.reset();
    std::vector<report::Validated> all;
    const auto add = [&](agreement::Agreement found) {
        const RunRecord& record = *made.records[all.size()];
        const std::string path = "runs/" + std::to_string(all.size() + 1) + ".json";
        all.push_back({&record, path, std::move(found), {}});
    };
    add(agreement::compare(*made.records[0], {*made.records[0]}));
    add(agreement::compare(*made.records[1], {off}));
    add(*agreement::unusable(*made.records[2]));
    add(agreement::not_modelled("The model has no relay."));
    Section section = report::section_of(std::move(all));
    return finished(std::move(made), std::move(section), "portdrought validate article");
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

Reported hostile_findings() {
    Reported made = validated(), points = swept();
    made.report.sections.push_back(std::move(points.report.sections.front()));
    for (Section& section : made.report.sections)
        section.scenario = section.title = section.question = section.headline.sentence = hostile_text;
    for (auto& record : made.records) record->scenario.name = record->scenario.variant = hostile_text;
    for (report::Validated& each : made.report.sections[0].validated) {
        each.path = hostile_text;
        if (!each.agreement.reason.empty()) each.agreement.reason = hostile_text;
        for (agreement::Uncompared& item : each.agreement.not_compared) item.reason = hostile_text;
    }
    report::SweepTable& sweep = *made.report.sections[1].sweep;
    sweep.header.engine = sweep.header.tool_version = hostile_text;
    for (record::SweepAxis& axis : sweep.header.axes) {
        axis.key = hostile_text;
        for (std::string& value : axis.values) value = hostile_text;
    }
    sweep.rows[2].notes = {hostile_text};
    return made;
}

}  // namespace portdrought::made
