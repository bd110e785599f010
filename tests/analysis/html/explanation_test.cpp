// What the explanation says of ports, against the verdict of the same record.
#include "analysis/html/explanation.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "analysis/findings/mechanism.hpp"
#include "analysis/findings/verdict.hpp"
#include "analysis/made_records.hpp"

namespace portdrought::html {
namespace {

using namespace std::chrono_literals;
using core::Outcome;
using record::RunRecord;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

/// Both languages' passages on the ports of the run, and their fourth points.
std::string english(const RunRecord& record) {
    const Explanation words = explanation_in_english(run_facts(record));
    return words.basics.at(3).text + '\n' + words.points.at(3).text;
}
std::string chinese(const RunRecord& record) {
    const Explanation words = explanation_in_chinese(run_facts(record));
    return words.basics.at(3).text + '\n' + words.points.at(3).text;
}

/// Four hosts with two addresses and a hundred ports each, towards three destinations: 2,400 pairs, gone after 6 s.
RunRecord four_hosts() {
    RunRecord record;
    record.scenario.load.rate = core::Rate{100};
    record.scenario.load.duration = 60s;
    record.scenario.host.ports = {50000, 50099};
    record.scenario.host.sources = 2;
    record.scenario.host.destinations = 3;
    record.scenario.topology.hosts = 4;
    record.totals.attempts = 24'000;
    record.totals.connected = 2400;
    record.totals.outcomes[Outcome::ok] = 2400;
    record.totals.outcomes[Outcome::no_port_connect] = 21'600;
    record.totals.ports_capacity = 2400;
    record.totals.time_wait_peak = record.totals.time_wait_peak_client = 2400;
    record.totals.time_to_first_failure_s = 6;
    return record;
}

/// Ten hosts with 64 ports of a NAT each, of whose 2,400 attempts 1,120 end in silence.
RunRecord few_ports_of_a_nat() {
    RunRecord record = made::behind_nat();
    scenario::Scenario& scenario = record.scenario;
    scenario.topology.hosts = 10;
    scenario.load.rate = core::Rate{1};
    scenario.load.duration = 240s;
    scenario.host.ports = {32768, 60999};
    scenario.host.timed_wait_delay = 60s;
    record.totals.outcomes = {};
    record.totals.attempts = 2400;
    record.totals.outcomes[Outcome::ok] = 1280;
    record.totals.outcomes[Outcome::timeout] = 1120;
    record.totals.ports_capacity = 282'320;
    record.totals.time_wait_peak_client = 620;
    record.totals.time_to_first_failure_s = 64;
    record.nat->first_drop_s = 64;
    record.nat->dropped = 1120;
    return record;
}

TEST(Explanation, CountsThePortsOfAllHostsAsTheVerdictDoes) {
    const RunRecord record = four_hosts();
    ASSERT_THAT(findings::verdict(record).explanation,
                AllOf(HasSubstr("400/s x 60 s = 24,000 pairs wanted, 2,400 pairs"),
                      HasSubstr("100 ports x 2 source addresses x 4 hosts x 3 destinations")));
    ASSERT_THAT(findings::lasting(record, laws::predict(record.scenario)), HasSubstr("40/s"));
    EXPECT_THAT(english(record),
                AllOf(HasSubstr("100 ports x 2 source addresses x 4 hosts x 3 destinations = 2,400 places"),
                      HasSubstr("400/s x 60 s = 24,000 places wanted, 2,400 there are"),
                      HasSubstr("What lasts is 2,400 / 60 s = 40/s"),
                      HasSubstr("should run out after 6 s; the first failure came at 6 s")));
    EXPECT_THAT(chinese(record), AllOf(HasSubstr("100 个端口 × 2 个源地址 × 4 台主机 × 3 个目的地 = 2,400 个位置"),
                                       HasSubstr("每秒 400 个 × 60 秒 = 需要 24,000 个位置，而实际有 2,400 个"),
                                       HasSubstr("2,400 ÷ 60 秒 = 每秒 40 个"), HasSubstr("应在 6 秒后耗尽")));
}

TEST(Explanation, NamesThePoolOfTheNatThatIsFullFirst) {
    const RunRecord record = few_ports_of_a_nat();
    ASSERT_THAT(findings::nat_limit(record.scenario),
                "The NAT lasts up to 5.33/s (share of NAT ports: 64 for each host / 120 s).");
    EXPECT_THAT(english(record),
                AllOf(HasSubstr("10/s x 60 s = 600 places wanted, 282,320 there are"),
                      HasSubstr("5.33/s of all hosts together (share of NAT ports: 64 for each host / 120 s)"),
                      HasSubstr("the NAT's places should run out after 64 s; the first SYN was dropped for want of one "
                                "at 64 s"),
                      Not(HasSubstr("should not run out")), Not(HasSubstr("yet a failure"))));
    EXPECT_THAT(chinese(record), AllOf(HasSubstr("每秒 10 个 × 60 秒 = 需要 600 个位置，而实际有 282,320 个"),
                                       HasSubstr("每秒 5.33 个（分给主机的 NAT 端口：每台主机 64 ÷ 120 秒）"),
                                       HasSubstr("NAT 的位置应在 64 秒后耗尽"), Not(HasSubstr("不应耗尽"))));
}

TEST(Explanation, SaysThatItWasTheNatThatHadNoPort) {
    const RunRecord record = few_ports_of_a_nat();
    EXPECT_THAT(english(record), AllOf(HasSubstr("from 64 s on the NAT had no port for 1,120 SYNs"),
                                       HasSubstr("1,280 of 2,400 attempts were ok"), HasSubstr("of 282,320"),
                                       Not(HasSubstr("found one")), Not(HasSubstr("found it"))));
    EXPECT_THAT(chinese(record), AllOf(HasSubstr("从 64 秒起，NAT 没有端口可给 1,120 个 SYN"),
                                       HasSubstr("2,400 次尝试中有 1,280 次成功"), Not(HasSubstr("都找到了"))));
}

TEST(Explanation, CountsOnlyAttemptsThatNeededAPort) {
    const RunRecord record = made::held_back();
    EXPECT_THAT(english(record), AllOf(HasSubstr("9,600 of 19,980 attempts got as far as needing one, and found it "
                                                 "(10,380 were refused locally)"),
                                       Not(HasSubstr("all of"))));
    EXPECT_THAT(chinese(record), AllOf(HasSubstr("19,980 次尝试中有 9,600 次需要端口，并且都找到了"),
                                       HasSubstr("10,380 次在本地被拒绝"), Not(HasSubstr("19,980 次尝试都"))));
    EXPECT_THAT(english(made::with_pool()), HasSubstr("went out on a connection that was open already"));
    EXPECT_THAT(english(made::fine()), HasSubstr("all of 19,980 attempts found one"));
    EXPECT_THAT(chinese(made::fine()), HasSubstr("19,980 次尝试都找到了端口"));
}

TEST(Explanation, DoesNotBlamePortsForOtherFailures) {
    RunRecord record = made::fine();
    record.totals.outcomes[Outcome::ok] -= 80;
    record.totals.outcomes[Outcome::refused] += 80;
    EXPECT_THAT(english(record), AllOf(HasSubstr("80 failed for another reason"), Not(HasSubstr("all of"))));
    EXPECT_THAT(chinese(record), HasSubstr("80 次因其他原因失败"));
    record.totals.outcomes = {};
    record.totals.outcomes.counts.fill(~0ULL);
    EXPECT_FALSE(english(record).empty()) << "a record may hold any numbers";
}

}  // namespace
}  // namespace portdrought::html
