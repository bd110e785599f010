// The model engine as a whole: connections played per second, offers, books, histograms and samples included, beside
// random access to a table as large as the ports. items_per_second counts connections (attempts).
#include <benchmark/benchmark.h>

#include <vector>

#include "model/model_engine.hpp"

namespace portdrought {
namespace {

using namespace std::chrono_literals;

/// One destination, 60 s of TIME_WAIT, `taken` of the range on average, for so many connections.
scenario::Scenario one_destination(double taken, double connections) {
    scenario::Scenario scenario;
    scenario.lab.engine = scenario::Engine::model;
    scenario.host.timed_wait_delay = 60s;
    const double rate = taken * scenario.host.ports.size() / 60;
    scenario.load.rate = core::Rate{rate};
    scenario.load.duration = core::from_seconds(connections / rate);
    return scenario;
}

void play(benchmark::State& state, const scenario::Scenario& scenario) {
    std::uint64_t connections = 0;
    for (auto _ : state) {
        model::ModelEngine engine;
        connections += engine.run(scenario, 1, {}).totals.attempts;
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(connections));
}

/// Constant delay, the next port: what an event and its books cost.
void Model_Sequential(benchmark::State& state) {
    scenario::Scenario scenario = one_destination(0.5, 1e7);
    scenario.host.profile = "windows-2000";  // no CPU is charged
    scenario.host.port_choice = scenario::PortChoice::sequential;
    play(state, scenario);
}

void Model_Linux618_Half(benchmark::State& state) { play(state, one_destination(0.45, 1e7)); }
void Model_Linux618_NearlyFull(benchmark::State& state) {
    scenario::Scenario scenario = one_destination(0.99, 1e7);
    scenario.host.profile = "freebsd";  // no CPU is charged, which would not suffice for the walks
    scenario.lab.sample = 1s;
    play(state, scenario);
}

/// Random arrivals and holds of their own: a heap instead of a ring.
void Model_Poisson_Exponential(benchmark::State& state) {
    scenario::Scenario scenario = one_destination(0.5, 1e6);
    scenario.load.arrivals = core::Arrivals::poisson;
    scenario.load.hold = 10s;
    scenario.load.hold_distribution = core::HoldDistribution::exponential;
    scenario.load.in_flight = 100'000;
    play(state, scenario);
}

/// Hosts behind a NAT whose ports suffice for most of them.
void Model_HostsBehindNat(benchmark::State& state) {
    scenario::Scenario scenario;
    scenario.lab.engine = scenario::Engine::model;
    scenario.lab.sample = 10s;
    scenario.topology.hosts = static_cast<std::uint32_t>(state.range(0));
    scenario.nat.profile = "azure-nat-gateway";
    scenario.nat.addresses = 8;
    scenario.nat.after_fin = 65s;
    scenario.host.timed_wait_delay = 60s;
    scenario.load.arrivals = core::Arrivals::poisson;
    scenario.load.rate = core::Rate{6000.0 / scenario.topology.hosts};
    scenario.load.duration = 200s;
    play(state, scenario);
}

/// Reads and writes at random in as many words as there are ports: what memory alone costs.
void Yardstick_RandomAccess(benchmark::State& state) {
    std::vector<std::uint64_t> table(28'232);
    std::uint64_t place = 0;
    for (auto _ : state) {
        place = (place * 6364136223846793005ULL + 1442695040888963407ULL);
        benchmark::DoNotOptimize(++table[(place >> 33) % table.size()]);
    }
    state.SetItemsProcessed(state.iterations());
}

BENCHMARK(Model_Sequential)->Unit(benchmark::kMillisecond);
BENCHMARK(Model_Linux618_Half)->Unit(benchmark::kMillisecond);
BENCHMARK(Model_Linux618_NearlyFull)->Unit(benchmark::kMillisecond);
BENCHMARK(Model_Poisson_Exponential)->Unit(benchmark::kMillisecond);
BENCHMARK(Model_HostsBehindNat)->Arg(1'000)->Arg(100'000)->Unit(benchmark::kMillisecond);
BENCHMARK(Yardstick_RandomAccess);

}  // namespace
}  // namespace portdrought
