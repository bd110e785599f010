// How a stale ACK keeps a TIME-WAIT entry alive, on the real kernel: what it does to the kernel's own timer, and what
// tcp_rfc1337 has to do with it.
#include "timed_wait/refresher.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <thread>

#include "lab/in_lab.hpp"
#include "os/clock.hpp"
#include "os/net/loopback_pair.hpp"
#include "os/net/socket_cookie.hpp"
#include "probe/host_sampler.hpp"
#include "probe/socket_lookup.hpp"
#include "timed_wait/enforcer.hpp"

namespace portdrought::timed_wait {
namespace {

using namespace std::chrono_literals;

constexpr core::Duration length = 75s, age = length / 2;

os::TuplePacker packer;

enum class Holder : std::uint8_t { client, server };

/// A pair in TIME_WAIT, as its holder sees it. Data has gone both ways, so that no number is the first one.
Entry pair_in_time_wait(const os::FileDescriptor& listener, Holder holder) {
    os::LoopbackPair pair = os::connect_to(listener);
    char byte = 'x';
    EXPECT_EQ(::write(pair.client.get(), &byte, 1) + ::read(pair.server.get(), &byte, 1), 2);
    EXPECT_EQ(::write(pair.server.get(), &byte, 1) + ::read(pair.client.get(), &byte, 1), 2);
    os::FileDescriptor& first = holder == Holder::client ? pair.client : pair.server;
    const std::uint64_t cookie = os::socket_cookie(first.get());
    first.reset();
    pair.client.reset();
    pair.server.reset();
    return {packer.pack(holder == Holder::client ? pair.tuple : pair.tuple.reversed()), cookie, core::Instant{0}};
}

EntryFifo entries(int count, Holder holder) {
    const os::FileDescriptor listener = os::listen_on_loopback();
    EntryFifo fifo;
    for (int i = 0; i < count; ++i) fifo.push(pair_in_time_wait(listener, holder));
    return fifo;
}

void refresh_all(Refresher& refresher, const EntryFifo& waiting, core::Instant now) {
    while (refresher.next_due(waiting).value_or(core::Instant::max()) <= now) refresher.send_due(waiting, packer, now);
}

struct Lives {
    int alive = 0, younger_than_it_was = 0, other_cookie = 0;
};

Lives lives_of(const EntryFifo& waiting) {
    probe::SocketLookup lookup;
    Lives lives;
    for (std::size_t i = 0; i < waiting.size(); ++i) {
        const auto entry = lookup.find(packer.unpack(waiting.at(i).tuple));
        if (!entry || entry->state != probe::TcpState::time_wait) continue;
        ++lives.alive;
        if (entry->cookie != waiting.at(i).cookie) ++lives.other_cookie;
        if (entry->expires_ms > 59'500) ++lives.younger_than_it_was;
    }
    return lives;
}

void expect_refreshed(bool timestamps, Holder holder) {
    lab::LabPlan plan = lab::small_plan();
    plan.ports = {20000, 39999};  // so many that no port comes twice: a fresh SYN would take the server's entry over
    plan.timestamps = timestamps;
    plan.rfc1337 = true;
    PORTDROUGHT_IN_LAB(plan, [holder](const record::HostFacts&) {
        const EntryFifo waiting = entries(300, holder);
        std::this_thread::sleep_for(1s);
        EXPECT_EQ(lives_of(waiting).younger_than_it_was, 0);
        Refresher refresher(length);
        const probe::CounterValues before = probe::HostSampler().take().counters;
        refresh_all(refresher, waiting, age + 1s);
        EXPECT_EQ(refresher.refreshes(), 300U);
        EXPECT_EQ(probe::deltas(before, probe::HostSampler().take().counters).at("Tcp.OutRsts"), 300U)
            << "the closed peer should have answered each answer of TIME_WAIT";
        const Lives lives = lives_of(waiting);
        EXPECT_EQ(lives.alive, 300);
        EXPECT_EQ(lives.younger_than_it_was, 300) << "the kernel's timer should have started anew";
        EXPECT_EQ(lives.other_cookie, 0);
    });
}

TEST(Refresher, StartsTheKernelsTimerAnewWithTimestamps) { expect_refreshed(true, Holder::client); }

TEST(Refresher, StartsTheKernelsTimerAnewWithoutTimestamps) { expect_refreshed(false, Holder::client); }

TEST(Refresher, StartsTheKernelsTimerAnewOnTheServersSide) { expect_refreshed(true, Holder::server); }

TEST(Refresher, EndsTheEntryWhereRfc1337IsOff) {
    PORTDROUGHT_IN_LAB(lab::small_plan(), [](const record::HostFacts&) {
        const EntryFifo waiting = entries(50, Holder::client);
        EXPECT_EQ(lives_of(waiting).alive, 50);
        Refresher refresher(length);
        refresh_all(refresher, waiting, age + 1s);
        EXPECT_EQ(lives_of(waiting).alive, 0) << "the reset that answers the ACK of TIME-WAIT should have ended it";
    });
}

TEST(Refresher, DoesNotDisturbANewConnectionOnTheTuple) {
    lab::LabPlan plan = lab::small_plan();
    plan.rfc1337 = true;
    PORTDROUGHT_IN_LAB(plan, [](const record::HostFacts&) {
        const os::FileDescriptor listener = os::listen_on_loopback();
        os::LoopbackPair pair = os::connect_to(listener);
        EntryFifo waiting;
        waiting.push({packer.pack(pair.tuple), 1, core::Instant{0}});
        waiting.push({packer.pack(pair.tuple.reversed()), 1, core::Instant{0}});
        Refresher refresher(length);
        refresh_all(refresher, waiting, age + 1s);
        EXPECT_EQ(refresher.refreshes(), 2U);
        char byte = 0;
        EXPECT_EQ(::write(pair.client.get(), "a", 1), 1);
        EXPECT_EQ(::read(pair.server.get(), &byte, 1), 1);
        EXPECT_EQ(byte, 'a');
        EXPECT_EQ(::write(pair.server.get(), "b", 1), 1);
        EXPECT_EQ(::read(pair.client.get(), &byte, 1), 1);
        EXPECT_EQ(byte, 'b');
    });
}

// 240 s: renewed at 48, 96, 144 and 192 s.
TEST(Refresher, RenewsEachEntryOnceAtEachAgeWhateverTheWorkersDelays) {
    lab::LabPlan plan = lab::small_plan();
    plan.rfc1337 = true;
    PORTDROUGHT_IN_LAB(plan, [](const record::HostFacts&) {
        EntryFifo waiting;
        for (int i = 0; i < 200; ++i)
            waiting.push({packer.pack({{0x7f000001, 20'000}, {0x7f000001, 7'000}}), 1, i * 100ms});
        Refresher refresher(240s);
        EXPECT_EQ(refresher.next_due(waiting), core::Instant{48s + 50ms});
        refresh_all(refresher, waiting, 47s);
        EXPECT_EQ(refresher.refreshes(), 0U);
        refresh_all(refresher, waiting, 58s);  // entries 0 to 100
        EXPECT_EQ(refresher.refreshes(), 101U);
        for (int i = 0; i < 30; ++i) waiting.pop();  // as if removed meanwhile
        refresh_all(refresher, waiting, 100s);       // the other 99, then 30 to 40 for the second time
        EXPECT_EQ(refresher.refreshes(), 101U + 99U + 11U);
        refresh_all(refresher, waiting, 1'000s);
        EXPECT_EQ(refresher.refreshes(), 101U + 99U + 170U * 3);
        EXPECT_EQ(refresher.next_due(waiting), std::nullopt);
    });
}

TEST(Refresher, SendsOneBatchAtATime) {
    lab::LabPlan plan = lab::small_plan();
    PORTDROUGHT_IN_LAB(plan, [](const record::HostFacts&) {
        EntryFifo waiting;
        for (int i = 0; i < 200; ++i)
            waiting.push({packer.pack({{0x7f000001, 20'000}, {0x7f000001, 7'000}}), 1, core::Instant{0}});
        Refresher refresher(length);
        refresher.send_due(waiting, packer, 100s);
        EXPECT_EQ(refresher.refreshes(), 64U);
    });
}

TEST(Enforcer, KeepsEntriesAliveBeyondTheKernelsLengthAndThenRemovesThem) {
    lab::LabPlan plan = lab::small_plan();
    plan.rfc1337 = true;
    PORTDROUGHT_IN_LAB(plan, [](const record::HostFacts&) {
        const os::FileDescriptor listener = os::listen_on_loopback();
        Enforcer enforcer(length);
        os::LoopbackPair pair = os::connect_to(listener);
        const std::uint64_t cookie = os::socket_cookie(pair.client.get());
        enforcer.closing(pair.tuple, cookie);
        pair.client.reset();
        pair.server.reset();
        enforcer.entered(pair.tuple, core::Instant{0});
        EXPECT_TRUE(enforcer.claims().contains(cookie));
        EXPECT_EQ(enforcer.next_due(), core::Instant{age + 50ms});
        EXPECT_EQ(enforcer.reap(age + 50ms, [] { return core::Instant{age + 50ms}; }), 0U);
        EXPECT_EQ(enforcer.refreshes(), 1U);
        EXPECT_GT(enforcer.cpu(), core::Duration{0});
        EXPECT_EQ(enforcer.next_due(), core::Instant{length});
        EXPECT_TRUE(probe::SocketLookup().find(pair.tuple));
        EXPECT_EQ(enforcer.reap(length, [] { return core::Instant{length}; }), 1U);
        EXPECT_FALSE(probe::SocketLookup().find(pair.tuple));
        EXPECT_EQ(enforcer.lifetimes().count(), 1U);
        EXPECT_FALSE(enforcer.claims().contains(cookie));
    });
}

}  // namespace
}  // namespace portdrought::timed_wait
