#include "analysis/expect/judge.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "analysis/expect/parser.hpp"

namespace portdrought::expect {
namespace {

using namespace std::chrono_literals;
using record::RunRecord;
using testing::HasSubstr;
using testing::Optional;

/// 100 attempts over 10 s, `ok` of them ok, the others without a port from 4 s on; each connect took `connect`.
RunRecord run(const std::string& variant, std::uint64_t ok, core::Duration connect = 24us) {
    RunRecord record;
    record.scenario.name = "made";
    record.scenario.variant = variant;
    record.scenario.load.duration = 10s;
    record.totals.attempts = 100;
    record.totals.outcomes[core::Outcome::ok] = ok;
    record.totals.outcomes[core::Outcome::no_port_connect] = 100 - ok;
    record.totals.connected = ok;
    if (ok < 100) record.totals.time_to_first_failure_s = 4;
    record.totals.ports_capacity = 90;
    record.totals.time_wait_peak_client = ok;
    record.totals.cost.bytes_lost = 2048;
    record.connect.add(connect);
    return record;
}

class Records {
public:
    explicit Records(std::vector<RunRecord> records) : records_(std::move(records)) {
        for (std::size_t i = 0; i < records_.size(); ++i)
            runs_.push_back({&records_[i], "run-" + std::to_string(i + 1) + ".json"});
    }

    Judgement judge(const std::string& that, const std::string& variant = "") const {
        Parsed parsed = parse(that);
        EXPECT_TRUE(parsed.expectation) << parsed.fault;
        parsed.expectation->variant = variant;
        const auto judgements = expect::judge({*parsed.expectation}, variants_, runs_);
        EXPECT_EQ(judgements.size(), 1U) << that;
        return judgements.front();
    }
    Verdict verdict(const std::string& that) const { return judge(that).verdict; }
    const std::vector<Run>& runs() const { return runs_; }

    std::vector<std::string> variants_{""};

private:
    std::vector<RunRecord> records_;
    std::vector<Run> runs_;
};

struct Case {
    const char *holds, *fails;
};

TEST(Judge, PassesAndFailsEveryKindOfExpectation) {
    const Records one({run("", 60)});
    const Case cases[]{
        {"outcomes.ok == 60", "outcomes.ok == 61"},
        {"outcomes.ok != 61", "outcomes.ok != 60"},
        {"outcomes.ok < 61", "outcomes.ok < 60"},
        {"outcomes.ok <= 60", "outcomes.ok <= 59"},
        {"outcomes.ok > 59", "outcomes.ok > 60"},
        {"outcomes.ok >= 60", "outcomes.ok >= 61"},
        {"outcomes.ok == 63 +- 3", "outcomes.ok == 63 +- 2"},
        {"outcomes.ok == 63 +- 5 %", "outcomes.ok == 63 +- 4 %"},
        {"outcomes.ok != 63 +- 2", "outcomes.ok != 63 +- 3"},
        {"ok_share >= 60 %", "ok_share >= 60.1 %"},
        {"ok_share == 0.6", "ok_share == 0.61"},
        {"connect_us.p99 <= 0.024 ms", "connect_us.p99 < 24 us"},
        {"time_to_exhaustion >= 4s", "time_to_exhaustion > 4000 ms"},
        {"cost.bytes_lost == 2 KB", "cost.bytes_lost < 2 KB"},
        {"errors.bind/EADDRINUSE == 0", "errors.bind/EADDRINUSE > 0"},
        {"time_wait.peak_client <= ports.capacity", "time_wait.peak_client >= ports.capacity"},
        {"time_wait.peak_client <= 0.67 * ports.capacity", "time_wait.peak_client <= 0.66 * ports.capacity"},
        {"time_wait.peak_client == ports.capacity - 30", "time_wait.peak_client == ports.capacity - 29"},
        {"outcomes.ok > outcomes.no_port_connect + 19", "outcomes.ok > outcomes.no_port_connect + 20"},
    };
    for (const auto& [holds, fails] : cases) {
        EXPECT_EQ(one.verdict(holds), Verdict::pass) << holds;
        EXPECT_EQ(one.verdict(fails), Verdict::fail) << fails;
    }
}

TEST(Judge, GivesMeasuredLimitAndMargin) {
    const Records one({run("", 60)});
    const Judgement failed = one.judge("outcomes.no_port_connect == 0");
    EXPECT_THAT(failed.measured, Optional(40));
    EXPECT_THAT(failed.limit, Optional(0));
    EXPECT_THAT(failed.margin, Optional(-40));
    EXPECT_THAT(failed.run, Optional(0U));
    EXPECT_THAT(one.judge("outcomes.ok >= 50").margin, Optional(10));
    EXPECT_THAT(one.judge("outcomes.ok <= 50").margin, Optional(-10));
    EXPECT_THAT(one.judge("outcomes.ok == 62 +- 5").margin, Optional(3));
    const Judgement scaled = one.judge("outcomes.ok <= 0.5 * ports.capacity");
    EXPECT_THAT(scaled.limit, Optional(45));
    EXPECT_FALSE(scaled.limit_is_written);
}

TEST(Judge, WantsEveryRepeatToHoldUnlessToldOtherwise) {
    const Records three({run("", 60), run("", 50), run("", 70)});
    const Judgement worst = three.judge("outcomes.ok >= 55");
    EXPECT_EQ(worst.verdict, Verdict::fail);
    EXPECT_THAT(worst.measured, Optional(50));
    EXPECT_THAT(worst.run, Optional(1U));
    EXPECT_EQ(worst.runs, 3U);
    EXPECT_EQ(three.verdict("outcomes.ok >= 50"), Verdict::pass);
    EXPECT_THAT(three.judge("median(outcomes.ok) >= 55").measured, Optional(60));
    EXPECT_THAT(three.judge("min(outcomes.ok) >= 55").measured, Optional(50));
    EXPECT_THAT(three.judge("max(outcomes.ok) >= 55").measured, Optional(70));
    EXPECT_THAT(three.judge("mean(outcomes.ok) >= 55").measured, Optional(60));
    EXPECT_EQ(three.verdict("median(outcomes.ok) >= 61"), Verdict::fail);
    EXPECT_THAT(Records({run("", 60), run("", 50)}).judge("median(outcomes.ok) > 1").measured, Optional(55));
}

TEST(Judge, HoldsEachRunAgainstItsOwnFigures) {
    std::vector<RunRecord> records{run("", 60), run("", 80)};
    records[0].totals.ports_capacity = 60;
    records[1].totals.ports_capacity = 80;
    const Records pairs(records);
    EXPECT_EQ(pairs.verdict("outcomes.ok == ports.capacity"), Verdict::pass);
    EXPECT_EQ(pairs.verdict("median(outcomes.ok) == max(ports.capacity)"), Verdict::fail);
}

TEST(Judge, ComparesVariantsByTheirMedians) {
    Records records({run("on", 90, 20us), run("off", 60, 100us), run("on", 80, 40us), run("off", 60, 110us),
                     run("on", 10, 900us), run("off", 99, 90us)});
    records.variants_ = {"on", "off"};
    const Judgement factor = records.judge("connect_us.max of 'on' <= 0.5 * connect_us.max of 'off'");
    EXPECT_EQ(factor.verdict, Verdict::pass);
    EXPECT_THAT(factor.measured, Optional(40));
    EXPECT_THAT(factor.limit, Optional(50));
    EXPECT_EQ(factor.variant, "on");
    EXPECT_EQ(records.verdict("connect_us.max of 'on' <= 0.3 * connect_us.max of 'off'"), Verdict::fail);
    EXPECT_EQ(records.verdict("connect_us.max of 'on' <= 0.3 * connect_us.max of 'off' + 10 us"), Verdict::pass);
    EXPECT_EQ(records.verdict("max(connect_us.max) of 'on' <= connect_us.max of 'off'"), Verdict::fail);
    EXPECT_EQ(records.verdict("every(outcomes.ok) of 'on' >= min(outcomes.ok) of 'off'"), Verdict::fail);
    EXPECT_EQ(records.verdict("outcomes.ok of 'on' >= min(outcomes.ok) of 'off'"), Verdict::pass);
}

TEST(Judge, JudgesEveryVariantUnlessOneIsNamed) {
    Records records({run("on", 100), run("off", 60)});
    records.variants_ = {"on", "off"};
    const Expectation expectation = *parse("outcomes.no_port_connect == 0").expectation;
    const auto judgements = judge({expectation}, records.variants_, records.runs());
    ASSERT_EQ(judgements.size(), 2U);
    EXPECT_EQ(judgements[0].variant, "on");
    EXPECT_EQ(judgements[0].verdict, Verdict::pass);
    EXPECT_EQ(judgements[1].verdict, Verdict::fail);
    EXPECT_THAT(judgements[1].run, Optional(1U));
    EXPECT_EQ(records.judge("outcomes.no_port_connect == 0", "on").verdict, Verdict::pass);
}

TEST(Judge, LeavesOutWhatNeedsAVariantThatIsNotRun) {
    const Expectation both = *parse("outcomes.ok of 'on' > outcomes.ok of 'off'").expectation;
    EXPECT_THAT(needs_other(both, {"on"}), Optional(std::string{"off"}));
    EXPECT_THAT(needs_other(both, {"off"}), Optional(std::string{"on"}));
    EXPECT_EQ(needs_other(both, {"on", "off"}), std::nullopt);
    Expectation one = *parse("outcomes.ok > 1").expectation;
    one.variant = "off";
    EXPECT_THAT(needs_other(one, {"on"}), Optional(std::string{"off"}));
    EXPECT_TRUE(judge({both, one}, {"on"}, {}).empty());
}

TEST(Judge, NeverPassesOrFailsWhatWasNotMeasured) {
    RunRecord invalid = run("", 100);
    invalid.validity = {false, {"The generator fell behind."}};
    const Records records({run("", 100), invalid});
    for (const char* that :
         {"outcomes.no_port_connect == 0", "outcomes.no_port_connect == 5", "max(outcomes.ok) > 1"}) {
        const Judgement judgement = records.judge(that);
        EXPECT_EQ(judgement.verdict, Verdict::invalid) << that;
        EXPECT_EQ(judgement.reason, "run-2.json is not valid: The generator fell behind.");
        EXPECT_EQ(judgement.measured, std::nullopt);
    }
    RunRecord stopped = run("", 100);
    stopped.interrupted = true;
    EXPECT_EQ(Records({stopped}).judge("outcomes.ok > 1").reason, "run-1.json was interrupted");
    EXPECT_EQ(Records({}).judge("outcomes.ok > 1").reason, "it was not run");
}

TEST(Judge, TakesNoInvalidRunAsALimit) {
    RunRecord invalid = run("off", 50);
    invalid.validity = {false, {"Too slow."}};
    Records records({run("on", 100), invalid});
    records.variants_ = {"on", "off"};
    EXPECT_EQ(records.verdict("outcomes.ok of 'on' > outcomes.ok of 'off'"), Verdict::invalid);
    EXPECT_EQ(records.verdict("outcomes.ok of 'on' > 1"), Verdict::pass);
}

TEST(Judge, DoesNotJudgeAFigureTheRecordLacks) {
    const Judgement judgement = Records({run("", 60)}).judge("pool.reused > 1");
    EXPECT_EQ(judgement.verdict, Verdict::invalid);
    EXPECT_THAT(judgement.reason, HasSubstr("run-1.json has no pool.reused (attempts served"));
    EXPECT_EQ(Records({run("", 60)}).verdict("counters.TcpExt.TWRecycled == 0"), Verdict::invalid);
}

TEST(Judge, TakesAFailureThatNeverCameAsLaterThanTheRun) {
    const Records fine({run("", 100)});
    EXPECT_EQ(fine.verdict("time_to_exhaustion >= 10s"), Verdict::pass);
    EXPECT_TRUE(std::isinf(fine.judge("time_to_exhaustion > 9 s").measured.value_or(0)));
    EXPECT_EQ(fine.verdict("time_to_exhaustion <= 10 s"), Verdict::fail);
    EXPECT_EQ(fine.verdict("time_to_exhaustion == 4 s +- 5 %"), Verdict::fail);
    EXPECT_EQ(fine.verdict("time_to_exhaustion != 4 s"), Verdict::pass);
}

TEST(Judge, DoesNotJudgeAFailureNotWaitedForLongEnough) {
    const Records fine({run("", 100)});
    for (const char* that :
         {"time_to_exhaustion >= 11s", "time_to_exhaustion < 11s", "median(time_to_exhaustion) > 1 h"})
        EXPECT_EQ(fine.verdict(that), Verdict::invalid) << that;
    EXPECT_EQ(fine.judge("time_to_exhaustion >= 100s").reason,
              "nothing failed, but load was offered for 10 s only; write load.duration = 100 s or more");
    EXPECT_EQ(Records({run("", 100), run("", 50)}).verdict("time_to_exhaustion >= 11s"), Verdict::invalid)
        << "one run is not known";
}

TEST(Judge, ComparesFailuresThatNeverCame) {
    Records records({run("on", 100), run("off", 50), run("also on", 100)});
    records.variants_ = {"on", "off", "also on"};
    EXPECT_EQ(records.verdict("time_to_exhaustion of 'on' > time_to_exhaustion of 'off'"), Verdict::pass);
    EXPECT_EQ(records.verdict("time_to_exhaustion of 'off' > time_to_exhaustion of 'on'"), Verdict::fail);
    EXPECT_EQ(records.verdict("time_to_exhaustion of 'on' >= time_to_exhaustion of 'also on'"), Verdict::pass);
    EXPECT_EQ(records.verdict("time_to_exhaustion of 'on' > time_to_exhaustion of 'also on'"), Verdict::fail);
    EXPECT_EQ(records.verdict("time_to_exhaustion of 'on' >= 2 * time_to_exhaustion of 'off'"), Verdict::pass);
    EXPECT_EQ(records.verdict("time_to_exhaustion of 'on' >= 3 * time_to_exhaustion of 'off'"), Verdict::invalid);
}

TEST(Judge, ForgivesTheRoundingOfUnits) {
    EXPECT_EQ(Records({run("", 60, 200us)}).verdict("connect_us.max == 0.2 ms"), Verdict::pass);
    EXPECT_EQ(Records({run("", 60, 200us)}).verdict("connect_us.max < 0.2 ms"), Verdict::fail);
    EXPECT_EQ(Records({run("", 60, 200us)}).verdict("connect_us.max <= 0.2 ms"), Verdict::pass);
    EXPECT_EQ(Records({run("", 70)}).verdict("ok_share == 70 %"), Verdict::pass);
    EXPECT_EQ(Records({run("", 70)}).verdict("ok_share == 70.000001 %"), Verdict::fail);
}

}  // namespace
}  // namespace portdrought::expect
