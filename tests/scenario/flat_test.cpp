#include "scenario/flat.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "scenario/keys/key_table.hpp"

namespace portdrought::scenario {
namespace {

using namespace std::chrono_literals;

/// No member has its default.
Scenario everything_changed() {
    Scenario s;
    s.name = "x";
    s.title = "a title";
    s.question = "a \"question\"";
    s.source = {"one", "two"};
    s.expected = "two\nlines";
    s.variant = "30 s";
    s.load = {core::Rate{33.3},
              core::Arrivals::bursts,
              2s,
              3s,
              0.5,
              12h,
              "orders.csv",
              "1 rows, 1 attempts, fnv1a 0000000000000000",
              {},
              1500ms,
              7,
              1 << 20,
              0,
              3,
              1ms,
              core::HoldDistribution::uniform,
              core::Closer::server,
              1s,
              2s,
              false,
              true,
              true,
              2,
              6s,
              4,
              7us,
              core::Rate{77},
              3,
              20s,
              5,
              false};
    s.host = {"windows-2000",
              {1025, 5000},
              PortChoice::sequential,
              PortSearch::rfc6056_4,
              std::uint16_t{3129},
              240s,
              {{2000, 2100}, {3000, 3000}},
              TwReuse::loopback,
              2s,
              false,
              5,
              30s,
              true,
              "bbr",
              2,
              4,
              3,
              true,
              true,
              true,
              true,
              core::PortRange{2000, 2999},
              9};
    s.server = {ServerKind::relay, "127.0.0.9", 30606, 16, 1ns, false, false, 0.25, "127.0.1.2", 81};
    s.topology = {200, 1.25};
    s.nat = {"azure-lb-snat",  {2000, 3000},       3,    55'000, 262'144, 64, {{50, 1024}, {100, 512}}, 1024,
             NatGrowth::block, NatPorts::preserve, true, 65s,    16s,     30s};
    s.lab = {Engine::model, 12.5, 250ms, 42, 1024, 8};
    return s;
}

TEST(Flat, ComesBackEqual) {
    for (const Scenario& scenario : {Scenario{}, everything_changed()}) {
        const Unflattened back = unflatten(flatten(scenario));
        EXPECT_THAT(back.problems, testing::IsEmpty());
        EXPECT_EQ(back.scenario, scenario);
    }
}

TEST(Flat, HasEveryMemberOfTheScenario) {
    const Pairs changed = flatten(everything_changed()), defaults = flatten(Scenario{});
    ASSERT_EQ(changed.size(), key_table().size() + 1);
    for (std::size_t i = 0; i < changed.size(); ++i)
        EXPECT_NE(changed[i].second, defaults[i].second) << changed[i].first;
}

TEST(Flat, WritesValuesAsTheyStandInAFile) {
    const Pairs pairs = flatten(everything_changed());
    const auto text = [&](std::string_view key) {
        return std::ranges::find(pairs, key, &Pairs::value_type::first)->second;
    };
    EXPECT_EQ(text("load.rate"), "33.3/s");
    EXPECT_EQ(text("load.request"), "1MB");
    EXPECT_EQ(text("load.linger"), "1s");
    EXPECT_EQ(text("host.timed_wait_delay"), "240s");
    EXPECT_EQ(text("host.reserved_ports"), "2000-2100,3000");
    EXPECT_EQ(text("host.first_port"), "3129");
    EXPECT_EQ(text("source"), "one\ntwo");
    EXPECT_EQ(text("variant"), "30 s");
}

TEST(Flat, NamesWhatItCannotReadAndKeepsTheRest) {
    const Unflattened result = unflatten({{"load.rate", "fast"}, {"load.colour", "red"}, {"load.in_flight", "9"}});
    EXPECT_THAT(result.problems, testing::ElementsAre(testing::StartsWith("load.rate: \"fast\" is not a rate"),
                                                      "load.colour: unknown key"));
    EXPECT_EQ(result.scenario.load.in_flight, 9U);
    EXPECT_EQ(result.scenario.load.rate, Load{}.rate);
}

}  // namespace
}  // namespace portdrought::scenario
