#include "model/search/linux_search.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <vector>

#include "model/chi_square.hpp"
#include "model/search/searching.hpp"

namespace portdrought::model {
namespace {

using namespace std::chrono_literals;

SearchSetup setup_of(Algorithm algorithm, std::uint32_t ports) {
    SearchSetup setup;
    setup.algorithm = algorithm;
    setup.ports = ports;
    return setup;
}

/// How often each step of 0, unit, 2 x unit, … came; anything else counts in the last bin.
Frequencies steps_of(Searching&& host, std::uint32_t ports, std::uint32_t unit, std::size_t bins, int count = 20'000) {
    Frequencies counts(bins + 1);
    std::uint32_t last = *host.look();
    for (int i = 0; i < count; ++i) {
        const std::uint32_t offset = *host.look();
        const std::uint32_t step = ring_step(last, offset, ports);
        ++counts[step % unit == 0 && step / unit < bins ? step / unit : bins];
        last = offset;
    }
    return counts;
}

TEST(LinuxSearch, AnIdleTableIsWalkedInEvenStepsOfTwoToSixteen) {
    for (const Algorithm algorithm : {Algorithm::linux_5_18, Algorithm::linux_6_8, Algorithm::linux_6_18}) {
        const Frequencies counts = steps_of(Searching(setup_of(algorithm, 28'232)), 28'232, 2, 9);
        EXPECT_EQ(counts.front(), 0) << "a port twice in a row";
        EXPECT_EQ(counts.back(), 0) << "a step beyond 16 or an odd one";
        EXPECT_LT(chi_square_of_even({counts.begin() + 1, counts.end() - 1}), chi_square_limit(8));
    }
}

TEST(LinuxSearch, AWindowIsWalkedInStepsOfOneToEight) {
    SearchSetup setup = setup_of(Algorithm::linux_6_18, 1000);
    setup.window = true;
    const Frequencies counts = steps_of(Searching(setup), 1000, 1, 9);
    EXPECT_EQ(counts.front() + counts.back(), 0);
    EXPECT_LT(chi_square_of_even({counts.begin() + 1, counts.end() - 1}), chi_square_limit(8));
}

TEST(LinuxSearch, OldHintsGoOnByTwo) {
    for (const Algorithm algorithm : {Algorithm::linux_4_2, Algorithm::linux_4_6})
        EXPECT_EQ(steps_of(Searching(setup_of(algorithm, 1000)), 1000, 2, 2)[1], 20'000);
}

TEST(LinuxSearch, TheSmallTableSkipsAPortInOneOfSixteenCases) {
    const Frequencies counts = steps_of(Searching(setup_of(Algorithm::linux_5_12, 1000)), 1000, 2, 3);
    EXPECT_EQ(counts[1] + counts[2], 20'000);
    EXPECT_NEAR(counts[2], 20'000 / 16.0, 4 * std::sqrt(20'000 / 16.0));
}

// The first half of the range is one parity, the second the other, whatever the order within.
void expect_switch_at_half(Searching&& host, std::uint32_t ports) {
    for (std::uint32_t i = 0; i < ports; ++i) {
        const auto offset = host.take();
        ASSERT_TRUE(offset);
        ASSERT_EQ(*offset % 2, i < ports / 2 ? 0U : 1U) << i << " of " << ports;
    }
    EXPECT_EQ(host.take(), std::nullopt);
    EXPECT_EQ(host.probes(), ports) << "a failed search has looked at every port";
}

TEST(LinuxSearch, SwitchesParityExactlyAtHalfTheRange) {
    for (const Algorithm algorithm : {Algorithm::linux_4_6, Algorithm::linux_5_12, Algorithm::linux_6_18})
        for (const std::uint32_t ports : {2U, 100U, 8192U, 28'232U})
            expect_switch_at_half(Searching(setup_of(algorithm, ports)), ports);
}

TEST(LinuxSearch, Before46TheOddNeighbourIsTakenPastHalfTheRange) {
    Searching host(setup_of(Algorithm::linux_4_2, 1000));
    for (int i = 0; i < 500; ++i) EXPECT_EQ(*host.take() % 2, 0U);
    for (int i = 0; i < 500; ++i) {
        EXPECT_EQ(*host.take() % 2, 1U);
        EXPECT_EQ(host.probes(), 2U) << "no walk past half of the ports";
    }
}

TEST(LinuxSearch, ASecondPassLooksAtTheFirstHalfInVain) {
    Searching host(setup_of(Algorithm::linux_6_18, 1000));
    for (std::uint32_t offset = 0; offset < 1000; offset += 2) host.take_away(offset);
    ASSERT_TRUE(host.take());
    EXPECT_EQ(host.probes(), 501U);
    for (int i = 0; i < 498; ++i) ASSERT_TRUE(host.take());
    ASSERT_TRUE(host.take());
    EXPECT_GE(host.probes(), 501U);
    EXPECT_LE(host.probes(), 1000U);
}

TEST(LinuxSearch, ReservedPortsAreNeitherTakenNorLookedAt) {
    SearchSetup setup = setup_of(Algorithm::linux_6_18, 100);
    for (std::uint32_t offset = 0; offset < 100; offset += 4) setup.reserved.push_back(offset);
    Searching host(setup);
    for (const std::uint32_t offset : setup.reserved) host.take_away(offset);
    std::set<std::uint32_t> taken;
    for (int i = 0; i < 75; ++i) taken.insert(host.take().value());
    EXPECT_EQ(taken.size(), 75U);
    EXPECT_EQ(host.take(), std::nullopt);
    EXPECT_EQ(host.probes(), 75U);
}

// The kernel goes by the even size of an odd range: from any even offset but 0 a search leaves offset 0 out.
TEST(LinuxSearch, AnOddRangeHasAPortThatASearchCanMiss) {
    bool missed = false, found = false;
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
        SearchSetup setup = setup_of(Algorithm::linux_6_18, 9);
        setup.seed = seed;
        Searching host(setup);
        for (std::uint32_t offset = 1; offset < 9; ++offset) host.take_away(offset);
        const auto offset = host.take();
        (offset ? found : missed) = true;
        if (!offset) {
            EXPECT_EQ(host.probes(), 8U);
        }
    }
    EXPECT_TRUE(missed);
    EXPECT_TRUE(found);
}

TEST(LinuxSearch, OneHintServesAllTuplesAndATableGivesEachItsOwn) {
    SearchSetup setup = setup_of(Algorithm::linux_4_6, 1000);
    setup.tuples = 2;
    const auto step_beside_another_tuple = [&setup] {
        Searching host(setup);
        const std::uint32_t first = *host.look(0);
        host.look(1);
        return ring_step(first, *host.look(0), 1000);
    };
    EXPECT_EQ(step_beside_another_tuple(), 4U);
    setup.algorithm = Algorithm::linux_5_12;
    EXPECT_LE(step_beside_another_tuple(), 4U);
    int least = 1000;
    for (setup.seed = 1; setup.seed < 20; ++setup.seed)
        least = std::min(least, static_cast<int>(step_beside_another_tuple()));
    EXPECT_EQ(least, 2);
}

bool is_walked(std::uint32_t step) { return step % 2 == 0 && 2 <= step && step <= 16; }

TEST(LinuxSearch, JumpsAtEveryTenthSecondAndNeverBetween) {
    Searching host(setup_of(Algorithm::linux_6_18, 28'232));
    std::vector<core::Instant> jumps;
    std::uint32_t last = *host.look(0, 0s);
    for (core::Instant now = 10ms; now < 100s; now += 10ms) {
        const std::uint32_t offset = *host.look(0, now);
        if (!is_walked(ring_step(last, offset, 28'232))) jumps.push_back(now);
        last = offset;
    }
    EXPECT_EQ(jumps, (std::vector<core::Instant>{10s, 20s, 30s, 40s, 50s, 60s, 70s, 80s, 90s}));
}

TEST(LinuxSearch, TheSmallTableIsNeverSaltedAnew) {
    Searching host(setup_of(Algorithm::linux_5_12, 28'232));
    std::uint32_t last = *host.look(0, 0s);
    for (core::Instant now = 1s; now < 100s; now += 1s) {
        const std::uint32_t offset = *host.look(0, now);
        EXPECT_LE(ring_step(last, offset, 28'232), 4U);
        last = offset;
    }
}

TEST(LinuxSearch, StartsAnywhereInTheRangeAfterAJump) {
    Searching host(setup_of(Algorithm::linux_6_18, 1024));
    Frequencies starts(16);
    for (int epoch = 0; epoch < 16'000; ++epoch) ++starts[*host.look(0, epoch * 10s) / 64];
    EXPECT_LT(chi_square_of_even(starts), chi_square_limit(16));
}

}  // namespace
}  // namespace portdrought::model
