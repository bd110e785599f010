// Connections per second and CPU per connection of our generator beside two yardsticks, each repetition in a fresh
// namespace. Our contender is the load alone (no probe, no enforcer), which is what the yardsticks are, too.
#include <benchmark/benchmark.h>

#include <atomic>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <thread>
#include <vector>

#include "bench/cpu_time.hpp"
#include "bench/isolated.hpp"
#include "bench/yardstick/raw_epoll.hpp"
#include "bench/yardstick/raw_loop.hpp"
#include "load/worker.hpp"
#include "os/run_clock.hpp"

namespace portdrought::bench {
namespace {

using Clock = std::chrono::steady_clock;

// Short enough that even 60,000 connections a second stay clear of the knee of the port search.
constexpr auto run_length = std::chrono::milliseconds{500};
constexpr std::uint16_t server_port = 700;
constexpr unsigned in_flight = 16;

Work work_of(Traffic traffic, unsigned worker) {
    return {{0x7f000001, static_cast<std::uint16_t>(server_port + worker)}, traffic, run_length};
}

// Joins its threads before an exception of one of them goes on.
std::uint64_t on_threads(unsigned count, const std::function<std::uint64_t(unsigned)>& run) {
    std::vector<std::uint64_t> results(count);
    std::vector<std::exception_ptr> failures(count);
    std::vector<std::thread> threads;
    for (unsigned i = 0; i < count; ++i)
        threads.emplace_back([&, i] {
            try {
                results[i] = run(i);
            } catch (...) {
                failures[i] = std::current_exception();
            }
        });
    for (std::thread& thread : threads) thread.join();
    std::uint64_t total = 0;
    for (unsigned i = 0; i < count; ++i) {
        if (failures[i]) std::rethrow_exception(failures[i]);
        total += results[i];
    }
    return total;
}

std::uint64_t raw_loop(Traffic traffic, unsigned workers) {
    if (workers == 1) return RawLoop(work_of(traffic, 0)).run();
    return on_threads(workers, [&](unsigned i) { return RawLoop(work_of(traffic, i)).run(); });
}

std::uint64_t raw_epoll(Traffic traffic, unsigned) { return run_raw_epoll(work_of(traffic, 0), in_flight); }

scenario::Scenario closed_loop(Traffic traffic, unsigned workers) {
    scenario::Scenario scenario;
    scenario.load.rate = std::nullopt;
    scenario.load.duration = run_length;
    scenario.load.in_flight = in_flight * workers;
    scenario.load.request_bytes = scenario.load.response_bytes = traffic == Traffic::crr ? 1 : 0;
    scenario.load.workers = workers;
    scenario.host.ports = {first_port, last_port};
    scenario.host.destinations = workers;
    scenario.server.port = server_port;
    return scenario;
}

std::uint64_t our_generator(Traffic traffic, unsigned workers) {
    const scenario::Scenario scenario = closed_loop(traffic, workers);
    const os::RunClock clock(Clock::now());
    std::vector<std::unique_ptr<load::Worker>> own;
    for (unsigned i = 0; i < workers; ++i) own.push_back(std::make_unique<load::Worker>(scenario, i, clock));
    const std::atomic<bool> stop = false;
    if (workers == 1) {
        own.front()->run(stop);
    } else {
        on_threads(workers, [&](unsigned i) {
            own[i]->run(stop);
            return 0;
        });
    }
    std::uint64_t connected = 0, failed = 0;
    for (const auto& worker : own) {
        connected += worker->live().connected.value();
        failed += worker->live().attempts.value() -
                  worker->live().outcomes[static_cast<std::size_t>(core::Outcome::ok)].value();
    }
    if (failed > std::uint64_t{in_flight} * workers)
        throw std::runtime_error(std::to_string(failed) + " attempts failed");
    return connected;
}

using Contender = std::uint64_t (*)(Traffic, unsigned workers);

Figures measure(Contender contender, Traffic traffic, unsigned workers) {
    const auto cpu_before = process_cpu_time();
    const auto began = Clock::now();
    const auto connections = static_cast<double>(contender(traffic, workers));
    const std::chrono::duration<double> wall = Clock::now() - began;
    const std::chrono::duration<double> cpu = process_cpu_time() - cpu_before;
    if (connections / workers > search_knee)
        throw std::runtime_error("this machine is fast enough to reach the knee of the port search: shorten the run");
    return {{"connections", connections}, {"wall_s", wall.count()}, {"cpu_s", cpu.count()}};
}

void generator(benchmark::State& state, Contender contender, Traffic traffic, unsigned workers) {
    for (auto _ : state) {
        try {
            const Figures run = run_isolated([&] { return measure(contender, traffic, workers); });
            state.SetIterationTime(run.at("wall_s"));
            state.counters["conn_per_s"] = run.at("connections") / run.at("wall_s");
            state.counters["cpu_us_per_conn"] = run.at("cpu_s") * 1e6 / run.at("connections");
        } catch (const std::exception& error) {
            state.SkipWithError(error.what());
            return;
        }
    }
}

void contend(const char* name, Contender contender, unsigned workers) {
    for (const auto& [traffic, kind] : {std::pair{Traffic::cc, "cc"}, std::pair{Traffic::crr, "crr"}})
        benchmark::RegisterBenchmark((std::string(kind) + "/" + name).c_str(), generator, contender, traffic, workers)
            ->UseManualTime()
            ->Iterations(1)
            ->Repetitions(9)
            ->ReportAggregatesOnly(false)
            ->Unit(benchmark::kMillisecond);
}

}  // namespace
}  // namespace portdrought::bench

int main(int argc, char** argv) {
    using namespace portdrought::bench;
    contend("raw_loop", raw_loop, 1);
    contend("raw_loop_2_workers", raw_loop, 2);
    contend("raw_epoll_2_threads", raw_epoll, 1);
    contend("portdrought", our_generator, 1);
    contend("portdrought_2_workers", our_generator, 2);
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
}
