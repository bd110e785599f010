#include "record/measured_costs.hpp"

#include <gmock/gmock.h>

namespace portdrought::record {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

MeasuredCosts some() {
    MeasuredCosts costs{"2026-11-22T20:00:00Z", "6.18.0", "x86_64", 2, "0.1.0", 3, {}, 9'000};
    for (std::size_t i = 0; i < costs.all.size(); ++i) {
        const core::Duration value{static_cast<std::int64_t>(100 * (i + 1))};
        costs.all[i] = {value, value - 1ns, value + 2ns};
    }
    return costs;
}

std::string failure_of(const std::string& text) {
    try {
        costs_from_json(text, "costs.json");
        return "";
    } catch (const FormatError& error) {
        return error.what();
    }
}

std::string replaced(const std::string& what, const std::string& by) {
    std::string text = to_json(some());
    const std::size_t at = text.find(what);
    EXPECT_NE(at, std::string::npos) << what;
    return text.replace(at, what.size(), by);
}

TEST(MeasuredCosts, ReadBackToTheSameBytes) {
    const MeasuredCosts read = costs_from_json(to_json(some()), "costs.json");
    EXPECT_EQ(read, some());
    EXPECT_EQ(to_json(read), to_json(some()));
}

TEST(MeasuredCosts, AreTheCostsOfAModel) {
    const core::Costs costs = some().costs();
    EXPECT_EQ(costs.connect, 100ns);
    EXPECT_EQ(costs.connection, 200ns);
    EXPECT_EQ(costs.failing_connection, 300ns);
    EXPECT_EQ(costs.time_wait_probe_cached, 400ns);
    EXPECT_EQ(costs.time_wait_probe, 500ns);
    EXPECT_EQ(costs.live_probe, 600ns);
    EXPECT_EQ(costs.cached_ports, 9'000U);
}

TEST(MeasuredCosts, NameTheirSourceWithADigestOfAllOfThem) {
    EXPECT_THAT(some().source("c.json"),
                testing::MatchesRegex("measured 2026-11-22 on Linux 6.18.0 x86_64, c.json fnv1a [0-9a-f]{16}"));
    MeasuredCosts other = some();
    other.all[5].most += 1ns;
    EXPECT_NE(other.source("c.json"), some().source("c.json"));
}

TEST(MeasuredCosts, OfAnotherKindOrDamagedAreRefused) {
    EXPECT_THAT(failure_of("{"), HasSubstr("costs.json: "));
    EXPECT_THAT(failure_of("{}"), HasSubstr("names no schema; expected \"portdrought.costs/1\""));
    EXPECT_THAT(failure_of(replaced("costs/1", "costs/2")), HasSubstr("\"portdrought.costs/2\" is not the schema"));
    EXPECT_THAT(failure_of(replaced("\"live_probe\"", "\"other\"")), HasSubstr("costs.live_probe: is missing"));
    EXPECT_THAT(failure_of(replaced("\"ns\": 100,", "\"ns\": 0,")), HasSubstr("costs.connect.ns: is 0; expected nano"));
    EXPECT_THAT(failure_of(replaced("\"ns\": 100,", "\"ns\": 1000000001,")), HasSubstr("from 1 to 1000000000"));
    EXPECT_THAT(failure_of(replaced("\"ns\": 100,", "\"ns\": 98,")), HasSubstr("is not between least_ns and most_ns"));
    EXPECT_THAT(failure_of(replaced("\"ns\": 100,", "\"ns\": 1.5,")), HasSubstr("expected a whole number"));
    EXPECT_THAT(failure_of(replaced("9000", "70000")), HasSubstr("cached_ports: is 70000; expected at most 65536"));
}

TEST(MeasuredCosts, ArePlausibleFromANanosecondToASecond) {
    EXPECT_FALSE(is_plausible(-1ns));
    EXPECT_FALSE(is_plausible(0ns));
    EXPECT_TRUE(is_plausible(1ns));
    EXPECT_TRUE(is_plausible(1s));
    EXPECT_FALSE(is_plausible(1s + 1ns));
}

}  // namespace
}  // namespace portdrought::record
