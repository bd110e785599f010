// What looking at TIME_WAIT costs: one census beside the other ways to get the same figures, at several sizes, and the
// sampler's cheap look. CPU time, children included: wall time on a shared machine says little.
#include <benchmark/benchmark.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <functional>
#include <stdexcept>
#include <string>

#include "bench/cpu_time.hpp"
#include "bench/isolated.hpp"
#include "bench/yardstick/raw_loop.hpp"
#include "os/proc_file.hpp"
#include "os/process/pipe.hpp"
#include "os/system_error.hpp"
#include "probe/host_sampler.hpp"
#include "probe/socket_census.hpp"

namespace portdrought::bench {
namespace {

constexpr os::Endpoint server{0x7f000001, 700};
constexpr int rounds = 10;
constexpr int samples = 200;

double milliseconds(std::chrono::nanoseconds time) { return std::chrono::duration<double, std::milli>(time).count(); }

double cpu_ms(int calls, const std::function<void()>& call) {
    const auto before = process_cpu_time() + children_cpu_time();
    for (int i = 0; i < calls; ++i) call();
    return milliseconds(process_cpu_time() + children_cpu_time() - before) / calls;
}

probe::CensusQuestion question() {
    probe::CensusQuestion question;
    question.servers = {{server.address, 1, {server.port, server.port}}};
    question.ports = {first_port, last_port};
    question.capacity = question.ports.size();
    return question;
}

void read_proc_net_tcp() { benchmark::DoNotOptimize(os::read_file("/proc/net/tcp")); }

pid_t start_ss(int output) {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, output, 1);
    const std::array<const char*, 5> arguments{"ss", "-Htan", "state", "time-wait", nullptr};
    pid_t pid = 0;
    const int error =
        ::posix_spawnp(&pid, "ss", &actions, nullptr, const_cast<char* const*>(arguments.data()), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0) throw os::SystemError("start ss (package iproute2)", error);
    return pid;
}

std::int64_t lines_from(int fd) {
    std::int64_t lines = 0;
    std::array<char, 65'536> buffer;
    for (;;) {
        const auto got = os::check("read what ss says", static_cast<int>(::read(fd, buffer.data(), buffer.size())));
        if (got == 0) return lines;
        lines += std::count(buffer.begin(), buffer.begin() + got, '\n');
    }
}

// The figure a census gives, had from ss: its lines, counted.
std::int64_t count_with_ss() {
    os::Pipe pipe = os::open_pipe();
    const pid_t pid = start_ss(pipe.write_end.get());
    pipe.write_end.reset();
    const std::int64_t lines = lines_from(pipe.read_end.get());
    int status = 0;
    os::check("wait for ss", ::waitpid(pid, &status, 0));
    if (status != 0) throw std::runtime_error("ss failed");
    return lines;
}

void expect(const char* who, std::int64_t seen, int made) {
    if (seen != made) throw std::runtime_error(std::string(who) + " saw " + std::to_string(seen) + " entries");
}

Figures looks(int time_waits) {
    RawLoop loop({server, Traffic::cc, {}});
    for (int i = 0; i < time_waits; ++i) loop.make_connection();
    probe::SocketCensus census;
    const auto asked = question();
    const double census_ms = cpu_ms(rounds, [&] {
        expect("the census", static_cast<std::int64_t>(census.take(asked).time_wait_client), time_waits);
    });
    const double ss_ms = cpu_ms(rounds, [&] { expect("ss", count_with_ss(), time_waits); });
    return {{"census_ms", census_ms},
            {"proc_net_tcp_ms", cpu_ms(rounds, read_proc_net_tcp)},
            {"ss_ms", ss_ms},
            {"ss_to_census", ss_ms / census_ms}};
}

Figures sampler(int time_waits) {
    RawLoop loop({server, Traffic::cc, {}});
    for (int i = 0; i < time_waits; ++i) loop.make_connection();
    probe::HostSampler host;
    const double take_ms = cpu_ms(samples, [&] { benchmark::DoNotOptimize(host.take()); });
    constexpr double interval_ms = 100;
    return {{"sample_ms", take_ms}, {"core_percent_at_100_ms", 100 * take_ms / interval_ms}};
}

void report(benchmark::State& state, Figures (*measure)(int)) {
    const int time_waits = static_cast<int>(state.range(0));
    for (auto _ : state) {
        try {
            for (const auto& [name, value] : run_isolated([&] { return measure(time_waits); }))
                state.counters[name] = value;
        } catch (const std::exception& error) {
            state.SkipWithError(error.what());
            return;
        }
    }
}

BENCHMARK_CAPTURE(report, census, looks)
    ->Arg(0)
    ->Arg(1'000)
    ->Arg(10'000)
    ->Arg(28'000)
    ->Iterations(1)
    ->Repetitions(5)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(report, sampler, sampler)
    ->Arg(0)
    ->Arg(28'000)
    ->Iterations(1)
    ->Repetitions(5)
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace portdrought::bench
