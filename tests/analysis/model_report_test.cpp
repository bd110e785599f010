// What is said of a modelled run: nothing about a machine that was not there, and all that nobody has checked.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "analysis/diagnose/diagnosis.hpp"
#include "analysis/findings/trust.hpp"
#include "analysis/report/check.hpp"
#include "analysis/report/check_text.hpp"
#include "analysis/report/diagnosis_text.hpp"
#include "analysis/report/junit_xml.hpp"
#include "analysis/report/report_json.hpp"
#include "analysis/report/run_text.hpp"
#include "analysis/report/section.hpp"
#include "made_records.hpp"
#include "record/json/json_tree.hpp"

namespace portdrought {
namespace {

using record::RunRecord;
using testing::HasSubstr;
using testing::Not;

std::string report_of(const RunRecord& record) {
    return report::render_text(report::summarise(record), {.width = 100});
}

std::string diagnosis_of(const RunRecord& record) {
    return report::render_text(report::DiagnosedRun{&record, "runs/a.json", diagnose::diagnose(record)},
                               {.width = 100});
}

TEST(ModelReport, NamesNoKernelNorMachine) {
    for (const RunRecord& record : {made::modelled(), made::behind_nat()}) {
        for (const std::string& text : {report_of(record), diagnosis_of(record)}) {
            EXPECT_THAT(text, HasSubstr("model engine"));
            EXPECT_THAT(text, Not(HasSubstr("this kernel")));
            EXPECT_THAT(text, Not(HasSubstr("on Linux")));
            EXPECT_THAT(text, Not(HasSubstr("real time")));
            EXPECT_THAT(text, Not(HasSubstr("enforced")));
            EXPECT_THAT(text, Not(HasSubstr("0 allowed")));
        }
        EXPECT_THAT(report_of(record), Not(HasSubstr("kernel")));
    }
}

TEST(ModelReport, MarksWhatNobodyChecked) {
    const RunRecord record = made::modelled();
    ASSERT_FALSE(record.model->unverified.empty());
    for (const std::string& text : {report_of(record), diagnosis_of(record)})
        EXPECT_THAT(text, HasSubstr("host.timed_wait_delay = 120s (windows-10)"));
    EXPECT_THAT(report_of(made::exhausted()), Not(HasSubstr("unverified")));
    EXPECT_THAT(diagnosis_of(made::exhausted()), Not(HasSubstr("could check")));
}

TEST(ModelReport, SaysWhereNothingIsLeftToCheck) {
    RunRecord record = made::modelled();
    record.model->unverified.clear();
    EXPECT_THAT(report_of(record), HasSubstr("unverified   no value of a profile"));
    EXPECT_EQ(findings::unverified_note(findings::unverified(record)), "");
}

TEST(ModelReport, TellsADroppedSynFromALackOfPorts) {
    const std::string text = report_of(made::behind_nat());
    EXPECT_THAT(text, HasSubstr("none for want of a port of the host's"));
    EXPECT_THAT(text, HasSubstr("The NAT (gcp-cloud-nat) dropped 31,140 SYNs"));
    EXPECT_THAT(text, Not(HasSubstr("slow peer")));
}

TEST(ModelReport, FindsExhaustionHiddenByReuseWithoutAClock) {
    RunRecord record = made::modelled();
    record.totals.outcomes[core::Outcome::ok] = record.totals.attempts;
    record.totals.outcomes[core::Outcome::no_port_connect] = 0;
    record.totals.connected = record.totals.attempts;
    record.totals.achieved_rate_per_s = 200;
    record.counters["TcpExt.TWRecycled"] = 50'000;
    record.scenario.host.tw_reuse = scenario::TwReuse::on;
    EXPECT_EQ(diagnose::diagnose(record).cause, diagnose::Cause::hidden_by_reuse);
}

TEST(ModelReport, PutsItIntoJson) {
    const RunRecord model = made::modelled(), kernel = made::exhausted();
    report::Report report;
    report.sections = report::sections_of({report::reported(model, "a"), report::reported(kernel, "b")});
    const auto tree = record::parse_json(report::report_json(report), "result");
    const auto runs = record::JsonPlace{tree, "result"}.at("records").items();
    EXPECT_EQ(runs.at(0).at("engine").text(), "model");
    ASSERT_EQ(runs.at(0).at("unverified").items().size(), model.model->unverified.size());
    EXPECT_EQ(runs.at(0).at("unverified").items().at(0).text(), model.model->unverified.at(0));
    EXPECT_FALSE(runs.at(1).has("unverified"));
    const auto diagnoses = record::parse_json(
        report::diagnosis_json({{&model, "a", diagnose::diagnose(model)}, {&kernel, "b", diagnose::diagnose(kernel)}}),
        "result");
    const auto found = record::JsonPlace{diagnoses, "result"}.at("diagnoses").items();
    EXPECT_EQ(found.at(0).at("unverified").items().size(), model.model->unverified.size());
    EXPECT_FALSE(found.at(1).has("unverified"));
}

TEST(ModelReport, PutsItIntoCheckAndJunit) {
    const RunRecord model = made::modelled();
    report::Check check;
    check.scenario = "windows-10-ceiling";
    check.runs = {{&model, "runs/a.json"}};
    EXPECT_THAT(report::render_text(check, {.width = 100}), HasSubstr("host.timed_wait_delay = 120s (windows-10)"));
    const std::string xml = report::junit_xml({check});
    EXPECT_THAT(xml, HasSubstr("name=\"unverified\" value=\"host.timed_wait_delay = 120s (windows-10): documentation"));
    EXPECT_THAT(xml, Not(HasSubstr("\"kernel\"")));
}

}  // namespace
}  // namespace portdrought
