#include "scenario/keys/value_text.hpp"

#include <gtest/gtest.h>

namespace portdrought::scenario {
namespace {

using namespace std::chrono_literals;
using core::Duration;

TEST(DurationText, ReadsEveryUnitAndExactFractions) {
    EXPECT_EQ(duration_from("240s"), Duration{240s});
    EXPECT_EQ(duration_from("1.5s"), Duration{1500ms});
    EXPECT_EQ(duration_from("250ms"), Duration{250ms});
    EXPECT_EQ(duration_from("10us"), Duration{10us});
    EXPECT_EQ(duration_from("7ns"), Duration{7ns});
    EXPECT_EQ(duration_from("2min"), Duration{2min});
    EXPECT_EQ(duration_from("1h"), Duration{1h});
    EXPECT_EQ(duration_from("0.000000001s"), Duration{1ns});
    EXPECT_EQ(duration_from("0.5min"), Duration{30s});
}

TEST(DurationText, RefusesWhatItCannotReadExactly) {
    for (const auto* text : {"", "s", "5", "5 s", "-5s", "1.s", ".5s", "1.5.5s", "1e3s", "5sec", "0.5ns",
                             "1.0000000001s", "9999999999999s", "99999999999999999999s", "+5s", "5S"})
        EXPECT_EQ(duration_from(text), std::nullopt) << text;
}

TEST(DurationText, PrintsWhatReadsBackToTheSameNanosecond) {
    for (const std::int64_t ns : {0LL, 1LL, 999LL, 1'000LL, 1'500LL, 999'999LL, 250'000'000LL, 1'000'000'001LL,
                                  1'500'000'000LL, 86'400'000'000'000LL, 3'600'000'000'000'123LL})
        EXPECT_EQ(duration_from(to_text(Duration{ns})), Duration{ns}) << ns;
    EXPECT_EQ(to_text(Duration{240s}), "240s");
    EXPECT_EQ(to_text(Duration{1500ms}), "1.5s");
    EXPECT_EQ(to_text(Duration{250ms}), "250ms");
    EXPECT_EQ(to_text(Duration{1010us}), "1.01ms");
    EXPECT_EQ(to_text(Duration{0}), "0s");
}

TEST(RateText, ReadsPerSecondAndPerMinute) {
    EXPECT_EQ(rate_from("30/s")->per_second, 30);
    EXPECT_EQ(rate_from("0.5/s")->per_second, 0.5);
    EXPECT_EQ(rate_from("90/min")->per_second, 1.5);
    for (const auto* text :
         {"", "30", "/s", "30/h", "30/", "-3/s", "0/s", "inf/s", "nan/s", "1e999/s", "30 /s", "30/s "})
        EXPECT_EQ(rate_from(text), std::nullopt) << text;
}

TEST(RateText, PrintsWhatReadsBackToTheSameNumber) {
    for (const double rate : {0.1, 33.3, 1.0 / 3, 100.0 / 60, 1e6, 1e-3})
        EXPECT_EQ(rate_from(to_text(core::Rate{rate}))->per_second, rate) << rate;
    EXPECT_EQ(to_text(core::Rate{1'000'000}), "1000000/s");
    EXPECT_EQ(to_text(core::Rate{33.3}), "33.3/s");
}

TEST(SizeText, CountsInPowersOf1024) {
    EXPECT_EQ(size_from("128B"), 128U);
    EXPECT_EQ(size_from("64KB"), 65536U);
    EXPECT_EQ(size_from("64KiB"), 65536U);
    EXPECT_EQ(size_from("1MB"), 1048576U);
    EXPECT_EQ(size_from("2GiB"), 2147483648U);
    for (const auto* text : {"", "B", "128", "1.5MB", "-1B", "1TB", "99999999999GB"})
        EXPECT_EQ(size_from(text), std::nullopt) << text;
    for (const std::uint64_t bytes : {0ULL, 1ULL, 1000ULL, 1024ULL, 1536ULL, 1048576ULL, 1ULL << 31})
        EXPECT_EQ(size_from(size_text(bytes)), bytes) << bytes;
    EXPECT_EQ(size_text(1048576), "1MB");
    EXPECT_EQ(size_text(1536), "1536B");
}

TEST(PortsText, ReadsRangesAndSinglePorts) {
    const auto range = ports_from("1025-5000");
    ASSERT_TRUE(range);
    EXPECT_EQ(range->first, 1025);
    EXPECT_EQ(range->last, 5000);
    EXPECT_EQ(ports_from("80")->last, 80);
    for (const auto* text : {"", "-", "1-", "-5", "1-2-3", "65536", "1-65536", "a-b", "1 - 2"})
        EXPECT_FALSE(ports_from(text)) << text;
}

}  // namespace
}  // namespace portdrought::scenario
