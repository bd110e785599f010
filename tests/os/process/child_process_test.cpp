#include "os/process/child_process.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <memory>
#include <stdexcept>
#include <string>

#include "os/process/namespaces.hpp"
#include "os/process/pipe.hpp"

namespace portdrought::os {
namespace {

// Not for ever, so that a broken test leaves no process behind for long.
int sleep_until_killed() {
    ::sleep(60);
    return 0;
}

TEST(ChildProcess, ReportsTheExitCodeOfItsBody) {
    ChildProcess child([] { return 41; });
    EXPECT_EQ(child.wait().code, 41);
    EXPECT_EQ(child.wait().code, 41);
    EXPECT_TRUE(child.has_ended());
}

TEST(ChildProcess, ReportsTheSignalThatEndedIt) {
    ChildProcess child(sleep_until_killed);
    EXPECT_EQ(child.poll(), std::nullopt);
    child.signal(SIGKILL);
    const ExitStatus status = child.wait();
    EXPECT_EQ(status.signal, SIGKILL);
    EXPECT_EQ(status.code, std::nullopt);
    EXPECT_FALSE(status.succeeded());
}

TEST(ChildProcess, TurnsAnExceptionIntoAnExitCode) {
    ::testing::internal::CaptureStderr();
    ChildProcess child([]() -> int { throw std::runtime_error("no such luck"); });
    EXPECT_EQ(child.wait().code, ChildProcess::threw);
    EXPECT_EQ(::testing::internal::GetCapturedStderr(), "no such luck\n");
}

TEST(ChildProcess, IsKilledAndReapedByItsDestructor) {
    pid_t pid = -1;
    {
        const ChildProcess child(sleep_until_killed);
        pid = child.pid();
        ASSERT_EQ(::kill(pid, 0), 0);
    }
    EXPECT_EQ(::kill(pid, 0), -1);
    EXPECT_EQ(errno, ESRCH);
}

TEST(ChildProcess, LeadsAProcessGroupOfItsOwn) {
    ChildProcess child([] { return ::getpgrp() == ::getpid() ? 0 : 1; });
    EXPECT_TRUE(child.wait().succeeded());
}

// The grandchild holds the only write end, so the end of the stream is its death.
void expect_death_with_parent(const std::function<void()>& after_fork) {
    Pipe pipe = open_pipe();
    ChildProcess parent([&] {
        const ChildProcess grandchild([&] {
            const pid_t expected = ::getppid();
            after_fork();
            die_with_parent(expected);
            write_frame(pipe.write_end.get(), 1, "alive");
            return sleep_until_killed();
        });
        pipe.write_end.reset();
        return sleep_until_killed();
    });
    pipe.write_end.reset();
    FrameReader reader(std::move(pipe.read_end));
    const auto alive = reader.next(std::chrono::seconds{20});
    ASSERT_TRUE(alive.has_value());
    ASSERT_EQ(::kill(parent.pid(), SIGKILL), 0);  // the parent alone, not its group
    EXPECT_EQ(reader.next(std::chrono::seconds{20}), std::nullopt);
    EXPECT_TRUE(reader.at_end());
}

TEST(ChildProcess, DiesWithAParentThatWasKilled) {
    expect_death_with_parent([] {});
}

TEST(ChildProcess, DiesWithItsParentFromWithinAUserNamespaceToo) {
    ChildProcess probe([] {
        enter_private_network();
        return 0;
    });
    if (!probe.wait().succeeded()) GTEST_SKIP() << "private networks are forbidden here";
    expect_death_with_parent([] { enter_private_network(); });
}

}  // namespace
}  // namespace portdrought::os
