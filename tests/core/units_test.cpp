#include "core/units.hpp"

#include <gtest/gtest.h>

namespace portdrought::core {
namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;

TEST(Duration, TurnsIntoSecondsAndBack) {
    EXPECT_DOUBLE_EQ(seconds(milliseconds{1500}), 1.5);
    EXPECT_EQ(from_seconds(1.5), milliseconds{1500});
    EXPECT_EQ(from_seconds(0.1), milliseconds{100});
    EXPECT_EQ(from_seconds(1e-9 * 0.6), nanoseconds{1});
}

TEST(PortRange, CountsBothEnds) {
    EXPECT_EQ((PortRange{32768, 60999}).size(), 28'232U);
    EXPECT_EQ((PortRange{1025, 5000}).size(), 3'976U);
    EXPECT_EQ((PortRange{0, 65535}).size(), 65'536U);
    EXPECT_EQ((PortRange{80, 80}).size(), 1U);
}

TEST(PortRange, ContainsBothEndsAndNothingBeyond) {
    const PortRange range{1025, 5000};
    EXPECT_FALSE(range.contains(1024));
    EXPECT_TRUE(range.contains(1025));
    EXPECT_TRUE(range.contains(5000));
    EXPECT_FALSE(range.contains(5001));
}

TEST(PortSet, ContainsWhatOneOfItsRangesContains) {
    const PortSet set{{20000, 20499}, {20600, 20600}};
    EXPECT_TRUE(contains(set, 20499));
    EXPECT_TRUE(contains(set, 20600));
    EXPECT_FALSE(contains(set, 20500));
    EXPECT_FALSE(contains({}, 20000));
}

TEST(PortSet, ReadsAsTheKernelWritesReservedPorts) {
    EXPECT_EQ(to_string(PortSet{}), "");
    EXPECT_EQ(to_string(PortSet{{20600, 20600}}), "20600");
    EXPECT_EQ(to_string(PortSet{{20000, 20499}, {20600, 20600}}), "20000-20499,20600");
}

TEST(UsablePorts, LeaveOutReservedOnesInsideTheRangeOnceEach) {
    EXPECT_EQ(usable_ports({1000, 1999}, {}), 1000U);
    EXPECT_EQ(usable_ports({1000, 1999}, {{500, 1009}}), 990U);
    EXPECT_EQ(usable_ports({1000, 1999}, {{1000, 1009}, {1005, 1014}}), 985U);
    EXPECT_EQ(usable_ports({1000, 1999}, {{0, 65535}}), 0U);
    EXPECT_EQ(usable_ports({65000, 65535}, {{65535, 65535}}), 535U);
}

}  // namespace
}  // namespace portdrought::core
