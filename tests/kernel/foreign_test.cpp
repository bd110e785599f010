// TIME_WAIT of a process that the engine did not start, in the network of a run.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <fstream>
#include <sstream>
#include <thread>

#include "kernel/runs.hpp"
#include "os/net/loopback_pair.hpp"
#include "os/process/child_process.hpp"

namespace portdrought::kernel {
namespace {

using record::RunRecord;
using scenario::Scenario;
using namespace std::chrono_literals;

constexpr int foreign_pairs = 50;

std::string text_of(const std::string& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
}

std::string link_of(const std::string& path) {
    std::array<char, 64> target{};
    return ::readlink(path.c_str(), target.data(), target.size() - 1) > 0 ? target.data() : "";
}

/// A child of `parent` in whose network somebody listens on port 7000.
std::string run_of(pid_t parent) {
    const std::string self = std::to_string(::getpid()), id = std::to_string(parent);
    for (;;) {
        std::istringstream children(text_of("/proc/" + id + "/task/" + id + "/children"));
        for (std::string child; children >> child;)
            if (child != self &&
                text_of("/proc/" + child + "/net/tcp").find(":1B58 00000000:0000 0A") != std::string::npos)
                return child;
        std::this_thread::sleep_for(5ms);
    }
}

bool join(const std::string& process, const std::string& kind) {
    const std::string path = "/proc/" + process + "/ns/" + kind;
    if (link_of(path) == link_of("/proc/self/ns/" + kind)) return true;
    const os::FileDescriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    return ::setns(fd.get(), 0) == 0;
}

int close_in_its_network(pid_t parent) {
    const std::string run = run_of(parent);
    if (!join(run, "user") || !join(run, "net")) return 1;
    const os::FileDescriptor listener = os::listen_on_loopback();
    for (int i = 0; i < foreign_pairs; ++i) os::connect_to(listener).client.reset();
    return 0;
}

TEST(ForeignTimeWait, IsEnforcedBesideTheLoadsOwn) {
    const pid_t self = ::getpid();
    os::ChildProcess foreign([self] { return close_in_its_network(self); });
    const RunRecord record = run_thousand([](Scenario& s) {
        s.host.timed_wait_delay = 800ms;
        s.load.rate = core::Rate{100};
        s.load.duration = 3s;
    });
    EXPECT_EQ(foreign.wait().code, 0);
    ASSERT_TRUE(record.enforced);
    EXPECT_EQ(record.totals.outcomes[core::Outcome::ok], 300U);
    EXPECT_EQ(record.enforced->foreign, foreign_pairs);
    EXPECT_EQ(record.enforced->entries, 300U + foreign_pairs);
    EXPECT_EQ(record.enforced->already_gone, 0U);
    EXPECT_GE(record.enforced->lifetimes.min(), 800ms);
    ASSERT_TRUE(record.enforced->foreign_precision);
    EXPECT_LE(*record.enforced->foreign_precision, 1s);
}

TEST(ForeignTimeWait, IsNotFoundWhereThereIsNone) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.host.timed_wait_delay = 500ms;
        s.load.duration = 2s;
    });
    ASSERT_TRUE(record.enforced);
    EXPECT_EQ(record.enforced->foreign, 0U);
    EXPECT_FALSE(record.enforced->foreign_precision);
}

// What our own enforcer removes between the dump and the question whose it is stays ours.
TEST(ForeignTimeWait, IsNotFoundWhereOursComeAndGoFast) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.host.timed_wait_delay = 500ms;
        s.host.ports = {10000, 29999};
        s.load.rate = core::Rate{6000};
        s.load.in_flight = 1024;
    });
    ASSERT_TRUE(record.enforced);
    EXPECT_EQ(record.enforced->foreign, 0U);
    EXPECT_EQ(record.enforced->already_gone, 0U);
}

}  // namespace
}  // namespace portdrought::kernel
