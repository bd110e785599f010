// What a modelled connection costs at a NAT: open and close it, and give back the port of the one whose time is over,
// at 50 % and 99 % of the ports taken. Beside it a yardstick that looks at nothing: a random place of a table with an
// entry per port is written. Each says how many bytes it takes.
#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "model/nat/nat.hpp"
#include "model/random.hpp"

namespace portdrought::model {
namespace {

constexpr core::Duration gap{1000};

struct Setup {
    scenario::Nat nat;
    std::uint32_t hosts;
    std::uint32_t taken;  // ports, in the steady state
};

Setup shared(scenario::NatPorts choice, std::uint32_t percent) {
    Setup setup{{}, 1000, 0};
    setup.nat.profile = "made for a benchmark";
    setup.nat.port_choice = choice;
    setup.taken = setup.nat.ports.size() * percent / 100;
    return setup;
}

Setup shares(std::uint32_t percent) {
    Setup setup{{}, 100'000, 0};
    setup.nat.profile = "made for a benchmark";
    setup.nat.addresses = 100;
    setup.nat.ports_per_host = 64;
    setup.taken = setup.hosts * 64 * percent / 100;
    return setup;
}

/// Every host in turn, each from its next port: a port stays taken for as long as it takes to open `taken` others.
class Hosts {
public:
    explicit Hosts(Setup setup) : setup_(with_times(std::move(setup))), nat_(setup_.nat, setup_.hosts, 1, 1) {
        for (std::uint32_t i = 0; i < 2 * setup_.taken; ++i) connect();
    }

    bool connect() {
        if (++host_ == setup_.hosts) {
            host_ = 0;
            if (++port_ < 32'768) port_ = 32'768;
        }
        now_ += gap;
        const auto mapping = nat_.open({host_, port_, 0}, now_);
        if (mapping) nat_.close(*mapping, FlowEnd::fin, now_);
        return mapping.has_value();
    }

    std::uint64_t bytes() const { return nat_.bytes(); }

private:
    static Setup with_times(Setup setup) {
        setup.nat.after_fin = gap * setup.taken;
        return setup;
    }

    Setup setup_;
    Nat nat_;
    std::uint32_t host_ = 0;
    std::uint16_t port_ = 32'768;
    core::Instant now_{0};
};

void nat(benchmark::State& state, const Setup& setup) {
    Hosts hosts(setup);
    std::int64_t dropped = 0;
    for (auto _ : state) dropped += hosts.connect() ? 0 : 1;
    state.SetItemsProcessed(state.iterations());
    state.counters["dropped"] = static_cast<double>(dropped) / static_cast<double>(state.iterations());
    state.counters["bytes"] = static_cast<double>(hosts.bytes());
}

void random_table(benchmark::State& state) {
    std::vector<std::uint64_t> table(static_cast<std::size_t>(state.range(0)));
    Random random(1);
    for (auto _ : state) benchmark::DoNotOptimize(++table[random.below(static_cast<std::uint32_t>(table.size()))]);
    state.SetItemsProcessed(state.iterations());
    state.counters["bytes"] = static_cast<double>(table.size() * sizeof table[0]);
}
BENCHMARK(random_table)->Arg(64'512)->Arg(6'400'000);

[[maybe_unused]] const bool registered = [] {
    for (const std::uint32_t percent : {50U, 99U}) {
        const std::string at = "/" + std::to_string(percent);
        const Setup setups[] = {shared(scenario::NatPorts::random, percent),
                                shared(scenario::NatPorts::sequential, percent),
                                shared(scenario::NatPorts::preserve, percent), shares(percent)};
        const char* const names[] = {"nat/random", "nat/sequential", "nat/preserve", "nat/100000_hosts_of_64"};
        for (std::size_t i = 0; i < std::size(setups); ++i)
            benchmark::RegisterBenchmark((names[i] + at).c_str(), nat, setups[i]);
    }
    return true;
}();

}  // namespace
}  // namespace portdrought::model
