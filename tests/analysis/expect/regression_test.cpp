#include "analysis/expect/regression.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace portdrought::expect {
namespace {

using record::RunRecord;
using testing::ElementsAre;
using testing::IsEmpty;

struct Figures {
    int connect_us;
    std::uint64_t no_port = 0;
};

RunRecord run(const Figures& figures) {
    RunRecord record;
    record.totals.attempts = 1000;
    record.totals.outcomes[core::Outcome::ok] = 1000 - figures.no_port;
    record.totals.outcomes[core::Outcome::no_port_connect] = figures.no_port;
    if (figures.no_port > 0) record.totals.time_to_first_failure_s = 2;
    record.connect.add(std::chrono::microseconds{figures.connect_us});
    return record;
}

std::vector<Run> named(const std::vector<RunRecord>& records) {
    std::vector<Run> runs;
    for (const RunRecord& record : records) runs.push_back({&record, "r.json"});
    return runs;
}

Regressions compared(const std::vector<Figures>& before, const std::vector<Figures>& now) {
    std::vector<RunRecord> earlier, later;
    for (const Figures& figures : before) earlier.push_back(run(figures));
    for (const Figures& figures : now) later.push_back(run(figures));
    return regressions({""}, named(earlier), named(later));
}

std::vector<std::string> worse(const std::vector<Figures>& before, const std::vector<Figures>& now) {
    std::vector<std::string> metrics;
    for (const Regression& regression : compared(before, now).found) metrics.push_back(regression.metric);
    return metrics;
}

constexpr const char* latencies[]{"connect_us.p50", "connect_us.p90", "connect_us.p99", "connect_us.p999",
                                  "connect_us.max"};

TEST(Regression, FindsWhatIsWorseBeyondToleranceAndChance) {
    EXPECT_THAT(worse({{20}, {21}, {22}, {23}}, {{40}, {41}, {42}, {43}}), testing::ElementsAreArray(latencies));
    const Regressions result = compared({{20}, {21}, {22}}, {{40}, {41}, {42}});
    EXPECT_EQ(result.found.front().before, 21);
    EXPECT_EQ(result.found.front().now, 41);
    EXPECT_GT(result.compared, 20U);
}

TEST(Regression, AcceptsWhatIsBetterOrTheSame) {
    EXPECT_THAT(worse({{20}, {21}, {22}}, {{20}, {21}, {22}}), IsEmpty());
    EXPECT_THAT(worse({{40, 5}, {41, 5}, {42, 5}}, {{20}, {21}, {22}}), IsEmpty());
}

TEST(Regression, AcceptsALittleWorse) {
    EXPECT_THAT(worse({{100}, {101}, {102}}, {{110}, {111}, {112}}), IsEmpty()) << "below 25 %";
    EXPECT_THAT(worse({{20}, {20}, {20}}, {{20, 1}, {20, 1}, {20, 1}}),
                ElementsAre("outcomes.no_port_connect", "time_to_first_failure_s"))
        << "any failure is more than none";
}

TEST(Regression, AcceptsWhatChanceExplains) {
    EXPECT_THAT(worse({{20}, {21}, {90}}, {{40}, {80}, {85}}), IsEmpty()) << "one earlier run was as slow";
}

TEST(Regression, ComparesWithTheRangeOfTheNewRunsWhereThereIsOneEarlier) {
    EXPECT_THAT(worse({{20}}, {{40}, {41}, {42}}), testing::ElementsAreArray(latencies));
    EXPECT_THAT(worse({{20}}, {{19}, {41}, {42}}), IsEmpty());
}

TEST(Regression, TakesAFailureAsWorseThanNone) {
    const Regressions result = compared({{20}}, {{20, 900}, {20, 900}, {20, 900}});
    ASSERT_FALSE(result.found.empty());
    const auto first = std::ranges::find(result.found, "time_to_first_failure_s", &Regression::metric);
    ASSERT_NE(first, result.found.end());
    EXPECT_TRUE(std::isinf(first->before));
    EXPECT_EQ(first->now, 2);
}

TEST(Regression, SaysWhyNothingIsCompared) {
    EXPECT_THAT(compared({{20}}, {{90}, {90}}).notes,
                ElementsAre("not compared: 2 new runs cannot be told from chance; add --repeat 3."));
    EXPECT_EQ(compared({{20}}, {{90}, {90}}).compared, 0U);
    EXPECT_THAT(compared({}, {{90}, {90}, {90}}).notes, ElementsAre("no earlier run to compare with."));
}

TEST(Regression, LeavesOutWhatWasNotMeasured) {
    std::vector<RunRecord> before{run({20}), run({90})}, now{run({40}), run({41}), run({42})};
    before[1].validity = {false, {"Too slow."}};
    const Regressions result = regressions({""}, named(before), named(now));
    EXPECT_EQ(result.found.size(), 5U);
    EXPECT_THAT(result.notes, ElementsAre("1 run left out of the comparison, not valid or interrupted."));
}

}  // namespace
}  // namespace portdrought::expect
