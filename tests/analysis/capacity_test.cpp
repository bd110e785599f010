#include "analysis/laws/capacity.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace portdrought::laws {
namespace {

using namespace std::chrono_literals;
using core::Rate;

TEST(CapacityLaws, LittleCountsWhatIsPresent) {
    EXPECT_DOUBLE_EQ(little(Rate{30}, 240s), 7200);
    EXPECT_DOUBLE_EQ(little(Rate{0.5}, 120s), 60);
}

TEST(CapacityLaws, SustainableRatesOfWellKnownSystems) {
    EXPECT_NEAR(sustainable_rate(28'232, 60s), 470.5, 0.05);                        // Linux
    EXPECT_NEAR(sustainable_rate(28'232, core::from_seconds(60.985)), 462.9, 0.1);  // with its mean real length
    EXPECT_NEAR(sustainable_rate(28'232, 1s), 28'232, 1e-9);                        // tw_reuse
    EXPECT_NEAR(sustainable_rate(16'384, 120s), 136.5, 0.05);                       // Windows since Vista
    EXPECT_NEAR(sustainable_rate(16'384, 240s), 68.3, 0.05);
    EXPECT_NEAR(sustainable_rate(3'976, 240s), 16.6, 0.05);  // Windows 2000
    EXPECT_NEAR(sustainable_rate(16'384, 30s), 546, 0.2);    // macOS
    EXPECT_NEAR(sustainable_rate(55'536, 60s), 926, 0.5);    // FreeBSD
    EXPECT_NEAR(sustainable_rate(64'512, 65s), 992, 0.6);    // Azure NAT gateway after FIN
    EXPECT_NEAR(sustainable_rate(64, 120s), 0.53, 0.005);    // GCP Cloud NAT, one VM
    EXPECT_NEAR(sustainable_rate(64'512, 120s), 538, 0.5);   // conntrack SNAT
    EXPECT_TRUE(std::isinf(sustainable_rate(1, 0s)));
}

TEST(CapacityLaws, APoolFillsBeforeTheFirstPairComesBack) {
    EXPECT_NEAR(core::seconds(time_to_exhaustion(1000, Rate{800}, 60s).value()), 1.25, 1e-9);
    EXPECT_NEAR(core::seconds(time_to_exhaustion(3976, Rate{33.3}, 240s).value()), 119.4, 0.01);
    EXPECT_FALSE(time_to_exhaustion(3976, Rate{33.1}, 120s)) << "3,972 wanted";
    EXPECT_TRUE(time_to_exhaustion(3976, Rate{33.2}, 120s)) << "3,984 wanted";
}

TEST(CapacityLaws, ExponentialResidenceTakesLonger) {
    const auto constant = time_to_exhaustion(1000, Rate{50}, 60s),
               spread = time_to_exhaustion_exponential(1000, Rate{50}, 60s);
    ASSERT_TRUE(constant && spread);
    EXPECT_NEAR(core::seconds(*spread), -60 * std::log(1 - 1.0 / 3), 1e-6);
    EXPECT_GT(*spread, *constant);
    EXPECT_FALSE(time_to_exhaustion_exponential(1000, Rate{16}, 60s));
}

TEST(CapacityLaws, OverloadAcceptsAShareInASquareWave) {
    EXPECT_DOUBLE_EQ(accepted_fraction(1000, Rate{800}, 5s), 0.25);
    EXPECT_DOUBLE_EQ(accepted_fraction(1000, Rate{100}, 5s), 1);
    const auto wave = overload_wave(1000, Rate{800}, 5s);
    ASSERT_TRUE(wave);
    EXPECT_EQ(wave->accepting, 1250ms);
    EXPECT_EQ(wave->refusing, 3750ms);
    EXPECT_FALSE(overload_wave(1000, Rate{200}, 5s)) << "exactly full is not overload";
}

TEST(CapacityLaws, ALimitOnTimeWaitOverflows) {
    const auto limited = limited_time_wait(Rate{100}, 60s, 3000);
    EXPECT_DOUBLE_EQ(limited.kept, 3000);
    EXPECT_DOUBLE_EQ(limited.overflow_per_s, 50);
    EXPECT_DOUBLE_EQ(limited_time_wait(Rate{10}, 60s, 3000).kept, 600);
    EXPECT_DOUBLE_EQ(limited_time_wait(Rate{10}, 60s, 3000).overflow_per_s, 0);
}

}  // namespace
}  // namespace portdrought::laws
