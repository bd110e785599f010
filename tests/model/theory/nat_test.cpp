// NATs behind the whole model engine, hosts and SYNs sent again included, beside the closed forms of what they carry.
#include <gtest/gtest.h>

#include "analysis/laws/capacity.hpp"
#include "analysis/laws/probing.hpp"
#include "model/theory/model_runs.hpp"

namespace portdrought::model {
namespace {

scenario::Nat cloud(core::Duration after_fin, core::Duration after_reset) {
    scenario::Nat nat;
    nat.profile = "made for a test";
    nat.after_fin = after_fin;
    nat.after_reset = after_reset;
    return nat;
}

struct Row {
    const char* name;
    scenario::Nat nat;
    std::uint32_t hosts;
    std::uint64_t capacity;
    core::Duration hold;
    bool resets = false;
    double load = 1.05;  // times the ceiling
    int window = 10;     // residences

    core::Duration residence() const { return hold + (resets ? nat.after_reset : nat.after_fin); }
};

/// Hosts with so many ports that the NAT alone limits them and hardly a tuple comes twice within its time: those find
/// their old place again (conntrack), which the laws do not know.
scenario::Scenario behind(const scenario::Nat& nat, std::uint32_t hosts) {
    scenario::Scenario scenario = loss_system(50'000);
    scenario.topology.hosts = hosts;
    scenario.nat = nat;
    scenario.load.arrivals = core::Arrivals::poisson;
    scenario.load.linger.reset();
    scenario.host.port_choice = scenario::PortChoice::random;
    return scenario;
}

/// Connections a second over `window` residences after the first two. Where the overload is a wave, the window begins
/// and ends somewhere in it: what that may distort is (1 - 1/load) / window, half a per cent.
double carried(const Row& row, double ceiling) {
    scenario::Scenario scenario = behind(row.nat, row.hosts);
    if (row.resets) scenario.load.linger = 0s;
    scenario.load.hold = row.hold;
    scenario.load.rate = core::Rate{row.load * ceiling / row.hosts};
    scenario.load.duration = (2 + row.window) * row.residence() + row.residence() / 2;
    scenario.lab.sample = row.residence() / 5;
    const ModelRun run = run_model(scenario);
    const core::OutcomeCounts& outcomes = run.record.totals.outcomes;
    EXPECT_EQ(outcomes[core::Outcome::ok] + outcomes[core::Outcome::timeout], run.record.totals.attempts) << row.name;
    const double residence_s = core::seconds(row.residence());
    return static_cast<double>(sum(run, 2.1 * residence_s, (2.1 + row.window) * residence_s).ok) /
           (row.window * residence_s);
}

TEST(TheoryNat, CarriesTheCeilingsOfClouds) {
    scenario::Nat aws = cloud(60s, 60s), azure = cloud(65s, 16s), google = cloud(120s, 120s),
                  conntrack = cloud(120s, 10s), balancer = cloud(240s, 15s);
    aws.connections_per_destination = 55'000;
    azure.connections_per_destination = 50'000;
    google.ports_per_host = 64;
    conntrack.port_choice = scenario::NatPorts::preserve;
    scenario::Nat small_conntrack = conntrack;
    small_conntrack.ports = {1024, 17'407};
    balancer.ports = {1024, 65'023};
    balancer.ports_by_hosts = {{50, 1024}, {100, 512}, {200, 256}, {400, 128}, {800, 64}, {1000, 32}};
    const Row rows[] = {
        {"AWS NAT gateway", aws, 10, 55'000, 0s},
        {"AWS NAT gateway, held for 20 s", aws, 10, 55'000, 20s},
        {"Azure NAT gateway", azure, 10, 50'000, 0s},
        {"Azure NAT gateway, resets", azure, 10, 50'000, 0s, true},
        {"Google Cloud NAT, one VM", google, 1, 64, 0s, false, 2, 100},
        {"Google Cloud NAT, 100 VMs", google, 100, 6400, 1s, false, 2, 40},
        {"Azure load balancer, 100 instances", balancer, 100, 51'200, 0s, false, 1.3, 12},
        {"Linux", conntrack, 500, 64'512, 0s},
        {"Linux, resets, 16,384 ports", small_conntrack, 200, 16'384, 0s, true},
    };
    for (const Row& row : rows) {
        const double ceiling = laws::sustainable_rate(row.capacity, row.residence());
        EXPECT_NEAR(carried(row, ceiling) / ceiling, 1, 0.01) << row.name;
    }
}

/// What a run shows of a NAT between two times.
struct NatShown {
    double in_use = 0;  // mean
    double law = 0;     // mean share of SYNs that find no port, from the ports in use at each time
    double dropped = 0;
    double flows_per_s = 0;
};

NatShown shown(const ModelRun& run, double ports, double from_s, double to_s) {
    NatShown all;
    const record::Sample *first = nullptr, *last = nullptr;
    double count = 0;
    for (const record::Sample& sample : run.record.samples) {
        if (sample.t_s < from_s || sample.t_s > to_s) continue;
        if (first == nullptr) first = &sample;
        last = &sample;
        const auto in_use = static_cast<double>(sample.nat_in_use.value());
        all.in_use += in_use;
        all.law += laws::bounded_probing_failure(in_use / ports, 249);
        ++count;
    }
    const auto flows = static_cast<double>(last->connected - first->connected);
    const auto dropped = static_cast<double>(*last->nat_dropped - *first->nat_dropped);
    all.in_use /= count;
    all.law /= count;
    all.dropped = dropped / (dropped + flows);
    all.flows_per_s = flows / (last->t_s - first->t_s);
    return all;
}

// The law takes each try for a new draw. A flow whose port is taken gets the next free one, and so runs of taken ports
// grow, in which the neighbours that are tried next are taken too: more fail.
TEST(TheoryNat, BoundedProbingFailsAtLeastAsOftenAsTheLawSays) {
    constexpr std::uint32_t ports = 16'384, hosts = 200;
    scenario::Nat nat = cloud(120s, 10s);
    nat.port_choice = scenario::NatPorts::preserve;
    nat.ports = {1024, 1023 + ports};
    for (const double load : {0.9, 0.96, 0.98, 1.0, 1.02}) {
        scenario::Scenario scenario = behind(nat, hosts);
        scenario.load.linger = 0s;
        scenario.load.rate = core::Rate{rate_for(load, ports, nat.after_reset).per_second / hosts};
        scenario.load.duration = 60s;
        const NatShown found = shown(run_model(scenario), ports, 20, 60);
        EXPECT_NEAR(laws::little(core::Rate{found.flows_per_s}, nat.after_reset) / found.in_use, 1, 0.01) << load;
        EXPECT_GE(found.dropped, found.law) << load;
    }
}

}  // namespace
}  // namespace portdrought::model
