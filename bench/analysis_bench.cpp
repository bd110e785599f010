// What a report costs once the runs are over: comparing 1,000 records of 10,000 samples, and reading a record of 5 MB
// beside a yardstick that only parses it.
#include <benchmark/benchmark.h>

#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include "analysis/compare/comparison.hpp"
#include "analysis/stats/mann_whitney.hpp"
#include "analysis/stats/shift.hpp"
#include "bench/yardstick/bare_json.hpp"
#include "record/record_file.hpp"

namespace portdrought {
namespace {

using record::RunRecord;

constexpr std::size_t samples_per_record = 10'000;
// As many as a run's samples have, with names about as long.
constexpr const char* counter_names[] = {
    "Tcp.ActiveOpens",    "Tcp.AttemptFails", "Tcp.CurrEstab",        "Tcp.EstabResets",
    "Tcp.InErrs",         "Tcp.InSegs",       "Tcp.OutRsts",          "Tcp.OutSegs",
    "Tcp.PassiveOpens",   "Tcp.RetransSegs",  "TcpExt.ListenDrops",   "TcpExt.ListenOverflows",
    "TcpExt.PAWSActive",  "TcpExt.PAWSEstab", "TcpExt.TCPSynRetrans", "TcpExt.TCPTimeWaitOverflow",
    "TcpExt.TCPTimeouts", "TcpExt.TW",        "TcpExt.TWKilled",      "TcpExt.TWRecycled"};

void add_sample(RunRecord& record, std::size_t i, bool with_counters) {
    record::Sample& sample = record.samples.emplace_back();
    sample.t_s = static_cast<double>(i + 1) * 0.1;
    sample.attempts = (i + 1) * 80;
    sample.connected = (i + 1) * 70;
    sample.outcomes[core::Outcome::ok] = (i + 1) * 70;
    sample.outcomes[core::Outcome::no_port_connect] = (i + 1) * 10;
    sample.time_wait = 3000 + i % 900;
    sample.established = i % 7;
    if (with_counters)
        for (const char* name : counter_names) sample.counters[name] = 60 * i;
    if (i % 10 != 9) return;
    sample.time_wait_client = 3000 + i % 900;
    sample.time_wait_server = 0;
    sample.fin_wait_2 = 0;
    sample.ports_in_use = 3000 + i % 900;
    sample.ports_free = 976 - i % 900;
    sample.ports_reusable = 0;
}

RunRecord made(const std::string& variant, std::mt19937& random, bool with_counters) {
    std::normal_distribution<double> noise(0, 1);
    RunRecord record;
    record.tool_version = "0.1.0";
    record.scenario.name = "made";
    record.scenario.variant = variant;
    record.totals.attempts = 800'000;
    record.totals.outcomes[core::Outcome::ok] = 700'000 + static_cast<std::uint64_t>(100 * noise(random) + 5000);
    record.totals.outcomes[core::Outcome::no_port_connect] =
        record.totals.attempts - record.totals.outcomes[core::Outcome::ok];
    record.totals.connected = record.totals.outcomes[core::Outcome::ok];
    record.totals.ports_capacity = 3976;
    record.totals.cost.cpu_us_per_connection = 50 + noise(random);
    record.totals.cost.resets_seen_by_peer = static_cast<std::uint64_t>(1000 + 10 * noise(random));
    for (int i = 0; i < 1000; ++i) record.connect.add(core::from_seconds((50 + 5 * std::abs(noise(random))) / 1e6));
    record.samples.reserve(samples_per_record);
    for (std::size_t i = 0; i < samples_per_record; ++i) add_sample(record, i, with_counters);
    return record;
}

/// 1,000 records of `variants` variants, which is 1,000 / variants repeats.
void compare_thousand(benchmark::State& state) {
    constexpr std::size_t records = 1000, distinct = 100;
    const auto variants = static_cast<std::size_t>(state.range(0));
    // Samples of so many records would take 10 GB. A hundred are made; each stands for ten.
    std::mt19937 random(1);
    std::vector<RunRecord> own;
    for (std::size_t i = 0; i < distinct; ++i)
        own.push_back(made("variant " + std::to_string(i % variants), random, false));
    std::vector<const RunRecord*> all;
    for (std::size_t i = 0; i < records; ++i) all.push_back(&own[i % distinct]);
    for (auto _ : state) {
        const compare::Comparison comparison = compare::compare(all);
        if (comparison.variants.size() != variants) return state.SkipWithError("variants were lost");
        benchmark::DoNotOptimize(comparison.variants.data());
    }
}
BENCHMARK(compare_thousand)->Arg(2)->Arg(10)->Arg(20)->Arg(50)->ArgName("variants")->Unit(benchmark::kMillisecond);

/// Test, shift and interval of one metric, `n` and `n` values without ties; 51 and more are approximated.
void judge_one_metric(benchmark::State& state) {
    std::mt19937 random(2);
    std::normal_distribution<double> noise(0, 1);
    std::vector<double> a(static_cast<std::size_t>(state.range(0))), b(a.size());
    for (double& value : a) value = noise(random);
    for (double& value : b) value = noise(random);
    for (auto _ : state) {
        benchmark::DoNotOptimize(stats::mann_whitney(a, b).p);
        benchmark::DoNotOptimize(stats::shift(a, b).estimate);
    }
}
BENCHMARK(judge_one_metric)->Arg(9)->Arg(50)->Arg(500)->Unit(benchmark::kMicrosecond);

/// A record in a file that goes with it.
class RecordFile {
public:
    RecordFile() {
        std::mt19937 random(3);
        RunRecord record = made("read", random, true);
        // Up to 5 MB with further samples.
        while (record::to_json(record).size() < 5'000'000)
            for (int i = 0; i < 1000; ++i) add_sample(record, record.samples.size(), true);
        path_ = std::filesystem::temp_directory_path() / ("portdrought-bench-" + std::to_string(::getpid()) + ".json");
        record::write_atomically(record, path_);
    }
    RecordFile(const RecordFile&) = delete;
    RecordFile& operator=(const RecordFile&) = delete;
    ~RecordFile() { std::filesystem::remove(path_); }

    const std::string& path() const { return path_; }
    double megabytes() const { return static_cast<double>(std::filesystem::file_size(path_)) / 1e6; }

private:
    std::string path_;
};

void read_record(benchmark::State& state) {
    const RecordFile file;
    std::size_t samples = 0;
    for (auto _ : state) samples = record::read_file(file.path()).samples.size();
    if (samples < samples_per_record) return state.SkipWithError("samples were lost");
    state.counters["MB"] = file.megabytes();
    state.counters["samples"] = static_cast<double>(samples);
}
BENCHMARK(read_record)->Unit(benchmark::kMillisecond);

void yardstick_parse(benchmark::State& state) {
    const RecordFile file;
    for (auto _ : state) benchmark::DoNotOptimize(bench::read_and_parse(file.path()));
    state.counters["MB"] = file.megabytes();
}
BENCHMARK(yardstick_parse)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace portdrought
