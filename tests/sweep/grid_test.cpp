#include "sweep/grid.hpp"

#include <gmock/gmock.h>

namespace portdrought::sweep {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;
using testing::UnorderedElementsAre;

constexpr const char* text = R"(name = "grid"
[load]
rate = "10/s"
[lab]
seed = 5
[[variant]]
name = "a"
[[variant]]
name = "b"
host.sources = 2
)";

Plan plan() {
    Plan plan;
    plan.text = text;
    plan.file = "grid.toml";
    plan.variants = {"a", "b"};
    plan.axes = {{"load.rate", {"1/s", "2/s", "3/s"}}, {"host.timed_wait_delay", {"1s", "2s"}}};
    plan.repeat = 2;
    return plan;
}

Grid examined(Plan plan) {
    Grid grid(std::move(plan));
    for (const auto& complaint : grid.examine([](const auto&) {}).complaints) ADD_FAILURE() << to_string(complaint);
    return grid;
}

std::vector<std::string> complaints_of(Plan plan) {
    std::vector<std::string> all;
    for (const auto& complaint : Grid(std::move(plan)).examine([](const auto&) {}).complaints)
        all.push_back(to_string(complaint));
    return all;
}

TEST(Grid, HasVariantsOutermostAndRepetitionsInnermost) {
    const Grid grid = examined(plan());
    EXPECT_EQ(grid.size(), 2U * 3 * 2 * 2);
    std::vector<std::string> keys;
    for (const auto& axis : grid.axes()) keys.push_back(axis.key);
    EXPECT_THAT(keys, ElementsAre("variant", "load.rate", "host.timed_wait_delay", "repetition"));
    std::uint64_t index = 0;
    for (const char* variant : {"a", "b"})
        for (const double rate : {1.0, 2.0, 3.0})
            for (const auto delay : {1s, 2s})
                for (const std::uint32_t repetition : {1U, 2U}) {
                    const Point point = grid.at(index);
                    EXPECT_EQ(point.index, index++);
                    EXPECT_EQ(point.scenario.variant, variant);
                    EXPECT_EQ(point.scenario.load.rate->per_second, rate);
                    EXPECT_EQ(point.scenario.host.timed_wait_delay, delay);
                    EXPECT_EQ(point.scenario.host.sources, variant == std::string{"b"} ? 2U : 1U);
                    EXPECT_EQ(point.repetition, repetition);
                    EXPECT_EQ(point.scenario.lab.seed, 4 + repetition) << "seeds count up from lab.seed";
                }
}

TEST(Grid, UsesTheSeedAsWrittenWithoutRepetitions) {
    Plan once = plan();
    once.repeat = 1;
    const Grid grid = examined(once);
    for (std::uint64_t i = 0; i < grid.size(); ++i) {
        EXPECT_EQ(grid.at(i).scenario.lab.seed, 5U);
        EXPECT_EQ(grid.at(i).repetition, 1U);
    }
}

TEST(Grid, LaysAxesOverSettings) {
    Plan set = plan();
    set.settings = {"load.rate=77/s", "load.in_flight=9"};
    const Point point = examined(set).at(0);
    EXPECT_EQ(point.scenario.load.rate->per_second, 1);
    EXPECT_EQ(point.scenario.load.in_flight, 9U);
}

TEST(Grid, TellsWhatPointsHaveOfTheirOwnFromWhatIsTheSame) {
    Grid grid(plan());
    const auto examination = grid.examine([](const auto&) {});
    EXPECT_THAT(grid.settings(grid.at(23)),
                ElementsAre(Pair("load.rate", "3/s"), Pair("host.timed_wait_delay", "2s"), Pair("host.sources", "2"),
                            Pair("lab.seed", "6"), Pair("variant", "b")));
    for (const auto& [key, value] : examination.same)
        for (const auto& [own, ignored] : grid.settings(grid.at(0))) EXPECT_NE(key, own);
    EXPECT_THAT(examination.same, testing::Contains(Pair("name", "grid")));
    EXPECT_THAT(examination.same, testing::Contains(Pair("load.duration", "10s")));
}

TEST(Grid, NamesAnAxisOfOneValueInEveryPoint) {
    Plan narrow = plan();
    narrow.variants = {"b"};
    narrow.axes = {{"load.rate", {"7/s"}}};
    narrow.repeat = 1;
    const Grid grid = examined(narrow);
    EXPECT_EQ(grid.size(), 1U);
    EXPECT_EQ(grid.at(0).scenario.variant, "b");
    EXPECT_THAT(grid.settings(grid.at(0)), ElementsAre(Pair("load.rate", "7/s")));
}

TEST(Grid, FollowsAProfileThroughAllItsValues) {
    Plan profiles = plan();
    profiles.axes = {{"host.profile", {"linux", "windows-2000"}}};
    profiles.repeat = 1;
    const Grid grid = examined(profiles);
    const auto settings = grid.settings(grid.at(1));
    EXPECT_THAT(settings, testing::Contains(Pair("host.ports", "1025-5000")));
    EXPECT_THAT(settings, testing::Contains(Pair("host.timed_wait_delay", "240s")));
}

TEST(Grid, AppliesEveryRuleAtEveryPointAndNamesThePoint) {
    Plan wrong = plan();
    wrong.axes = {{"load.rate", {"1/s", "2/s"}}, {"host.ports", {"20000-20099", "6000-8000"}}};
    EXPECT_THAT(complaints_of(wrong),
                ElementsAre(testing::AllOf(testing::StartsWith("--vary:2:1: "), HasSubstr("server.port"),
                                           HasSubstr("(at load.rate = 1/s, host.ports = 6000-8000 and 1 more)"))));
}

TEST(Grid, NamesNoPointWhereAllAreWrong) {
    Plan wrong = plan();
    wrong.text = "[load]\nduratoin = \"3s\"\n";
    wrong.variants.clear();
    wrong.settings = {"load.in_flight=x"};
    EXPECT_THAT(complaints_of(wrong),
                UnorderedElementsAre("grid.toml:2:1: load.duratoin: unknown key; did you mean load.duration?",
                                     testing::AllOf(testing::StartsWith("--set:1:1: load.in_flight: \"x\" is not"),
                                                    testing::Not(HasSubstr("(at ")))));
}

TEST(Grid, RefusesSeedsThatCountBeyondTheirRange) {
    Plan wrong = plan();
    wrong.settings = {"lab.seed=9223372036854775807"};
    EXPECT_THAT(complaints_of(wrong), ElementsAre(HasSubstr("lab.seed: counts up beyond what a seed can be")));
}

}  // namespace
}  // namespace portdrought::sweep
