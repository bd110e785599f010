// What the generator asks of the brain for every attempt; both must vanish beside a connection's ~50 us of system
// calls.
#include <benchmark/benchmark.h>

#include <random>
#include <vector>

#include "core/connection_cycle.hpp"
#include "core/histogram.hpp"
#include "core/pacer.hpp"

namespace portdrought::core {
namespace {

void pacer(benchmark::State& state, Arrivals arrivals) {
    Pacer pacer(arrivals, Rate{10'000}, 1);
    for (auto _ : state) {
        benchmark::DoNotOptimize(pacer.next_due());
        pacer.advance();
    }
}
BENCHMARK_CAPTURE(pacer, constant, Arrivals::constant);
BENCHMARK_CAPTURE(pacer, poisson, Arrivals::poisson);

std::vector<Duration> latencies() {
    std::mt19937_64 random(1);
    std::lognormal_distribution<double> microseconds(3, 1);
    std::vector<Duration> values(4096);
    for (Duration& value : values) value = from_seconds(microseconds(random) * 1e-6);
    return values;
}

void histogram_add(benchmark::State& state) {
    const auto values = latencies();
    Histogram histogram;
    std::size_t i = 0;
    for (auto _ : state) histogram.add(values[i++ % values.size()]);
    benchmark::DoNotOptimize(histogram.count());
}
BENCHMARK(histogram_add);

void histogram_quantile(benchmark::State& state) {
    Histogram histogram;
    for (const Duration value : latencies()) histogram.add(value);
    for (auto _ : state) benchmark::DoNotOptimize(histogram.quantile(0.99));
}
BENCHMARK(histogram_quantile);

void histogram_merge(benchmark::State& state) {
    Histogram histogram, total;
    for (const Duration value : latencies()) histogram.add(value);
    for (auto _ : state) total.merge(histogram);
    benchmark::DoNotOptimize(total.count());
}
BENCHMARK(histogram_merge);

void connection_cycle(benchmark::State& state) {
    const Exchange exchange;
    for (auto _ : state) {
        ConnectionCycle cycle(Side::server, exchange);
        for (; cycle.action().kind != Action::Kind::finished; cycle.done()) benchmark::DoNotOptimize(cycle.action());
    }
}
BENCHMARK(connection_cycle);

}  // namespace
}  // namespace portdrought::core
