// TIME-WAIT that a process of its own leaves behind: a forked server that closes first and tells nobody.
#include "timed_wait/foreign_enforcer.hpp"

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <thread>

#include "lab/in_lab.hpp"
#include "os/clock.hpp"
#include "os/net/loopback_pair.hpp"
#include "os/net/socket_address.hpp"
#include "os/net/socket_cookie.hpp"
#include "os/process/child_process.hpp"
#include "os/system_error.hpp"
#include "probe/census_count.hpp"
#include "probe/time_wait_dump.hpp"

namespace portdrought::timed_wait {
namespace {

using namespace std::chrono_literals;

// So many that no port comes twice: a fresh SYN would take the server's entry over.
lab::LabPlan many_ports() {
    lab::LabPlan plan = lab::small_plan();
    plan.ports = {20000, 59999};
    // Two processes close on two processors: now and then a late ACK meets TIME_WAIT, and the reset that answers its
    // answer would end it.
    plan.rfc1337 = true;
    return plan;
}

std::vector<FoundEntry> table() {
    probe::TimeWaitDump dump;
    std::vector<FoundEntry> found;
    for (const probe::SocketEntry& entry : dump.take())
        found.push_back(
            {entry.tuple, entry.cookie, probe::kernel_time_wait - std::chrono::milliseconds{entry.expires_ms}});
    return found;
}

os::FileDescriptor connect_to(const os::Endpoint& server) {
    const os::SocketAddress address(server);
    os::FileDescriptor fd(os::check("open a socket", ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)));
    os::check("connect", ::connect(fd.get(), address.get(), address.size()));
    return fd;
}

/// `count` connections to a server in another process, which closes each first. Its entries are the server's.
void be_served(int count) {
    const os::FileDescriptor listener = os::listen_on_loopback();
    os::ChildProcess server([&] {
        for (int i = 0; i < count; ++i) ::close(::accept(listener.get(), nullptr, nullptr));
        return 0;
    });
    const os::Endpoint endpoint = os::local_endpoint(listener.get());
    for (int i = 0; i < count; ++i) {
        const os::FileDescriptor client = connect_to(endpoint);
        char byte = 0;
        EXPECT_EQ(::read(client.get(), &byte, 1), 0) << "the server closes first";
    }
    EXPECT_EQ(server.wait().code, 0);
    std::this_thread::sleep_for(20ms);
}

/// A pair of this process, which its own enforcer takes care of.
void open_and_close(const os::FileDescriptor& listener, Enforcer& own) {
    os::LoopbackPair pair = os::connect_to(listener);
    own.closing(pair.tuple, os::socket_cookie(pair.client.get()));
    pair.client.reset();
    pair.server.reset();
    own.entered(pair.tuple, os::monotonic_now());
}

void work_for(ForeignEnforcer& foreign, core::Duration time) {
    const core::Instant end = os::monotonic_now() + time;
    for (core::Instant now = os::monotonic_now(); now < end; now = os::monotonic_now()) {
        if (now >= foreign.next_look()) foreign.look(now, table());
        foreign.reap(os::monotonic_now(), os::monotonic_now);
        std::this_thread::sleep_for(1ms);
    }
}

TEST(ForeignEnforcer, EndsTimeWaitOfAProcessThatIsNotOurs) {
    PORTDROUGHT_IN_LAB(many_ports(), [](const record::HostFacts&) {
        be_served(100);
        EXPECT_EQ(table().size(), 100U);
        ForeignEnforcer foreign(1500ms, {});
        work_for(foreign, 500ms);
        EXPECT_EQ(table().size(), 100U) << "ended before its time";
        work_for(foreign, 1200ms);
        EXPECT_EQ(table().size(), 0U);
        EXPECT_EQ(foreign.enforcer().entries(), 100U);
        EXPECT_EQ(foreign.enforcer().already_gone(), 0U);
        EXPECT_GE(foreign.enforcer().lifetimes().min(), 1500ms);
        EXPECT_LE(foreign.enforcer().lateness().quantile(0.5), 20ms);
        ASSERT_TRUE(foreign.precision());
        EXPECT_GE(*foreign.precision(), os::kernel_tick());
        EXPECT_LE(*foreign.precision(), 20ms) << "each was seen before its time";
    });
}

TEST(ForeignEnforcer, LeavesWhatOthersTakeCareOfAlone) {
    PORTDROUGHT_IN_LAB(many_ports(), [](const record::HostFacts&) {
        const os::FileDescriptor listener = os::listen_on_loopback();
        Enforcer own(10s);
        for (int i = 0; i < 50; ++i) open_and_close(listener, own);
        be_served(20);
        ASSERT_EQ(table().size(), 70U);
        ForeignEnforcer foreign(200ms, {&own.claims()});
        work_for(foreign, 1500ms);
        EXPECT_EQ(table().size(), 50U);
        EXPECT_EQ(foreign.enforcer().entries(), 20U);
    });
}

TEST(ForeignEnforcer, SaysHowLateItFoundAnEntry) {
    PORTDROUGHT_IN_LAB(many_ports(), [](const record::HostFacts&) {
        be_served(5);
        std::this_thread::sleep_for(500ms);
        ForeignEnforcer foreign(100ms, {});
        EXPECT_EQ(foreign.precision(), std::nullopt);
        foreign.look(os::monotonic_now(), table());
        EXPECT_GE(*foreign.precision(), 390ms);
        foreign.reap(os::monotonic_now(), os::monotonic_now);
        EXPECT_EQ(table().size(), 0U);
        EXPECT_GE(foreign.enforcer().lateness().quantile(0.5), 390ms);
    });
}

TEST(ForeignEnforcer, LooksOftenOnlyWhereItFindsSomething) {
    PORTDROUGHT_IN_LAB(many_ports(), [](const record::HostFacts&) {
        ForeignEnforcer foreign(800ms, {});
        foreign.look(5s, {});
        EXPECT_EQ(foreign.next_look(), core::Instant{6s});
        const std::vector<FoundEntry> found{{{{0x7f000001, 20'000}, {0x7f000001, 7'000}}, 1, 300ms}};
        foreign.look(6s, found);
        EXPECT_EQ(foreign.next_look(), core::Instant{6200ms});
        foreign.look(6200ms, found);
        EXPECT_EQ(foreign.enforcer().entries(), 1U) << "the same entry";
        EXPECT_EQ(foreign.next_due(), core::Instant{6500ms});
        foreign.look(17s, {});
        EXPECT_EQ(foreign.next_look(), core::Instant{18s});
    });
}

TEST(ForeignEnforcer, LeavesAYoungEntryToTheNextLook) {
    PORTDROUGHT_IN_LAB(many_ports(), [](const record::HostFacts&) {
        ForeignEnforcer foreign(10s, {});
        foreign.look(5s, std::vector<FoundEntry>{{{{0x7f000001, 20'000}, {0x7f000001, 7'000}}, 1, 200ms}});
        EXPECT_EQ(foreign.enforcer().entries(), 0U) << "whoever closed it may be about to claim it";
        foreign.look(6s, std::vector<FoundEntry>{{{{0x7f000001, 20'000}, {0x7f000001, 7'000}}, 1, 1200ms}});
        EXPECT_EQ(foreign.enforcer().entries(), 1U);
        EXPECT_EQ(foreign.next_due(), core::Instant{5s - 200ms + 10s});
    });
}

}  // namespace
}  // namespace portdrought::timed_wait
