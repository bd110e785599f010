// Random calls on a NAT and on a naive one beside it.
#include <gtest/gtest.h>

#include <functional>

#include "model/nat/made_nats.hpp"
#include "model/nat/naive_conntrack.hpp"
#include "model/nat/naive_gateway.hpp"

namespace portdrought::model {
namespace {

struct Call {
    bool opens;
    NatFlow flow;
    std::size_t which;  // of the open ones to close
    FlowEnd end;
    core::Instant now;
};

struct Open {
    NatFlow flow;
    NatPort port;
};

constexpr std::uint32_t hosts = 7, destinations = 3;

class Calls {
public:
    explicit Calls(std::uint64_t seed) : random_(seed) {}

    /// More opens than closes for a while, then the other way round, so that tables fill and empty.
    Call next(const std::vector<Open>& open) {
        now_ += core::Duration{random_.below(8) * 1'000'000};
        const bool fills = ++count_ / 400 % 2 == 0;
        Call call{random_.below(10) < (fills ? 7 : 3), {}, 0, static_cast<FlowEnd>(random_.below(3)), now_};
        if (open.empty()) call.opens = true;
        do {
            call.flow = {random_.below(hosts), static_cast<std::uint16_t>(1000 + random_.below(150)),
                         random_.below(destinations)};
        } while (std::ranges::count(open, call.flow, &Open::flow) > 0);
        if (!call.opens) call.which = random_.below(static_cast<std::uint32_t>(open.size()));
        return call;
    }

private:
    Random random_;
    core::Instant now_{0};
    std::uint32_t count_ = 0;
};

struct Tally {
    std::uint64_t flows = 0, dropped = 0, peak = 0;
};

/// `open` makes the naive one open too, and compares; `close` likewise.
Tally play(Nat& nat, std::uint64_t seed, const std::function<void(const Call&, std::optional<NatPort>)>& opened,
           const std::function<void(const Call&, NatPort)>& closed,
           const std::function<std::uint64_t(core::Instant)>& in_use) {
    Calls calls(seed);
    std::vector<Open> open;
    Tally tally;
    for (int i = 0; i < 8000 && !testing::Test::HasFailure(); ++i) {
        const Call call = calls.next(open);
        if (call.opens) {
            const auto port = nat.open(call.flow, call.now);
            ++(port ? tally.flows : tally.dropped);
            opened(call, port);
            if (port) open.push_back({call.flow, *port});
        } else {
            nat.close(open[call.which].port, call.end, call.now);
            closed(call, open[call.which].port);
            open.erase(open.begin() + static_cast<std::ptrdiff_t>(call.which));
        }
        EXPECT_EQ(nat.in_use(call.now), in_use(call.now)) << "call " << i;
        tally.peak = std::max(tally.peak, nat.in_use(call.now));
    }
    return tally;
}

void expect_use(const Nat& nat, const Tally& tally) {
    EXPECT_GT(tally.flows, 1000U);
    EXPECT_EQ(nat.use().flows, tally.flows);
    EXPECT_EQ(nat.use().dropped, tally.dropped);
    EXPECT_EQ(nat.dropped(), tally.dropped);
    EXPECT_EQ(nat.use().peak, tally.peak);
}

void hold_to_naive_gateway(const scenario::Nat& values, std::uint64_t seed) {
    Nat nat(values, hosts, destinations, seed);
    NaiveGateway naive(values, hosts);
    const auto opened = [&](const Call& call, std::optional<NatPort> port) {
        const auto right = naive.right_ones(call.flow, call.now);
        ASSERT_EQ(port.has_value(), !right.empty());
        if (!port) return;
        if (values.port_choice == scenario::NatPorts::sequential)
            ASSERT_EQ(*port, right.front());
        else
            ASSERT_EQ(std::ranges::count(right, *port), 1) << port->address << ' ' << port->slot;
        naive.take(call.flow, *port);
    };
    const auto closed = [&](const Call& call, NatPort port) { naive.close(port, call.end, call.now); };
    const Tally tally = play(nat, seed, opened, closed, [&](core::Instant now) { return naive.in_use(now); });
    expect_use(nat, tally);
    EXPECT_GT(tally.dropped, 10U) << "it was never full";
}

/// What became of the NAT's ports.
record::NatUse hold_to_naive_conntrack(const scenario::Nat& values, std::uint64_t seed) {
    Nat nat(values, hosts, destinations, seed);
    NaiveConntrack naive(values, seed);
    const auto opened = [&](const Call& call, std::optional<NatPort> port) {
        ASSERT_EQ(port, naive.open(call.flow, call.now));
    };
    const auto closed = [&](const Call& call, NatPort port) { naive.close(port, call.end, call.now); };
    expect_use(nat, play(nat, seed, opened, closed, [&](core::Instant now) { return naive.in_use(now); }));
    EXPECT_EQ(nat.use().evicted, naive.evicted());
    return nat.use();
}

constexpr scenario::NatPorts all_choices[] = {scenario::NatPorts::random, scenario::NatPorts::sequential,
                                              scenario::NatPorts::preserve};

TEST(NatReference, SharedPoolsDoWhatTheNaiveOneDoes) {
    for (const auto choice : {scenario::NatPorts::random, scenario::NatPorts::sequential}) {
        scenario::Nat nat = small_nat(70);
        nat.port_choice = choice;
        hold_to_naive_gateway(nat, 1);
        nat.addresses = 3;
        nat.ports.last = 1024 + 39;
        nat.connections_per_destination = 23;
        hold_to_naive_gateway(nat, 2);
        nat.max_connections = 120;
        hold_to_naive_gateway(nat, 3);
    }
}

TEST(NatReference, SharesDoWhatTheNaiveOnesDo) {
    for (const auto choice : all_choices) {
        scenario::Nat nat = small_nat(100);
        nat.port_choice = choice;
        nat.ports_per_host = 15;  // of seven hosts the last gets none
        hold_to_naive_gateway(nat, 4);
        nat.addresses = 2;
        nat.ports_per_host = 4;
        nat.max_ports_per_host = 40;
        hold_to_naive_gateway(nat, 5);
        nat.growth = scenario::NatGrowth::block;
        nat.max_connections = 130;
        nat.connections_per_destination = 45;
        hold_to_naive_gateway(nat, 6);
    }
}

TEST(NatReference, ConntrackDoesWhatTheNaiveOneDoes) {
    EXPECT_GT(hold_to_naive_conntrack(preserving_nat(80), 7).dropped, 10U);  // one round of tries sees all ports
    scenario::Nat nat = preserving_nat(150);                                 // several rounds, and some luck
    EXPECT_GT(hold_to_naive_conntrack(nat, 8).dropped, 10U);
    nat.evicts = true;
    EXPECT_GT(hold_to_naive_conntrack(nat, 9).evicted, 10U);
    nat.addresses = 2;
    nat.max_connections = 300;
    EXPECT_GT(hold_to_naive_conntrack(nat, 10).dropped, 10U);
}

TEST(NatReference, TheSameSeedYieldsTheSamePorts) {
    for (const auto choice : all_choices) {
        scenario::Nat values = small_nat(500);
        values.port_choice = choice;
        Nat a(values, 3, 1, 11), b(values, 3, 1, 11);
        for (std::uint16_t i = 0; i < 400; ++i) {
            const NatFlow flow{i % 3U, static_cast<std::uint16_t>(1024 + i / 3), 0};
            ASSERT_EQ(a.open(flow, start), b.open(flow, start));
        }
    }
}

}  // namespace
}  // namespace portdrought::model
