#include "scenario/rules.hpp"

#include <functional>

#include "scenario/broken.hpp"

namespace portdrought::scenario {
namespace {

using namespace std::chrono_literals;
using core::Closer;

TEST_P(Rule, NamesTheKeyTheReasonAndTheRemedy) {
    Scenario scenario;
    GetParam().breaks(scenario);
    const auto found = findings(scenario, limits);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found.front().keys.front(), GetParam().key);
    EXPECT_EQ(found.front().text, GetParam().text);
}

const Broken broken[] = {
    Broken{"two closers with a relay",
           [](Scenario& s) { s.server.kind = ServerKind::relay, s.load.closer = Closer::both; }, "load.closer",
           "the relay is the side that closes first; write load.closer = \"server\" with server.kind = \"relay\""},
    Broken{"a limit below what the run itself takes", [](Scenario& s) { s.lab.descriptors = 80; }, "lab.descriptors",
           "80 descriptors leave none for connections: the run itself takes 81; write 83 or more"},
    Broken{"a limit above the machine's", [](Scenario& s) { s.lab.descriptors = 30'000; }, "lab.descriptors",
           "30000 is more than this machine allows; write 20000 or less, or \"machine\""},
    Broken{"a backlog that nobody keeps", [](Scenario& s) { s.server.listens = false, s.server.accepts = false; },
           "server.accepts", "fills a backlog, which server.listens = false rules out; write true, or true there"},
    Broken{"SYNs dropped by nobody", [](Scenario& s) { s.server.listens = false, s.server.drops_syn = 0.5; },
           "server.drops_syn",
           "drops SYNs of a listener, which server.listens = false rules out; write 0, or true there"},
    Broken{"linger without close", [](Scenario& s) { s.load.closer = Closer::never, s.load.linger = 1s; },
           "load.linger", "acts on close, which load.closer = \"never\" rules out; write \"off\", or another closer"},
    Broken{"hold without close", [](Scenario& s) { s.load.closer = Closer::never, s.load.hold = 1s; }, "load.hold",
           "is the time before the close, which load.closer = \"never\" rules out; write \"0s\", or another closer"},
    Broken{"unanswered close without close",
           [](Scenario& s) { s.load.closer = Closer::never, s.load.passive_closes = false; }, "load.passive_closes",
           "there is no close to leave unanswered with load.closer = \"never\"; write true, or another closer"},
    Broken{"relay that does not close", [](Scenario& s) { s.server.kind = ServerKind::relay; }, "load.closer",
           "the relay is the side that closes first; write load.closer = \"server\" with server.kind = \"relay\""},
    Broken{"admission of a closed loop", [](Scenario& s) { s.load.rate = {}, s.load.admission = core::Rate{16}; },
           "load.admission",
           "load.rate = \"max\" offers no more than its slots take, so there is nothing to refuse; write "
           "\"off\", or a rate"},
    Broken{"descriptors of a pool",
           [](Scenario& s) { s.load.in_flight = 4000, s.host.destinations = 3, s.load.pool_size = 2000; },
           "load.pool_size",
           "its idle connections need 12000 descriptors besides 8064 of the rest, and this machine allows 20000; "
           "write 1989 or less"},
    Broken{"descriptors", [](Scenario& s) { s.load.in_flight = 9969; }, "load.in_flight",
           "9969 open attempts need 20002 descriptors (2 each and 64 besides) and this machine allows 20000; write "
           "9968 or less"},
    Broken{
        "descriptors of a relay",
        [](Scenario& s) { s.server.kind = ServerKind::relay, s.load.closer = Closer::server, s.load.in_flight = 4985; },
        "load.in_flight",
        "4985 open attempts need 20004 descriptors (4 each and 64 besides) and this machine allows 20000; write "
        "4984 or less"},
    Broken{"descriptors of unanswered closes",
           [](Scenario& s) { s.load.passive_closes = false, s.load.rate = core::Rate{2000}; }, "load.passive_closes",
           "the server keeps every connection, 20576 descriptors in the end where this machine allows 20000; write "
           "true, or "
           "fewer attempts or ports"},
    Broken{"no attempt", [](Scenario& s) { s.load.rate = core::Rate{0.05}; }, "load.rate",
           "\"0.05/s\" for \"10s\" is less than one attempt; write \"0.1/s\" or more, or a longer load.duration"},
    Broken{"arrivals of a closed loop",
           [](Scenario& s) { s.load.rate = {}, s.load.arrivals = core::Arrivals::poisson; }, "load.arrivals",
           "load.rate = \"max\" starts an attempt when a slot is free, not by arrivals; write \"constant\", or a "
           "rate"},
    Broken{"workers without slots",
           [](Scenario& s) { s.load.workers = 4, s.host.destinations = 4, s.load.in_flight = 3; }, "load.in_flight",
           "3 is fewer than one for each of 4 workers; write 4 or more"},
    Broken{"uneven destinations", [](Scenario& s) { s.load.workers = 4, s.host.destinations = 6; }, "host.destinations",
           "6 cannot be shared by 4 workers, each with listeners of its own; write host.destinations = 8"},
    Broken{"uneven destinations of several addresses",
           [](Scenario& s) { s.load.workers = 4, s.host.destinations = 3, s.host.destination_addresses = 2; },
           "host.destinations",
           "3 at each of 2 addresses cannot be shared by 4 workers, each with listeners of its own; write "
           "host.destinations = 4"},
    Broken{"no destinations to add", [](Scenario& s) { s.load.workers = 60, s.host.destinations = 63; },
           "host.destinations",
           "63 cannot be shared by 60 workers, each with listeners of its own; write fewer workers"},
    Broken{"longer than a day", [](Scenario& s) { s.load.duration = 25h; }, "load.duration",
           "\"90000s\" takes more than 24 hours of real time; write \"86400s\" or less"},
    Broken{"natural and compressed", [](Scenario& s) { s.lab.time_scale = 20; }, "lab.time_scale",
           "20 compresses time, but the kernel's natural TIME-WAIT stays at 60 s; write host.timed_wait_delay = "
           "\"60s\" so "
           "that the enforcer can compress it, or a time_scale of 1"},
    Broken{"trials without a close", [](Scenario& s) { s.lab.duplicates = 40, s.load.closer = core::Closer::never; },
           "lab.duplicates",
           "40 trials use a pair again after its connection has closed, which load.closer = \"never\" rules out; "
           "write 0, or another closer"},
    Broken{"too short to enforce", [](Scenario& s) { s.host.timed_wait_delay = 1s, s.lab.time_scale = 200; },
           "host.timed_wait_delay",
           "\"1s\" takes 5ms of real time, too short to be enforced; write lab.time_scale = 100 or less"},
    Broken{"reuse delay too short",
           [](Scenario& s) { s.host.timed_wait_delay = 60s, s.lab.time_scale = 100, s.host.tw_reuse_delay = 50ms; },
           "host.tw_reuse_delay",
           "\"50ms\" takes 500us of real time, where the kernel takes 1 ms to 60 s; write lab.time_scale = 50 or "
           "less"},
    Broken{"reuse delay too long", [](Scenario& s) { s.host.tw_reuse_delay = 90s; }, "host.tw_reuse_delay",
           "\"90s\" takes 90s of real time, where the kernel takes 1 ms to 60 s; write lab.time_scale = 2 or more"},
};

INSTANTIATE_TEST_SUITE_P(Other, Rule, testing::ValuesIn(broken));

TEST(Rules, CountTheSocketsOfAServerThatReadsLate) {
    Scenario scenario;
    scenario.load.rate = core::Rate{1000};
    scenario.server.read_delay = 10s;
    scenario.load.response_bytes = 0;
    EXPECT_EQ(descriptors_of_slow_servers(scenario), 10'000U);
    EXPECT_THAT(findings(scenario, Limits{20'000}), testing::IsEmpty());
    EXPECT_EQ(findings(scenario, Limits{10'500}).at(0).keys.front(), "load.in_flight");
    scenario.host.ports = {20000, 20999};
    EXPECT_EQ(descriptors_of_slow_servers(scenario), 1000U) << "no more than there are ports";
}

TEST(Rules, WantAnAnswerWithinTheTimeout) {
    Scenario scenario;
    scenario.server.read_delay = 5s;
    ASSERT_EQ(findings(scenario, limits).size(), 1U);
    EXPECT_THAT(findings(scenario, limits).front().text, testing::HasSubstr("every attempt would time out"));
    scenario.load.timeout = 6s;
    EXPECT_THAT(findings(scenario, limits), testing::IsEmpty());
}

TEST(Rules, AllowEverySettingWhereItHasSomethingToDo) {
    const std::function<void(Scenario&)> settings[] = {
        [](Scenario& s) { s.load.closer = Closer::both; },
        [](Scenario& s) { s.load.closer = Closer::both, s.load.half_close = true; },
        [](Scenario& s) { s.load.half_close = true, s.load.passive_linger = 0s; },
        [](Scenario& s) { s.load.passive_linger = 1s, s.load.closer = Closer::server, s.load.linger = 1s; },
        [](Scenario& s) { s.load.close_unread = true, s.host.timed_wait_delay = 30s; },
        [](Scenario& s) { s.load.close_unread = true, s.load.closer = Closer::server, s.load.response_bytes = 0; },
        [](Scenario& s) { s.host.port_choice = PortChoice::bound, s.host.reuse_address = true; },
        [](Scenario& s) { s.host.port_choice = PortChoice::bound, s.host.first_port = std::uint16_t{40000}; },
        [](Scenario& s) { s.host.bind_before_connect = s.host.bind_address_no_port = true; },
        [](Scenario& s) { s.host.bind_before_connect = s.host.reuse_address = true; },
        [](Scenario& s) { s.host.bind_before_connect = s.host.reuse_address = s.host.autobind_reuse = true; },
        [](Scenario& s) { s.host.autobind_reuse = true; },
        [](Scenario& s) {
            s.host.port_window = core::PortRange{32768, 60999};
        },
    };
    for (const auto& set : settings) {
        Scenario scenario;
        set(scenario);
        for (const Finding& finding : findings(scenario, limits)) ADD_FAILURE() << finding.keys[0] << finding.text;
    }
}

TEST(Rules, FindNothingWrongWithTheDefaults) { EXPECT_THAT(findings(Scenario{}, limits), testing::IsEmpty()); }

TEST(Rules, AllowTheLastValueThatFits) {
    Scenario s;
    s.load.in_flight = 9968;
    s.load.rate = core::Rate{0.1};
    s.host.timed_wait_delay = 240s;
    s.lab.time_scale = 4;
    s.load.duration = 96h;
    EXPECT_THAT(findings(s, limits), testing::IsEmpty());
}

TEST(Rules, LetAddressesAloneFeedTheWorkers) {
    Scenario s;
    s.load.workers = 4;
    s.host.destination_addresses = 4;
    EXPECT_THAT(findings(s, limits), testing::IsEmpty());
}

TEST(Rules, CountTheListenersAmongTheDescriptors) {
    Scenario s;
    s.host.destination_addresses = 64;
    s.host.destinations = 4;
    s.load.in_flight = 100;
    EXPECT_THAT(findings(s, Limits{2 * 100 + 64 + 255}), testing::IsEmpty());
    EXPECT_EQ(findings(s, Limits{2 * 100 + 64 + 254}).size(), 1U);
}

TEST(Rules, AllowATimeWaitBeyondTheKernelsUncompressedButNotOverIpv6) {
    Scenario s;
    s.host.timed_wait_delay = 240s;
    EXPECT_THAT(findings(s, limits), testing::IsEmpty());
    s.server.address = "::1";
    const auto found = findings(s, limits);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_THAT(found.front().text, testing::HasSubstr("forgets an IPv6 pair after 60 s; write lab.time_scale = 4"));
}

TEST(Rules, TryDuplicatesOverIpv4AndWithDescriptorsOnly) {
    Scenario s;
    s.lab.duplicates = 1000;
    EXPECT_THAT(findings(s, limits), testing::IsEmpty());
    ASSERT_EQ(findings(s, Limits{4000}).size(), 1U);
    EXPECT_THAT(findings(s, Limits{4000}).front().text, testing::HasSubstr("write 984 or less"));
    s.server.address = "::1";
    ASSERT_EQ(findings(s, limits).size(), 1U);
    EXPECT_EQ(findings(s, limits).front().keys.front(), "lab.duplicates");
}

TEST(Rules, AskForAFinTimeoutTheKernelCanCount) {
    Scenario s;
    s.load.passive_closes = false;
    s.lab.time_scale = 60;
    s.host.timed_wait_delay = 60s;
    s.host.fin_timeout = 10s;
    const auto found = findings(s, limits);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_THAT(found.front().text, testing::HasSubstr("counts whole seconds; write \"60s\""));
    s.host.fin_timeout = 60s;
    EXPECT_THAT(findings(s, limits), testing::IsEmpty());
    s.host.fin_timeout = 10s;
    s.load.passive_closes = true;  // it does not act
    EXPECT_THAT(findings(s, limits), testing::IsEmpty());
}

TEST(Rules, ReportEveryBrokenOne) {
    Scenario s;
    s.server.port = 40000;
    s.load.workers = 2;
    s.lab.time_scale = 2;
    EXPECT_EQ(findings(s, limits).size(), 3U);
}

TEST(Rules, ADescriptorLimitThatIsWrittenDownIsThereToBeMet) {
    Scenario scenario;
    scenario.load.in_flight = 15'000;
    EXPECT_EQ(findings(scenario, limits).size(), 1U);
    scenario.lab.descriptors = 256;
    EXPECT_TRUE(findings(scenario, limits).empty());
}

}  // namespace
}  // namespace portdrought::scenario
