#include "core/pacer.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <vector>

namespace portdrought::core {
namespace {

std::vector<Instant> first_due(Pacer pacer, std::size_t count) {
    std::vector<Instant> due;
    for (; due.size() < count; pacer.advance()) due.push_back(pacer.next_due());
    return due;
}

std::vector<Instant> all_shares(Arrivals arrivals, Rate rate, unsigned shares, std::size_t each) {
    std::vector<Instant> due;
    for (unsigned share = 0; share < shares; ++share)
        std::ranges::copy(first_due(Pacer(arrivals, rate, 1, share, shares), each), std::back_inserter(due));
    std::ranges::sort(due);
    return due;
}

TEST(Pacer, OffersConstantArrivalsAtIndexOverRate) {
    const auto due = first_due(Pacer(Arrivals::constant, Rate{800}, 1), 5);
    for (std::size_t i = 0; i < due.size(); ++i) EXPECT_EQ(due[i].count(), static_cast<std::int64_t>(i) * 1'250'000);
}

TEST(Pacer, DoesNotDriftWhenTheGapIsNotAWholeNanosecond) {
    Pacer pacer(Arrivals::constant, Rate{7}, 1);  // 142,857,142.857… ns
    for (int i = 0; i < 7'000'000; ++i) pacer.advance();
    EXPECT_NEAR(static_cast<double>(pacer.next_due().count()), 1e15, 1);  // 7,000,000 at 7/s: 1,000,000 s
}

TEST(Pacer, SharesInterleaveIntoTheWholeRate) {
    const auto whole = first_due(Pacer(Arrivals::constant, Rate{300}, 1), 30);
    const auto shared = all_shares(Arrivals::constant, Rate{300}, 3, 10);
    ASSERT_EQ(shared.size(), whole.size());
    for (std::size_t i = 0; i < whole.size(); ++i) EXPECT_LE(std::abs((shared[i] - whole[i]).count()), 1) << i;
}

TEST(Pacer, RepeatsPoissonArrivalsForTheSameSeed) {
    const auto due = first_due(Pacer(Arrivals::poisson, Rate{100}, 42), 1000);
    EXPECT_EQ(due, first_due(Pacer(Arrivals::poisson, Rate{100}, 42), 1000));
    EXPECT_NE(due, first_due(Pacer(Arrivals::poisson, Rate{100}, 43), 1000));
}

// Pinned: a record made with a seed must be repeatable with any later build. First draws of mt19937_64 through -ln(u).
TEST(Pacer, KeepsTheMeaningOfASeed) {
    const auto due = first_due(Pacer(Arrivals::poisson, Rate{1000}, 1), 3);
    EXPECT_EQ(due, (std::vector<Instant>{Instant{15'304}, Instant{356'191}, Instant{898'333}}));
}

TEST(Pacer, GivesEachPoissonShareArrivalsOfItsOwn) {
    EXPECT_NE(first_due(Pacer(Arrivals::poisson, Rate{100}, 1, 0, 2), 10),
              first_due(Pacer(Arrivals::poisson, Rate{100}, 1, 1, 2), 10));
}

TEST(Pacer, PoissonSharesAddUpToTheRate) {
    const auto due = all_shares(Arrivals::poisson, Rate{1000}, 4, 20'000);
    const auto within_15_s = std::ranges::count_if(due, [](Instant t) { return t < std::chrono::seconds{15}; });
    EXPECT_NEAR(static_cast<double>(within_15_s), 15'000, 4 * std::sqrt(15'000.0));
}

TEST(Pacer, PoissonGapsHaveTheMeanAndSpreadOfAnExponential) {
    const auto due = first_due(Pacer(Arrivals::poisson, Rate{1000}, 7), 100'000);
    double sum = 0, squares = 0;
    for (std::size_t i = 1; i < due.size(); ++i) {
        const double gap_ms = seconds(due[i] - due[i - 1]) * 1e3;
        sum += gap_ms;
        squares += gap_ms * gap_ms;
    }
    const double count = static_cast<double>(due.size() - 1);
    EXPECT_NEAR(sum / count, 1.0, 4 / std::sqrt(count));
    EXPECT_NEAR(squares / count, 2.0, 0.1);  // E[X²] of an exponential with mean 1; a constant gap would give 1
}

TEST(Pacer, NeverGoesBack) {
    for (const Arrivals arrivals : {Arrivals::constant, Arrivals::poisson}) {
        const auto due = first_due(Pacer(arrivals, Rate{3e6}, 5, 1, 3), 100'000);
        EXPECT_TRUE(std::ranges::is_sorted(due));
    }
}

TEST(Pacer, PutsAnAbsurdlyRareAttemptAtTheEndOfTimeInsteadOfBeforeItsBeginning) {
    for (const Arrivals arrivals : {Arrivals::constant, Arrivals::poisson}) {
        Pacer pacer(arrivals, Rate{1e-12}, 5);
        for (int i = 0; i < 10; ++i) pacer.advance();
        EXPECT_EQ(pacer.next_due(), Instant::max());
    }
}

}  // namespace
}  // namespace portdrought::core
