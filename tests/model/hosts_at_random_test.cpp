// Thousands of random steps of hosts beside a list of pairs.
#include <gtest/gtest.h>

#include <functional>
#include <numeric>
#include <random>
#include <vector>

#include "model/hosts.hpp"
#include "model/naive_hosts.hpp"
#include "model/runs.hpp"

namespace portdrought::model {
namespace {

using namespace std::chrono_literals;
using core::Closer, core::Duration, core::Instant;
using scenario::Scenario;

/// Thousands of random steps, after each of which everything is as a list of pairs has it.
class RandomSteps {
public:
    RandomSteps(const Scenario& real, std::uint64_t seed)
        : real_(real), hosts_(real, core::Costs{}), naive_(real), random_(seed) {}

    void play(int steps, Duration longest_pause) {
        for (int step = 0; step < steps && !testing::Test::HasFailure(); ++step) {
            now_ += Duration{static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(longest_pause.count()))};
            hosts_.advance(now_);
            naive_.advance(now_);
            if (open_.empty() || random_() % 16 < 9)
                take();
            else
                end();
            compare();
        }
        EXPECT_GT(refused_, 0) << "ports never ran out: the test is too easy";
    }

private:
    using State = NaiveHosts::State;

    std::uint32_t tables() const {
        const Scenario& s = real_;
        return scenario::bind_is_for_all(s.host) ? s.host.sources : hosts_.tuples();
    }

    void take() {
        const auto host = static_cast<std::uint32_t>(random_() % real_.topology.hosts);
        const auto tuple = static_cast<std::uint32_t>(random_() % hosts_.tuples());
        const Taken taken = hosts_.take(host, tuple, now_);
        const std::uint32_t table = host * tables() + tuple % tables();
        if (!taken.pair) {
            ++refused_;
            for (std::uint32_t slot = 0; slot < real_.host.ports.size(); ++slot)
                ASSERT_FALSE(naive_.can_take({table, slot})) << "refused with a port free";
            return;
        }
        ASSERT_EQ((*taken.pair).table, table);
        ASSERT_TRUE(naive_.can_take(*taken.pair));
        ASSERT_EQ(naive_.take(*taken.pair), taken.peer_is_stale);
        hosts_.opened();
        open_.push_back(*taken.pair);
    }

    void end() {
        std::swap(open_[random_() % open_.size()], open_.back());
        const Pair pair = open_.back();
        open_.pop_back();
        hosts_.closed();
        const Closer closer = real_.load.closer;
        if (random_() % 8 == 0) {
            hosts_.release(pair);
            return naive_.release(pair);
        }
        if (!real_.load.passive_closes) {
            hosts_.client_enters_fin_wait_2(pair, now_);
            return naive_.client_waits(pair, State::fin_wait_2);
        }
        if (closer != Closer::client) {
            hosts_.server_enters_time_wait(pair, now_);
            naive_.server_waits(pair);
        }
        if (closer == Closer::server) {
            hosts_.release(pair);
            return naive_.release(pair);
        }
        hosts_.client_enters_time_wait(pair, now_);
        naive_.client_waits(pair, State::time_wait);
    }

    void compare() {
        const Gauges& gauges = hosts_.gauges();
        ASSERT_EQ(gauges.open, open_.size());
        ASSERT_EQ(gauges.ports_in_use, naive_.in_use());
        ASSERT_EQ(gauges.ports_reusable, naive_.reusable());
        ASSERT_EQ(gauges.time_wait_client, naive_.clients(State::time_wait));
        ASSERT_EQ(gauges.time_wait_server, naive_.servers(State::time_wait));
        ASSERT_EQ(gauges.fin_wait_2_client, naive_.clients(State::fin_wait_2));
        ASSERT_EQ(gauges.close_wait, naive_.servers(State::stale));
        ASSERT_EQ(hosts_.events().time_wait, naive_.events.time_wait);
        ASSERT_EQ(hosts_.events().recycled, naive_.events.recycled);
        if (random_() % 16 == 0) compare_ages();
    }

    void compare_ages() {
        hosts_.forget_overtaken();
        const auto tenths = hosts_.left_by_tenth(now_, 3s);
        ASSERT_EQ(std::accumulate(tenths.begin(), tenths.end(), std::uint64_t{0}),
                  hosts_.gauges().time_wait_client + hosts_.gauges().time_wait_server);
        ASSERT_EQ(hosts_.older_than(1s, now_), naive_.older_than(1s));
        ASSERT_EQ(hosts_.oldest(1'000'000).size(), naive_.clients(State::time_wait));
        std::vector<std::uint64_t> taken(tables());
        for (std::uint32_t table = 0; table < tables() * real_.topology.hosts; ++table)
            taken[table % tables()] += naive_.taken(table);
        ASSERT_EQ(hosts_.taken_by_tuple(), taken);
    }

    Scenario real_;
    Hosts hosts_;
    NaiveHosts naive_;
    std::mt19937_64 random_;
    Instant now_{0};
    std::vector<Pair> open_;
    int refused_ = 0;
};

void play(const std::function<void(Scenario&)>& change, Duration longest_pause = 20ms) {
    for (const std::uint64_t seed : {1U, 2U}) {
        Scenario scenario = ten_ports();
        scenario.lab.seed = seed;
        scenario.host.destinations = 2;
        scenario.host.timed_wait_delay = 3s;
        scenario.host.tw_reuse_delay = 500ms;
        scenario.host.fin_timeout = 2s;
        change(scenario);
        RandomSteps(scenario, seed).play(4000, longest_pause);
    }
}

constexpr auto with_reuse = scenario::TwReuse::on;

TEST(HostsAtRandom, ClientsWithoutReuse) {
    play([](Scenario&) {}, 100ms);
}
TEST(HostsAtRandom, ClientsWithReuse) {
    play([](Scenario& s) { s.host.tw_reuse = with_reuse; });
}
TEST(HostsAtRandom, ClientsWithReuseInNaturalTime) {
    play(
        [](Scenario& s) {
            s.host.tw_reuse = with_reuse;
            s.host.timed_wait_delay.reset();
            s.host.tw_reuse_delay = 20s;
        },
        1s);
}
TEST(HostsAtRandom, ServersAndTheirTakeovers) {
    play([](Scenario& s) { s.load.closer = Closer::server; }, 5ms);
}
TEST(HostsAtRandom, BothSidesWithReuse) {
    play([](Scenario& s) {
        s.load.closer = Closer::both;
        s.host.tw_reuse = with_reuse;
    });
}
TEST(HostsAtRandom, BoundPortsShared) {
    play(
        [](Scenario& s) {
            s.load.closer = Closer::both;
            s.host.port_choice = scenario::PortChoice::bound;
            s.host.reuse_address = true;
        },
        5ms);
}
TEST(HostsAtRandom, BoundPortsForAll) {
    play([](Scenario& s) { s.host.bind_before_connect = true; }, 100ms);
}
TEST(HostsAtRandom, HalfClosedOnes) {
    play([](Scenario& s) {
        s.load.passive_closes = false;
        s.host.tw_reuse = with_reuse;
    });
}
TEST(HostsAtRandom, AFullTableOfTimeWait) {
    play(
        [](Scenario& s) {
            s.load.closer = Closer::both;
            s.host.tw_reuse = with_reuse;
            s.host.max_time_wait = 7;
        },
        5ms);
}
TEST(HostsAtRandom, AFullTableOfHalfClosedOnes) {
    play([](Scenario& s) {
        s.load.passive_closes = false;
        s.host.max_time_wait = 15;
    });
}
TEST(HostsAtRandom, SeveralHosts) {
    play(
        [](Scenario& s) {
            s.topology.hosts = 3;
            s.host.sources = 2;
            s.host.tw_reuse = with_reuse;
        },
        8ms);
}

}  // namespace
}  // namespace portdrought::model
