#include "os/process/stop_signal.hpp"

#include <gtest/gtest.h>

#include <csignal>

namespace portdrought::os {
namespace {

TEST(StopSignal, RemembersWhichSignalCame) {
    const StopSignal signals;
    EXPECT_FALSE(StopSignal::requested());
    ::raise(SIGTERM);
    EXPECT_TRUE(StopSignal::requested());
    EXPECT_EQ(StopSignal::number(), SIGTERM);
    ::raise(SIGINT);
    EXPECT_EQ(StopSignal::number(), SIGINT);
}

TEST(StopSignal, StartsClearEachTime) {
    {
        const StopSignal signals;
        ::raise(SIGINT);
    }
    const StopSignal signals;
    EXPECT_FALSE(StopSignal::requested());
}

TEST(StopSignal, SurvivesABrokenPipe) {
    const StopSignal signals;
    ::raise(SIGPIPE);
    EXPECT_FALSE(StopSignal::requested());
}

TEST(StopSignal, SurvivesAFileAtItsLimit) {
    const StopSignal signals;
    ::raise(SIGXFSZ);
    EXPECT_FALSE(StopSignal::requested());
}

TEST(StopSignal, PutsTheFormerHandlersBack) {
    { const StopSignal signals; }
    struct sigaction now {};
    ASSERT_EQ(::sigaction(SIGTERM, nullptr, &now), 0);
    EXPECT_EQ(now.sa_handler, SIG_DFL);
}

}  // namespace
}  // namespace portdrought::os
