#include "model/search/rfc6056_search.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "model/chi_square.hpp"
#include "model/search/searching.hpp"

namespace portdrought::model {
namespace {

SearchSetup setup_of(Algorithm algorithm, std::uint32_t ports, std::uint32_t tuples = 1) {
    SearchSetup setup;
    setup.algorithm = algorithm;
    setup.ports = ports;
    setup.tuples = tuples;
    return setup;
}

TEST(SequentialSearch, TakesOnePortAfterTheOtherAndWraps) {
    SearchSetup setup = setup_of(Algorithm::sequential, 4, 2);
    setup.first = 2;
    Searching host(setup);
    EXPECT_EQ(host.look(0), 2U);
    EXPECT_EQ(host.look(1), 3U);
    EXPECT_EQ(host.look(0), 0U);
    host.take_away(1);
    EXPECT_EQ(host.look(0), 2U);
    EXPECT_EQ(host.probes(), 2U);
}

TEST(SequentialSearch, IsNotMovedByAFailure) {
    Searching host(setup_of(Algorithm::sequential, 3));
    EXPECT_EQ(host.take(), 0U);
    EXPECT_EQ(host.take(), 1U);
    EXPECT_EQ(host.take(), 2U);
    EXPECT_EQ(host.take(), std::nullopt);
    EXPECT_EQ(host.probes(), 3U);
    host.give_back(2);
    host.give_back(0);
    EXPECT_EQ(host.take(), 0U);
}

TEST(RandomStartSearch, FindsTheLastFreePortFromAnywhere) {
    for (const Algorithm algorithm : {Algorithm::rfc6056_1, Algorithm::random}) {
        Searching host(setup_of(algorithm, 1000));
        for (std::uint32_t offset = 0; offset < 1000; ++offset)
            if (offset != 7) host.take_away(offset);
        for (int i = 0; i < 100; ++i) EXPECT_EQ(host.look(), 7U);
    }
}

TEST(RandomStartSearch, ChoosesEvenlyOnAnIdleHost) {
    Searching host(setup_of(Algorithm::random, 64));
    Frequencies counts(64);
    for (int i = 0; i < 64'000; ++i) ++counts[*host.look()];
    EXPECT_LT(chi_square_of_even(counts), chi_square_limit(64));
}

// (1 - 1/1000)^1000, about 1/e: so often 1000 random tries miss the one port that is free.
TEST(RandomTriesSearch, MissesTheLastFreePortInAThirdOfTheCases) {
    Searching host(setup_of(Algorithm::rfc6056_2, 1000));
    for (std::uint32_t offset = 1; offset < 1000; ++offset) host.take_away(offset);
    int missed = 0;
    for (int i = 0; i < 4000; ++i) {
        if (host.look()) continue;
        ++missed;
        EXPECT_EQ(host.probes(), 1000U);
    }
    EXPECT_NEAR(missed, 4000 * 0.3677, 4 * 30.5);  // standard deviation: sqrt(4000 x 0.3677 x 0.6323)
}

TEST(RandomTriesSearch, IncrementsAreOneTo500) {
    Searching host(setup_of(Algorithm::rfc6056_5, 65'536));
    Frequencies counts(501);
    std::uint32_t last = *host.look();
    for (int i = 0; i < 500'000; ++i) {
        const std::uint32_t offset = *host.look();
        ++counts.at(ring_step(last, offset, 65'536));
        last = offset;
    }
    EXPECT_EQ(counts[0], 0);
    EXPECT_LT(chi_square_of_even({counts.begin() + 1, counts.end()}), chi_square_limit(500));
}

std::uint32_t step_of_first_after(Searching&& host, std::uint32_t other) {
    const std::uint32_t before = *host.look(0);
    if (other != 0) host.look(other);
    return ring_step(before, *host.look(0), 1000);
}

TEST(HashedSearch, OneCounterServesAllTuplesUnderAlgorithm3) {
    const SearchSetup setup = setup_of(Algorithm::rfc6056_3, 1000, 2);
    EXPECT_EQ(step_of_first_after(Searching(setup), 0), 1U);
    EXPECT_EQ(step_of_first_after(Searching(setup), 1), 2U);
}

TEST(HashedSearch, ATenthOfTheTuplesShareACounterUnderAlgorithm4) {
    const SearchSetup setup = setup_of(Algorithm::rfc6056_4, 1000, 2000);
    int shared = 0;
    for (std::uint32_t other = 1; other < 2000; ++other)
        shared += step_of_first_after(Searching(setup), other) == 2 ? 1 : 0;
    EXPECT_NEAR(shared, 200, 4 * 13.4);  // standard deviation: sqrt(1999 x 0.1 x 0.9)
}

TEST(HashedSearch, SpreadsTuplesOverTheRange) {
    Searching host(setup_of(Algorithm::rfc6056_3, 1024, 16'000));
    Frequencies starts(16);
    for (std::uint32_t tuple = 0; tuple < 16'000; ++tuple) ++starts[*host.look(tuple) / 64];
    EXPECT_LT(chi_square_of_even(starts), chi_square_limit(16));
}

}  // namespace
}  // namespace portdrought::model
