// What making a TIME_WAIT length real costs per entry, and how exact the lengths become: once for the removal alone,
// once inline in a worker that is busy making connections.
#include <benchmark/benchmark.h>

#include <atomic>
#include <functional>
#include <stdexcept>
#include <vector>

#include "bench/isolated.hpp"
#include "load/worker.hpp"
#include "os/clock.hpp"
#include "os/net/loopback_pair.hpp"
#include "os/net/socket_cookie.hpp"
#include "timed_wait/enforcer.hpp"

namespace portdrought::bench {
namespace {

constexpr double us_per_s = 1e6;

double microseconds(core::Duration duration) { return core::seconds(duration) * us_per_s; }

constexpr int chunk = 250;  // connections open at a time

// Connections whose clients close first; what the enforcer has to be told is told. Returns the CPU time of telling.
core::Duration make_time_waits(timed_wait::Enforcer& enforcer, const os::FileDescriptor& listener) {
    std::vector<os::LoopbackPair> pairs;
    pairs.reserve(chunk);
    for (int i = 0; i < chunk; ++i) pairs.push_back(os::connect_to(listener));
    const auto open = os::thread_cpu_time();
    for (const auto& pair : pairs) enforcer.closing(pair.tuple, os::socket_cookie(pair.client.get()));
    const auto told = os::thread_cpu_time() - open;
    for (auto& pair : pairs) {
        pair.client.reset();
        pair.server.reset();
    }
    const auto closed = os::thread_cpu_time();
    for (const auto& pair : pairs) enforcer.entered(pair.tuple, core::Instant{0});
    return told + (os::thread_cpu_time() - closed);
}

Figures removal(int entries) {
    timed_wait::Enforcer enforcer(std::chrono::seconds{1});
    const os::FileDescriptor listener = os::listen_on_loopback();
    core::Duration telling{0};
    for (int made = 0; made < entries; made += chunk) telling += make_time_waits(enforcer, listener);
    const auto before = os::thread_cpu_time();
    const std::size_t reaped = enforcer.reap(std::chrono::seconds{2}, [] { return core::Instant{0}; });
    const auto cpu = os::thread_cpu_time() - before;
    if (reaped != static_cast<std::size_t>(entries) || enforcer.already_gone() != 0)
        throw std::runtime_error("not every entry was there to be removed");
    return {{"removal_us", microseconds(cpu) / entries}, {"telling_us", microseconds(telling) / entries}};
}

scenario::Scenario busy_worker() {
    scenario::Scenario scenario;
    scenario.load.rate = core::Rate{4000};
    scenario.load.duration = std::chrono::seconds{2};
    scenario.host.ports = {first_port, last_port};
    scenario.host.timed_wait_delay = std::chrono::milliseconds{500};
    scenario.server.port = 700;
    return scenario;
}

Figures inline_in_a_worker() {
    const scenario::Scenario scenario = busy_worker();
    const os::RunClock clock(os::RunClock::Steady::now());
    load::Worker worker(scenario, 0, clock);
    const std::atomic<bool> stop = false;
    worker.run(stop);
    const timed_wait::Enforcer& enforcer = *worker.enforcer();
    const core::Histogram& lateness = enforcer.lateness();
    if (lateness.count() == 0) throw std::runtime_error("no entry was removed");
    return {{"entries", static_cast<double>(lateness.count())},
            {"cpu_us_per_entry", microseconds(enforcer.cpu()) / static_cast<double>(lateness.count())},
            {"late_p50_us", microseconds(lateness.quantile(0.5))},
            {"late_p99_us", microseconds(lateness.quantile(0.99))}};
}

void report(benchmark::State& state, const std::function<Figures()>& measure) {
    for (auto _ : state) {
        try {
            for (const auto& [name, value] : run_isolated(measure)) state.counters[name] = value;
        } catch (const std::exception& error) {
            state.SkipWithError(error.what());
            return;
        }
    }
}

void enforcer_removal(benchmark::State& state) {
    report(state, [&] { return removal(static_cast<int>(state.range(0))); });
}
BENCHMARK(enforcer_removal)->Arg(1'000)->Arg(10'000)->Iterations(1)->Repetitions(5)->Unit(benchmark::kMillisecond);

void enforcer_inline(benchmark::State& state) { report(state, inline_in_a_worker); }
BENCHMARK(enforcer_inline)->Iterations(1)->Repetitions(5)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace portdrought::bench
