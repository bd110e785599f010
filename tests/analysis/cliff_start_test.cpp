#include "analysis/findings/cliff_start.hpp"

#include <gtest/gtest.h>

#include "record/totals.hpp"

namespace portdrought::findings {
namespace {

using namespace std::chrono_literals;
using record::RunRecord;

/// A run whose connects took 25 us, and 300 us in samples that say 's'; '-' makes none. A sample every half second.
RunRecord run(std::string_view samples) {
    RunRecord record;
    for (const char kind : samples) {
        record::Sample& sample = record.samples.emplace_back();
        sample.t_s = 0.5 * static_cast<double>(record.samples.size());
        if (kind == '-') continue;
        const core::Duration took = kind == 's' ? 300us : 25us;
        for (int i = 0; i < 100; ++i) record.connect.add(took);
        sample.connect = record::ConnectTimes{25us, took, took};
    }
    record.samples.back().ports_in_use = 4000;
    record.totals.ports_capacity = 4000;
    return record;
}

TEST(CliffStart, IsTheFirstSlowSample) {
    EXPECT_EQ(cliff_start_s(run("fffffsssss")), 3.0);
    EXPECT_EQ(cliff_start_s(run("ffffffffsf")), 4.5);
}

TEST(CliffStart, IsNotMovedBySingleSamples) {
    EXPECT_EQ(cliff_start_s(run("fsffffssssfsss")), 3.5);
    EXPECT_EQ(cliff_start_s(run("ffffsfsfsssss")), 4.5) << "before, they were none more than the others";
}

TEST(CliffStart, OutlivesTheEndOfTheCliff) { EXPECT_EQ(cliff_start_s(run("fffssssffffffff")), 2.0); }

TEST(CliffStart, PassesOverSamplesWithoutConnections) { EXPECT_EQ(cliff_start_s(run("-fff--ss-ss----")), 3.5); }

TEST(CliffStart, IsAbsentWithoutACliff) {
    EXPECT_EQ(cliff_start_s(run("ffffffffff")), std::nullopt);
    RunRecord record = run("fffffsssss");
    record.samples.back().ports_in_use = 1000;
    EXPECT_EQ(cliff_start_s(record), std::nullopt) << "below half occupancy it is something else";
}

/// Of a thousand ports that fill up evenly in 12 samples: half of them have been taken after the sixth.
RunRecord of_a_small_range(const std::vector<int>& p50_us) {
    RunRecord record;
    for (const int p50 : p50_us) {
        record::Sample& sample = record.samples.emplace_back();
        sample.t_s = 0.1 * static_cast<double>(record.samples.size());
        sample.connected = 80 * record.samples.size();
        sample.connect = record::ConnectTimes{std::chrono::microseconds{p50}, 250us, 300us};
        for (int i = 0; i < 80; ++i) record.connect.add(std::chrono::microseconds{p50});
    }
    record.samples.back().ports_in_use = 960;
    record.totals.ports_capacity = 1000;
    return record;
}

TEST(CliffStart, IsWhereTheMedianDoublesPastHalfOfASmallRange) {
    EXPECT_EQ(cliff_start_s(of_a_small_range({45, 41, 42, 40, 44, 43, 47, 130, 140, 150, 145, 160})), 0.1 * 8);
}

TEST(CliffStart, IsNoAlarmWithoutAClearStep) {
    EXPECT_EQ(cliff_start_s(of_a_small_range({45, 41, 42, 40, 44, 43, 47, 70, 80, 75, 81, 79})), std::nullopt);
    EXPECT_EQ(cliff_start_s(of_a_small_range({45, 41, 42, 40, 44, 43, 47, 130, 140, 45, 46, 160})), std::nullopt)
        << "it came and went";
    EXPECT_EQ(cliff_start_s(of_a_small_range({45, 41, 42, 40, 130, 140, 130, 130, 140, 150, 145, 160})), std::nullopt)
        << "before half of the ports were taken";
    RunRecord chosen = of_a_small_range({45, 41, 42, 40, 44, 43, 47, 130, 140, 150, 145, 160});
    chosen.scenario.host.port_choice = scenario::PortChoice::sequential;
    EXPECT_EQ(cliff_start_s(chosen), std::nullopt);
}

TEST(CliffStart, IsAbsentWhereSamplesDoNotSay) {
    RunRecord record = run("fffffsssss");
    for (record::Sample& sample : record.samples) sample.connect.reset();
    EXPECT_EQ(cliff_start_s(record), std::nullopt);
}

}  // namespace
}  // namespace portdrought::findings
