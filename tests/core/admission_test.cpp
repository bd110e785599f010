#include "core/admission.hpp"

#include <gtest/gtest.h>

#include "core/pacer.hpp"

namespace portdrought::core {
namespace {

using namespace std::chrono_literals;

/// How many of the attempts that are offered within `duration` a bucket of `rate` lets through.
int admitted(Rate rate, Rate offered, Duration duration, Arrivals arrivals = Arrivals::constant, unsigned shares = 1) {
    int count = 0;
    for (unsigned share = 0; share < shares; ++share) {
        Admission admission(rate, share, shares);
        for (Pacer pacer(arrivals, offered, 1, share, shares); pacer.next_due() < duration; pacer.advance())
            count += admission.admits(pacer.next_due()) ? 1 : 0;
    }
    return count;
}

TEST(Admission, LetsExactlyItsRateThrough) {
    EXPECT_EQ(admitted(Rate{100}, Rate{800}, 2s), 200);
    EXPECT_EQ(admitted(Rate{300}, Rate{800}, 2s), 600) << "no attempt is due when a token comes";
    EXPECT_EQ(admitted(Rate{1000.0 / 60}, Rate{800}, 600s), 10'000);
    EXPECT_EQ(admitted(Rate{799}, Rate{800}, 10s), 7990);
}

TEST(Admission, RefusesNothingBelowItsRate) {
    EXPECT_EQ(admitted(Rate{800}, Rate{800}, 2s), 1600);
    EXPECT_EQ(admitted(Rate{801}, Rate{800}, 2s), 1600);
    EXPECT_EQ(admitted(Rate{100.0 / 3}, Rate{100.0 / 3}, 3600s), 120'001) << "due times are rounded down";
    EXPECT_EQ(admitted(Rate{1'000'000}, Rate{999'999.7}, 2s), 2'000'000);
}

TEST(Admission, SavesOneTokenForABurst) {
    Admission admission(Rate{10});
    EXPECT_TRUE(admission.admits(0s));
    EXPECT_FALSE(admission.admits(0s)) << "it starts with one";
    EXPECT_TRUE(admission.admits(10s));
    EXPECT_TRUE(admission.admits(10s));
    EXPECT_FALSE(admission.admits(10s)) << "however long nothing came";
    EXPECT_FALSE(admission.admits(10s + 99ms));
    EXPECT_TRUE(admission.admits(10s + 100ms));
}

TEST(Admission, BoundsEveryStretchOfRandomArrivals) {
    Admission admission(Rate{50});
    std::vector<Instant> passed;
    for (Pacer pacer(Arrivals::poisson, Rate{400}, 7); pacer.next_due() < 100s; pacer.advance())
        if (admission.admits(pacer.next_due())) passed.push_back(pacer.next_due());
    EXPECT_NEAR(static_cast<double>(passed.size()), 5000, 10);
    for (std::size_t i = 50; i < passed.size(); ++i)
        ASSERT_GT(passed[i] - passed[i - 50], 1s - 20ms - 1us) << "51 within a second and one token";
}

TEST(Admission, SharesLetTheRateThroughTogether) {
    EXPECT_EQ(admitted(Rate{100}, Rate{800}, 2s, Arrivals::constant, 4), 200);
    EXPECT_EQ(admitted(Rate{100}, Rate{800}, 2s, Arrivals::constant, 3), 200);
}

TEST(Admission, WithoutARateEverythingPasses) {
    Admission admission{std::nullopt};
    for (int i = 0; i < 1000; ++i) EXPECT_TRUE(admission.admits(0s));
}

}  // namespace
}  // namespace portdrought::core
