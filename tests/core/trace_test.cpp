#include "core/trace.hpp"

#include <gtest/gtest.h>

namespace portdrought::core {
namespace {

using namespace std::chrono_literals;

const Trace trace{{{1s, 4}, {2s, 0}, {4s, 2}}, 2s};

TEST(Trace, SpreadsARowUntilTheNext) {
    EXPECT_EQ(trace.due(0, 0), 1s);
    EXPECT_EQ(trace.due(0, 3), 1750ms);
    EXPECT_EQ(trace.due(2, 1), 5s) << "the last row has a length of its own";
}

TEST(Trace, CountsWhatIsDueBeforeATime) {
    EXPECT_EQ(trace.attempts_before(1s), 0U);
    EXPECT_EQ(trace.attempts_before(1s + 1ns), 1U);
    EXPECT_EQ(trace.attempts_before(1750ms), 3U);
    EXPECT_EQ(trace.attempts_before(4s), 4U);
    EXPECT_EQ(trace.attempts_before(1h), 6U);
}

}  // namespace
}  // namespace portdrought::core
