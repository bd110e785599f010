// Reading a scenario: TOML, defaults, profile, variants and every rule. Done once per command, so it only must not be
// felt.
#include <benchmark/benchmark.h>

#include "scenario/catalogue.hpp"
#include "scenario/reader.hpp"

namespace portdrought::scenario {
namespace {

void read_scenario(benchmark::State& state, std::string_view name) {
    const CatalogueEntry* entry = find_scenario(name);
    if (entry == nullptr) return state.SkipWithError("not in the catalogue");
    for (auto _ : state) {
        const Reading reading = read(entry->text, entry->file, {}, Limits{});
        if (!reading.is_valid()) return state.SkipWithError("the scenario has mistakes");
        benchmark::DoNotOptimize(reading.variants.size());
    }
}
BENCHMARK_CAPTURE(read_scenario, two_variants, "article")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(read_scenario, four_variants, "timed-wait-delay")->Unit(benchmark::kMicrosecond);

// The dear case: an unknown key is compared with every known one.
void read_mistakes(benchmark::State& state) {
    const std::string text = "[load]\nduratoin = \"600s\"\nrate = \"fast\"\n[hots]\nports = \"1-2\"\n";
    for (auto _ : state) {
        const Reading reading = read(text, "broken.toml", {}, Limits{});
        if (reading.complaints.size() < 3) return state.SkipWithError("too few complaints");
        benchmark::DoNotOptimize(reading.complaints.data());
    }
}
BENCHMARK(read_mistakes)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace portdrought::scenario
