// How much memory a run takes, counted by operator new of this executable:
// ports decide, connections do not.
#include <malloc.h>

#include <atomic>
#include <cstdlib>
#include <new>

#include "model/hosts.hpp"
#include "model/runs.hpp"

namespace {

std::atomic<std::int64_t> now_used{0}, most_used{0};

void count(std::int64_t bytes) {
    const std::int64_t used = now_used += bytes;
    std::int64_t most = most_used;
    while (used > most && !most_used.compare_exchange_weak(most, used)) {
    }
}

}  // namespace

void* operator new(std::size_t size) {
    void* memory = std::malloc(size);
    if (memory == nullptr) throw std::bad_alloc();
    count(static_cast<std::int64_t>(malloc_usable_size(memory)));
    return memory;
}

// std::stable_sort's, which gives it back to the one below.
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
    void* memory = std::malloc(size);
    if (memory != nullptr) count(static_cast<std::int64_t>(malloc_usable_size(memory)));
    return memory;
}

void operator delete(void* memory) noexcept {
    count(-static_cast<std::int64_t>(malloc_usable_size(memory)));
    std::free(memory);
}

void operator delete(void* memory, std::size_t) noexcept { operator delete(memory); }

namespace portdrought::model {
namespace {

using namespace std::chrono_literals;

/// The most a run of `duration` has at one time, its record with a hundred
/// samples included.
std::int64_t peak_of(std::chrono::seconds duration, const std::function<void(scenario::Scenario&)>& change) {
    scenario::Scenario scenario = thousand_ports();
    scenario.load.rate = core::Rate{5000};
    scenario.load.duration = duration;
    scenario.lab.sample = duration / 100;
    change(scenario);
    const std::int64_t before = now_used;
    most_used = before;
    const record::RunRecord record = run(scenario);
    EXPECT_EQ(record.totals.attempts, static_cast<std::uint64_t>(duration.count()) * 5000);
    EXPECT_EQ(outcome(record, core::Outcome::ok), record.totals.attempts);
    return most_used - before;
}

void expect_the_same_for(std::chrono::seconds length, const std::function<void(scenario::Scenario&)>& change) {
    const std::int64_t shorter = peak_of(length / 10, change), longer = peak_of(length, change);
    EXPECT_LE(longer, shorter + shorter / 20);
    EXPECT_LT(longer, 8'000'000);
}

TEST(ModelMemory, TenMillionConnectionsTakeNoMoreThanOne) {
    expect_the_same_for(2000s, [](scenario::Scenario& s) { s.host.timed_wait_delay = 100ms; });
}

// Nobody looks at these hosts, and no time passes in which an end would come.
TEST(ModelMemory, HostsForgetPairsTakenOverByThemselves) {
    scenario::Scenario scenario = thousand_ports();
    scenario.load.closer = core::Closer::server;
    Hosts hosts(scenario, core::Costs{});
    const std::int64_t before = now_used;
    most_used = before;
    for (int i = 0; i < 200'000; ++i) {
        const Pair pair = *hosts.take(0, 0, core::Instant{i}).pair;
        hosts.server_enters_time_wait(pair, core::Instant{i});
        hosts.release(pair);
    }
    EXPECT_LT(most_used - before, 1'000'000) << "200,000 ends would take five times as much";
}

// Ends of pairs that were taken over come long after: 5,000 a second for 60 s,
// if they were kept.
TEST(ModelMemory, PairsTakenOverAreForgotten) {
    expect_the_same_for(400s, [](scenario::Scenario& s) { s.load.closer = core::Closer::server; });
    expect_the_same_for(400s, [](scenario::Scenario& s) {
        s.host.tw_reuse = scenario::TwReuse::on;
        s.host.tw_reuse_delay = 100ms;
    });
}

}  // namespace
}  // namespace portdrought::model
