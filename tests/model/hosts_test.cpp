#include "model/hosts.hpp"

#include <gmock/gmock.h>

#include <functional>
#include <set>
#include <vector>

#include "model/runs.hpp"

namespace portdrought::model {
namespace {

using namespace std::chrono_literals;
using core::Closer, core::Instant;
using scenario::Scenario;
using testing::ElementsAre;
using testing::UnorderedElementsAre;

/// Ten ports of one host, taken and closed by hand.
class TenPorts {
public:
    explicit TenPorts(const std::function<void(Scenario&)>& change = [](Scenario&) {})
        : scenario_(changed(change)), hosts_(scenario_, core::Costs{}) {}

    Hosts& hosts() { return hosts_; }
    void go_to(Instant now) { hosts_.advance(now_ = now); }
    std::vector<Pair> take(std::size_t most, std::uint32_t tuple = 0) {
        std::vector<Pair> pairs;
        for (std::size_t i = 0; i < most; ++i)
            if (const Taken taken = hosts_.take(0, tuple, now_); taken.pair) pairs.push_back(*taken.pair);
        return pairs;
    }
    std::size_t free_ports(std::uint32_t tuple = 0) {
        const std::vector<Pair> pairs = take(100, tuple);
        for (const Pair pair : pairs) hosts_.release(pair);
        return pairs.size();
    }
    /// All ten in TIME_WAIT on the client's side since now.
    void use_up() {
        for (const Pair pair : take(10)) hosts_.client_enters_time_wait(pair, now_);
    }

private:
    static Scenario changed(const std::function<void(Scenario&)>& change) {
        Scenario scenario = ten_ports();
        change(scenario);
        return scenario;
    }

    Scenario scenario_;
    Hosts hosts_;
    Instant now_{0};
};

// ---- connect(), port chosen by the kernel

TEST(Hosts, APairInTimeWaitIsNobodysForSixtySecondsAndUpToATickMore) {
    TenPorts ten;
    ten.use_up();
    EXPECT_EQ(ten.free_ports(), 0U);
    ten.go_to(60s);
    EXPECT_EQ(ten.free_ports(), 0U);
    ten.go_to(60s + 2048ms);
    EXPECT_EQ(ten.free_ports(), 10U);
    EXPECT_EQ(ten.hosts().gauges().parked(), 0U);
    EXPECT_EQ(ten.hosts().gauges().ports_in_use, 0U);
}

TEST(Hosts, AnEnforcedTimeWaitEndsExactly) {
    TenPorts ten([](Scenario& s) { s.host.timed_wait_delay = 500ms; });
    ten.use_up();
    ten.go_to(500ms - 1ns);
    EXPECT_EQ(ten.free_ports(), 0U);
    ten.go_to(500ms);
    EXPECT_EQ(ten.free_ports(), 10U);
}

TEST(Hosts, TwReuseTakesAPairOverAMillisecondAfterItsDelay) {
    TenPorts ten([](Scenario& s) { s.host.tw_reuse = scenario::TwReuse::on; });
    ten.use_up();
    ten.go_to(1s);
    EXPECT_EQ(ten.take(1).size(), 0U);
    EXPECT_EQ(ten.hosts().gauges().ports_reusable, 0U);
    ten.go_to(1s + 1ms);
    EXPECT_EQ(ten.hosts().gauges().ports_reusable, 10U);
    EXPECT_EQ(ten.take(11).size(), 10U);
    EXPECT_EQ(ten.hosts().events().recycled, 10U);
    EXPECT_EQ(ten.hosts().gauges().time_wait_client, 0U);
    EXPECT_EQ(ten.hosts().gauges().ports_in_use, 10U);
}

TEST(Hosts, TwReuseNeedsTimestampsAndLoopbackAnAddressOfIt) {
    const auto reusable = [](scenario::TwReuse reuse, bool timestamps, const std::string& address) {
        TenPorts ten([&](Scenario& s) {
            s.host.tw_reuse = reuse;
            s.host.timestamps = timestamps;
            s.server.address = address;
        });
        ten.use_up();
        ten.go_to(2s);
        return ten.take(10).size();
    };
    using enum scenario::TwReuse;
    EXPECT_EQ(reusable(off, true, "127.0.0.1"), 0U);
    EXPECT_EQ(reusable(on, true, "127.0.0.1"), 10U);
    EXPECT_EQ(reusable(on, false, "127.0.0.1"), 0U);
    EXPECT_EQ(reusable(on, true, "fd00::1"), 10U);
    EXPECT_EQ(reusable(loopback, true, "127.0.0.1"), 10U);
    EXPECT_EQ(reusable(loopback, true, "::1"), 10U);
    EXPECT_EQ(reusable(loopback, true, "fd00::1"), 0U);
    EXPECT_EQ(reusable(loopback, false, "127.0.0.1"), 0U);
}

TEST(Hosts, TwReuseLaterThanTimeWaitChangesNothing) {
    TenPorts ten([](Scenario& s) {
        s.host.tw_reuse = scenario::TwReuse::on;
        s.host.timed_wait_delay = 500ms;
    });
    ten.use_up();
    ten.go_to(500ms);
    EXPECT_EQ(ten.take(10).size(), 10U);
    EXPECT_EQ(ten.hosts().events().recycled, 0U);
}

TEST(Hosts, APairTakenOverIsNotReleasedByItsOldEnd) {
    TenPorts ten([](Scenario& s) {
        s.host.tw_reuse = scenario::TwReuse::on;
        s.host.timed_wait_delay = 3s;
    });
    ten.use_up();  // ends at 3 s
    ten.go_to(2s);
    for (const Pair pair : ten.take(10)) ten.hosts().client_enters_time_wait(pair, 2s);  // ends at 5 s
    ten.go_to(3s);
    EXPECT_EQ(ten.hosts().gauges().time_wait_client, 10U);
    EXPECT_EQ(ten.take(1).size(), 0U);
    ten.go_to(3001ms);
    EXPECT_EQ(ten.take(5).size(), 5U);  // open at the end of their second TIME_WAIT
    ten.go_to(5s);
    EXPECT_EQ(ten.hosts().gauges().time_wait_client, 0U);
    EXPECT_EQ(ten.hosts().gauges().ports_in_use, 5U);
    EXPECT_EQ(ten.free_ports(), 5U);
}

TEST(Hosts, EachDestinationAndSourceHasTenOfItsOwn) {
    TenPorts ten([](Scenario& s) { s.host.sources = s.host.destinations = 2; });
    ASSERT_EQ(ten.hosts().tuples(), 4U);
    for (std::uint32_t tuple = 0; tuple < 4; ++tuple) {
        const std::vector<Pair> pairs = ten.take(11, tuple);
        ASSERT_EQ(pairs.size(), 10U);
        std::set<std::uint16_t> ports;
        for (const Pair pair : pairs) {
            ports.insert(ten.hosts().port_of(pair));
            EXPECT_EQ(ten.hosts().destination_of(pair), tuple / 2);
            EXPECT_EQ(ten.hosts().source_of(pair), tuple % 2);
        }
        EXPECT_EQ(ports.size(), 10U);
        EXPECT_EQ(*ports.begin(), 20000);
        EXPECT_EQ(*ports.rbegin(), 20009);
    }
    EXPECT_THAT(ten.hosts().taken_by_tuple(), ElementsAre(10, 10, 10, 10));
    EXPECT_FALSE(ten.hosts().ports_are_for_all());
}

// ---- bind()

TEST(Hosts, ABoundPortWithReuseAddressIsGoodAtOnceWhateverTwReuseSays) {
    TenPorts ten([](Scenario& s) {
        s.host.port_choice = scenario::PortChoice::bound;
        s.host.reuse_address = true;
    });
    ten.use_up();
    EXPECT_EQ(ten.hosts().gauges().ports_reusable, 10U);
    EXPECT_EQ(ten.take(11).size(), 10U);
    EXPECT_EQ(ten.hosts().events().recycled, 10U);
}

TEST(Hosts, ABoundPortWithReuseAddressNeedsTimestampsAndATrueTimeWait) {
    TenPorts without([](Scenario& s) {
        s.host.port_choice = scenario::PortChoice::bound;
        s.host.reuse_address = true;
        s.host.timestamps = false;
    });
    without.use_up();
    EXPECT_EQ(without.take(1).size(), 0U);
    TenPorts half_closed([](Scenario& s) {
        s.host.port_choice = scenario::PortChoice::bound;
        s.host.reuse_address = true;
        s.load.passive_closes = false;
    });
    for (const Pair pair : half_closed.take(10)) half_closed.hosts().client_enters_fin_wait_2(pair, 0s);
    half_closed.go_to(30s);
    EXPECT_EQ(half_closed.take(1).size(), 0U);
}

TEST(Hosts, ABoundPortIsTakenFromEveryDestination) {
    for (const bool by_number : {true, false}) {  // bind(address, port) and bind(address, 0)
        TenPorts ten([&](Scenario& s) {
            s.host.destinations = 4;
            s.host.tw_reuse = scenario::TwReuse::on;
            if (by_number) s.host.port_choice = scenario::PortChoice::bound;
            s.host.bind_before_connect = !by_number;
        });
        EXPECT_TRUE(ten.hosts().ports_are_for_all());
        std::vector<Pair> pairs = ten.take(4, 0);
        for (const Pair pair : ten.take(10, 1)) pairs.push_back(pair);
        EXPECT_EQ(pairs.size(), 10U);
        EXPECT_EQ(ten.take(1, 3).size(), 0U);
        for (const Pair pair : pairs) ten.hosts().client_enters_time_wait(pair, 0s);
        ten.go_to(30s);
        EXPECT_EQ(ten.take(1, 2).size(), 0U) << "tw_reuse is of connect(), and bind() fails";
    }
}

TEST(Hosts, NoPortBindLeavesTheChoiceToConnect) {
    TenPorts ten([](Scenario& s) {
        s.host.destinations = 2;
        s.host.bind_before_connect = s.host.bind_address_no_port = true;
    });
    EXPECT_EQ(ten.take(11, 0).size(), 10U);
    EXPECT_EQ(ten.take(11, 1).size(), 10U);
}

// ---- the server's side

TEST(Hosts, AFreshSynTakesOverWhatTheServerHolds) {
    TenPorts ten([](Scenario& s) {
        s.load.closer = Closer::server;
        s.host.timed_wait_delay = 10s;
    });
    for (int round = 0; round < 5; ++round) {
        ten.go_to(round * 1s);
        for (const Pair pair : ten.take(10)) {
            ten.hosts().server_enters_time_wait(pair, round * 1s);
            ten.hosts().release(pair);
        }
        EXPECT_EQ(ten.hosts().gauges().time_wait_server, 10U);
        EXPECT_EQ(ten.hosts().gauges().ports_in_use, 0U);
    }
    EXPECT_EQ(ten.hosts().events().time_wait, 50U);
    EXPECT_EQ(ten.hosts().events().recycled, 0U) << "uncounted";
    ten.go_to(13s);  // the ends of the first four rounds are of pairs taken over
    EXPECT_EQ(ten.hosts().gauges().time_wait_server, 10U);
    ten.go_to(14s);
    EXPECT_EQ(ten.hosts().gauges().time_wait_server, 0U);
}

TEST(Hosts, FinWait2EndsWithItsTimeoutAndCannotBeReused) {
    TenPorts ten([](Scenario& s) {
        s.load.passive_closes = false;
        s.host.tw_reuse = scenario::TwReuse::on;
        s.host.fin_timeout = 5s;
    });
    for (const Pair pair : ten.take(10)) {
        ten.hosts().opened();
        ten.hosts().closed();
        ten.hosts().client_enters_fin_wait_2(pair, 0s);
    }
    EXPECT_EQ(ten.hosts().gauges().fin_wait_2(), 0U) << "the FIN is not acknowledged yet";
    ten.go_to(40ms);
    EXPECT_EQ(ten.hosts().gauges().fin_wait_2(), 10U);
    ten.go_to(5s);
    EXPECT_EQ(ten.take(1).size(), 0U);
    ten.go_to(5s + 40ms + 256ms);  // a tick of 64 jiffies
    EXPECT_EQ(ten.hosts().gauges().fin_wait_2(), 0U);
    EXPECT_EQ(ten.hosts().gauges().close_wait, 10U) << "programs that never close";
    const Taken taken = ten.hosts().take(0, 0, 6s);
    ASSERT_TRUE(taken.pair);
    EXPECT_TRUE(taken.peer_is_stale);
    EXPECT_EQ(ten.hosts().gauges().close_wait, 9U) << "reset by the one who met it";
    ten.hosts().release(*taken.pair);
}

TEST(Hosts, PastTheLimitNothingIsKept) {
    for (const std::uint32_t limit : {0U, 4U}) {
        TenPorts ten([&](Scenario& s) { s.host.max_time_wait = limit; });
        ten.use_up();
        EXPECT_EQ(ten.hosts().gauges().time_wait_client, limit);
        EXPECT_EQ(ten.hosts().events().overflow, 10U - limit);
        EXPECT_EQ(ten.hosts().events().time_wait, limit);
        EXPECT_EQ(ten.free_ports(), 10U - limit);
    }
}

TEST(Hosts, TheLimitCountsBothSidesAndFinWait2) {
    TenPorts ten([](Scenario& s) {
        s.host.max_time_wait = 3;
        s.load.passive_closes = false;
    });
    const std::vector<Pair> pairs = ten.take(10);
    for (std::size_t i = 0; i < 5; ++i) ten.hosts().client_enters_fin_wait_2(pairs[i], 0s);
    ten.go_to(40ms);
    EXPECT_EQ(ten.hosts().gauges().fin_wait_2(), 3U);
    ten.hosts().client_enters_time_wait(pairs[5], 40ms);
    ten.hosts().server_enters_fin_wait_2(40ms);
    ten.go_to(80ms);
    EXPECT_EQ(ten.hosts().gauges().parked(), 3U);
    EXPECT_EQ(ten.hosts().events().overflow, 4U);
    EXPECT_EQ(ten.hosts().gauges().ports_in_use, 7U);
}

TEST(Hosts, SeveralHostsHaveALimitEachAndTheServerOneForAll) {
    TenPorts ten([](Scenario& s) {
        s.topology.hosts = 3;
        s.host.max_time_wait = 2;
        s.load.closer = core::Closer::both;
    });
    const std::vector<Pair> pairs = ten.take(10);
    for (const Pair pair : pairs) {
        ten.hosts().server_enters_time_wait(pair, 0s);
        ten.hosts().client_enters_time_wait(pair, 0s);
    }
    EXPECT_EQ(ten.hosts().gauges().time_wait_server, 2U);
    EXPECT_EQ(ten.hosts().gauges().time_wait_client, 6U) << "of all hosts together";
    EXPECT_EQ(ten.hosts().events().overflow, 12U);
}

// ---- which ports there are

TEST(Hosts, ReservedPortsAndThoseOfSilentSocketsAreNotTaken) {
    TenPorts ten([](Scenario& s) {
        s.host.reserved_ports = {{20003, 20004}};
        s.host.unconnected_ports = 3;
    });
    std::set<std::uint16_t> ports;
    for (const Pair pair : ten.take(11)) ports.insert(ten.hosts().port_of(pair));
    EXPECT_EQ(ports.size(), 5U);
    EXPECT_FALSE(ports.contains(20003) || ports.contains(20004));
    std::size_t odd = 0;
    for (const std::uint16_t port : ports) odd += port % 2;
    EXPECT_EQ(odd, 1U) << "bind(address, 0) takes odd ports first";
}

TEST(Hosts, SilentSocketsTakeEvenPortsWhenTheOddOnesAreUsedUp) {
    TenPorts ten([](Scenario& s) { s.host.unconnected_ports = 7; });
    for (const Pair pair : ten.take(11)) EXPECT_EQ(ten.hosts().port_of(pair) % 2, 0);
    EXPECT_EQ(ten.hosts().gauges().ports_in_use, 3U);
}

TEST(Hosts, AWindowReplacesTheRange) {
    TenPorts ten([](Scenario& s) { s.host.port_window = core::PortRange{30000, 30002}; });
    std::vector<std::uint16_t> ports;
    for (const Pair pair : ten.take(11)) ports.push_back(ten.hosts().port_of(pair));
    EXPECT_THAT(ports, UnorderedElementsAre(30000, 30001, 30002));
}

TEST(Hosts, SilentSocketsAreBoundInTheWholeRangeAndNotInAWindowOfIt) {
    TenPorts ten([](Scenario& s) {
        s.host.ports = {20000, 20999};
        s.host.port_window = core::PortRange{20100, 20109};
        s.host.unconnected_ports = 5;
    });
    EXPECT_GE(ten.free_ports(), 5U);
    TenPorts full([](Scenario& s) {
        s.host.ports = {20000, 20999};
        s.host.port_window = core::PortRange{20100, 20109};
        s.host.unconnected_ports = 500;  // all odd ports
    });
    for (const Pair pair : full.take(11)) EXPECT_EQ(full.hosts().port_of(pair) % 2, 0);
    EXPECT_EQ(full.hosts().gauges().ports_in_use, 5U);
}

TEST(Hosts, SequentialChoiceBeginsAtItsFirstPort) {
    TenPorts ten([](Scenario& s) {
        s.host.port_choice = scenario::PortChoice::sequential;
        s.host.first_port = 20008;
    });
    std::vector<std::uint16_t> ports;
    for (const Pair pair : ten.take(3)) ports.push_back(ten.hosts().port_of(pair));
    EXPECT_THAT(ports, ElementsAre(20008, 20009, 20000));
}

TEST(Hosts, AWalkCostsByWhatItPasses) {
    core::Costs costs;
    costs.live_probe = 1us;
    costs.time_wait_probe_cached = 3us;
    Scenario scenario = ten_ports();
    Hosts hosts(scenario, costs);
    std::vector<Pair> pairs;
    for (int i = 0; i < 10; ++i) pairs.push_back(*hosts.take(0, 0, 0s).pair);
    EXPECT_EQ(hosts.take(0, 0, 0s).search, 10us) << "ten open connections";
    for (const Pair pair : pairs) hosts.client_enters_time_wait(pair, 0s);
    EXPECT_EQ(hosts.take(0, 0, 0s).search, 30us);
    scenario.host.port_choice = scenario::PortChoice::sequential;
    Hosts by_program(scenario, costs);
    for (int i = 0; i < 10; ++i) by_program.take(0, 0, 0s);
    EXPECT_EQ(by_program.take(0, 0, 0s).search, 0us) << "the program knows which are taken";
}

// ---- what is told about them

TEST(Hosts, TellsAgesWithoutPairsTakenOver) {
    TenPorts ten([](Scenario& s) {
        s.host.tw_reuse = scenario::TwReuse::on;
        s.host.timed_wait_delay = 10s;
    });
    ten.use_up();
    ten.go_to(2s);
    for (const Pair pair : ten.take(4)) ten.hosts().client_enters_time_wait(pair, 2s);
    ten.go_to(5s);
    ten.hosts().forget_overtaken();
    EXPECT_THAT(ten.hosts().left_by_tenth(5s, 10s), ElementsAre(0, 0, 0, 0, 6, 0, 4, 0, 0, 0, 0));
    EXPECT_EQ(ten.hosts().older_than(3s, 5s), 10U);
    EXPECT_EQ(ten.hosts().older_than(4s, 5s), 6U);
    EXPECT_EQ(ten.hosts().oldest(100).size(), 10U);
    EXPECT_EQ(ten.hosts().oldest(3).size(), 3U);
}

}  // namespace
}  // namespace portdrought::model
