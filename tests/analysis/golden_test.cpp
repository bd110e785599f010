// What people see, whole. Every record goes through its file format first, as it does in the program.
#include "golden.hpp"

#include <algorithm>

#include "analysis/compare/comparison.hpp"
#include "analysis/report/comparison_text.hpp"
#include "analysis/report/listing_text.hpp"
#include "analysis/report/run_text.hpp"
#include "analysis/report/section.hpp"
#include "analysis/report/spark.hpp"
#include "made_records.hpp"
#include "record/record_file.hpp"

namespace portdrought {
namespace {

using namespace std::chrono_literals;
using record::RunRecord;
using text::TextStyle;

RunRecord read_back(const RunRecord& record) { return record::from_json(record::to_json(record), "made"); }

std::string report_of(const RunRecord& record, const TextStyle& style = {}, const report::Pointers& pointers = {}) {
    const std::string text = report::render_text(report::summarise(read_back(record)), style, pointers);
    EXPECT_EQ(text, report::render_text(report::summarise(record), style, pointers)) << "the file lost something";
    return text;
}

std::size_t widest_line(const std::string& text) {
    std::size_t widest = 0, start = 0;
    for (std::size_t end = 0; (end = text.find('\n', start)) != std::string::npos; start = end + 1)
        widest = std::max(widest, text::display_width(text.substr(start, end - start)));
    return widest;
}

/// Variants by length; three repeats, the last of 240 s is not valid.
std::vector<RunRecord> delays() {
    std::vector<RunRecord> records;
    for (std::uint32_t repeat = 1; repeat <= 3; ++repeat)
        for (const auto length : {240s, 120s, 60s, 30s}) {
            scenario::Scenario scenario = made::article();
            scenario.name = "timed-wait-delay";
            scenario.title = "Does lowering TcpTimedWaitDelay help?";
            scenario.variant = std::to_string(length.count()) + " s";
            scenario.host.timed_wait_delay = length;
            scenario.load.rate = core::Rate{30.0 + 0.2 * repeat};
            records.push_back(made::play(scenario, repeat));
        }
    records[8].validity = {false, {"Something else kept the CPUs busy."}};
    return records;
}

TEST(Golden, ShowsARunThatExhaustsItsPorts) {
    const report::Pointers pointers{"runs/article-as-explained-1.json", "portdrought compare article"};
    made::expect_golden("run-exhausted.txt", report_of(made::exhausted(), {}, pointers));
    made::expect_golden("run-exhausted-120.txt", report_of(made::exhausted(), {.width = 120}, pointers));
}

TEST(Golden, ShowsARunWithoutFailure) { made::expect_golden("run-fine.txt", report_of(made::fine())); }

TEST(Golden, ShowsWhatLingerCosts) { made::expect_golden("run-linger.txt", report_of(made::with_linger())); }

TEST(Golden, ShowsWhatAPoolReuses) { made::expect_golden("run-pool.txt", report_of(made::with_pool())); }

TEST(Golden, ShowsWhatAdmissionRefuses) { made::expect_golden("run-admission.txt", report_of(made::held_back())); }

TEST(Golden, ShowsTimeWaitOnTheServersSide) {
    made::expect_golden("run-server-closes.txt", report_of(made::server_closes()));
}

TEST(Golden, SaysInvalidBeforeAnythingElse) { made::expect_golden("run-invalid.txt", report_of(made::invalid())); }

TEST(Golden, ShowsAnInterruptedRun) { made::expect_golden("run-interrupted.txt", report_of(made::interrupted())); }

TEST(Golden, ShowsAModelledRunWithWhatNobodyChecked) {
    made::expect_golden("run-model.txt", report_of(made::modelled()));
    made::expect_golden("run-nat.txt", report_of(made::behind_nat()));
}

/// As `compare` prints it.
std::string compared(const std::vector<RunRecord>& records, const text::TextStyle& style) {
    std::vector<report::ReportedRun> runs;
    for (const RunRecord& record : records) runs.push_back(report::reported(record, ""));
    return report::render_text(report::section_of(std::move(runs)), style);
}

TEST(Golden, ComparesModelledRunsWithWhatNobodyChecked) {
    std::vector<RunRecord> records;
    for (std::uint32_t repeat = 1; repeat <= 4; ++repeat)
        for (RunRecord record : {made::modelled(), made::behind_nat()}) {
            record.scenario.name = "elsewhere";
            record.repetition = repeat;
            records.push_back(read_back(record));
        }
    made::expect_golden("compare-model.txt", compared(records, {.width = 100}));
}

TEST(Golden, ShowsColoursAndAsciiAsAsked) {
    made::expect_golden("run-colour.txt", report_of(made::exhausted(), {.width = 80, .colour = true}));
    made::expect_golden("run-ascii.txt", report_of(made::exhausted(), {.width = 80, .ascii = true}));
}

TEST(Golden, ShowsTheListing) {
    const RunRecord record = read_back(made::relay());
    made::expect_golden("listing.txt", report::render_listing(record.listing.value(), record.scenario, {}));
}

TEST(Golden, ComparesAtEightyAndAtMoreColumns) {
    std::vector<RunRecord> records;
    for (const RunRecord& record : delays()) records.push_back(read_back(record));
    made::expect_golden("compare-80.txt", compared(records, {.width = 80}));
    made::expect_golden("compare-120.txt", compared(records, {.width = 120}));
    std::vector<const RunRecord*> runs;
    for (const RunRecord& record : records) runs.push_back(&record);
    EXPECT_EQ(report::traces_text(report::variant_traces(runs), 40), "") << "no room";
}

/// Nine repeats each of the article, SO_LINGER {1,0} and the server closing first; CPU and ports differ a little.
std::vector<RunRecord> nine_times() {
    std::vector<RunRecord> records;
    for (std::uint32_t repeat = 1; repeat <= 9; ++repeat)
        for (RunRecord record : {made::exhausted(), made::with_linger(), made::server_closes()}) {
            record.repetition = repeat;
            const std::uint64_t fewer = record.totals.time_to_first_failure_s ? 10 * repeat : 0;
            record.totals.outcomes[core::Outcome::ok] -= fewer;
            record.totals.outcomes[core::Outcome::no_port_connect] += fewer;
            record.totals.cost.cpu_us_per_connection = (record.scenario.load.linger ? 40 : 51) + 0.3 * (repeat * 5 % 9);
            record.totals.cost.ports_reused_early = 0;
            record.totals.cost.connect_stalls = 0;
            records.push_back(std::move(record));
        }
    return records;
}

TEST(Golden, ComparesNineRepeatsWithVerdicts) {
    std::vector<RunRecord> records;
    for (const RunRecord& record : nine_times()) records.push_back(read_back(record));
    made::expect_golden("compare-verdicts-80.txt", compared(records, {.width = 80}));
    made::expect_golden("compare-verdicts-132.txt", compared(records, {.width = 132}));
}

TEST(Golden, ComparesWhatLingerCosts) {
    made::expect_golden("compare-cost.txt",
                        compared({made::exhausted(), made::with_linger(), made::server_closes()}, {.width = 80}));
}

TEST(Golden, ComparesPoolAndAdmission) {
    made::expect_golden("compare-pool.txt",
                        compared({made::exhausted(), made::with_pool(), made::held_back()}, {.width = 80}));
}

TEST(Golden, StaysInsideTheWidth) {
    for (const std::size_t width : {60U, 80U, 100U, 132U}) {
        for (const RunRecord& record : {made::exhausted(), made::with_linger(), made::invalid(), made::relay(),
                                        made::with_pool(), made::held_back(), made::modelled(), made::behind_nat()})
            EXPECT_LE(widest_line(report_of(record, {.width = width})), width);
        EXPECT_LE(widest_line(compared(delays(), {.width = width})), width);
        EXPECT_LE(widest_line(compared(nine_times(), {.width = width})), width);
    }
}

}  // namespace
}  // namespace portdrought
