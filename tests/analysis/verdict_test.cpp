#include "analysis/findings/verdict.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "made_records.hpp"

namespace portdrought::findings {
namespace {

using namespace std::chrono_literals;
using core::Outcome;
using record::RunRecord;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

std::string said(const RunRecord& record) {
    const Verdict words = verdict(record);
    return words.headline + ' ' + words.explanation;
}

/// All attempts but `ok` ended as `outcome`.
RunRecord ended(Outcome outcome, std::uint64_t ok = 0) {
    RunRecord record;
    record.totals.attempts = 1000;
    record.totals.connected = record.totals.outcomes[Outcome::ok] = ok;
    record.totals.outcomes[outcome] = 1000 - ok;
    record.totals.ports_capacity = scenario::port_capacity(record.scenario);
    return record;
}

TEST(Verdict, GivesTimeReasonAndArithmeticOfExhaustion) {
    EXPECT_THAT(said(made::exhausted()),
                AllOf(HasSubstr("Ports ran out after 119 s."), HasSubstr("this side closed each first"),
                      HasSubstr("33.3/s x 240 s = 7,992 pairs wanted, 3,976 ports to hold them.")));
}

TEST(Verdict, PutsTheDemandOfAllHostsBesideThePortsOfAllHosts) {
    RunRecord record = made::exhausted();
    record.scenario.topology.hosts = 5;
    record.totals.ports_capacity *= 5;
    EXPECT_THAT(said(record), AllOf(HasSubstr("166 connections a second were opened by 5 hosts"),
                                    HasSubstr("= 39,960 pairs wanted, 19,880 pairs (3,976 ports x 5 hosts) to hold")));
    RunRecord fine = made::fine();
    fine.scenario.topology.hosts = 5;
    fine.totals.ports_capacity *= 5;
    EXPECT_THAT(said(fine), HasSubstr("lasts up to 663/s (19,880 ports / 30 s)"));
}

TEST(Verdict, SaysWhatTheNatLastsForWhereItEndsFirst) {
    RunRecord record = made::fine();
    EXPECT_THAT(said(record), Not(HasSubstr("NAT")));
    record.scenario.nat.profile = "cgnat";
    record.scenario.nat.ports = {1024, 2023};
    record.scenario.nat.after_fin = 240s;
    EXPECT_THAT(said(record), HasSubstr("The NAT lasts up to 4.17/s (NAT ports: 1,000 / 240 s)."));
}

TEST(Verdict, SaysWhenTheRunWasTooShortToShowAnything) {
    scenario::Scenario scenario = made::article();
    scenario.load.duration = 60s;
    EXPECT_THAT(said(made::play(scenario)),
                HasSubstr("too short to show it: at this rate the ports run out after 119 s"));
}

TEST(Verdict, SaysWhatRateLasts) {
    EXPECT_THAT(said(made::fine()),
                AllOf(HasSubstr("No attempt failed."), HasSubstr("lasts up to 133/s (3,976 ports / 30 s)")));
}

TEST(Verdict, TellsWhoHoldsTimeWaitWhenTheServerClosesFirst) {
    EXPECT_THAT(said(made::server_closes()),
                AllOf(HasSubstr("TIME_WAIT is on its side (peak 7,992)"), HasSubstr("fresh SYN")));
}

TEST(Verdict, NamesThePriceOfResets) {
    EXPECT_THAT(said(made::with_linger()),
                AllOf(HasSubstr("left no TIME_WAIT"), HasSubstr("19,980 resets seen by the peer"),
                      HasSubstr("5.32 MB lost in 1,204 cut transfers")));
    RunRecord unknown = made::with_linger();
    unknown.totals.cost.transfers_cut.reset();
    unknown.totals.cost.bytes_lost.reset();
    EXPECT_THAT(said(unknown), HasSubstr("19,980 resets seen by the peer; what was lost is not known."));
}

TEST(Verdict, ExplainsWhatReuseDoesAndWhyItMayNot) {
    scenario::Scenario scenario = made::article();
    scenario.host.tw_reuse = scenario::TwReuse::on;
    RunRecord record = made::play(scenario);
    record.counters["TcpExt.TWRecycled"] = 8052;
    EXPECT_THAT(said(record), AllOf(HasSubstr("back after 1 s instead of 240 s; that happened 8,052 times"),
                                    HasSubstr("those that connect() could take")));
    scenario.host.timestamps = false;
    EXPECT_THAT(said(made::play(scenario)), AllOf(HasSubstr("Ports ran out"), HasSubstr("needs TCP timestamps")));
}

TEST(Verdict, SaysThatReuseForLoopbackDoesNotReachEveryAddressOfLo) {
    scenario::Scenario scenario = made::article();
    scenario.host.tw_reuse = scenario::TwReuse::loopback;
    scenario.server.address = "fd00::1";
    EXPECT_THAT(said(made::play(scenario)),
                AllOf(HasSubstr("Ports ran out"), HasSubstr("set to loopback, which fd00::1 is not to the kernel")));
}

TEST(Verdict, DoesNotBlameConnectionsForPortsThatOthersHold) {
    RunRecord record = made::exhausted();
    EXPECT_THAT(said(record), Not(HasSubstr("bound and never connected")));
    record.totals.ports_bound = 700;
    EXPECT_THAT(said(record), HasSubstr("sockets that are bound and never connected held 700 ports."));
}

TEST(Verdict, NamesWhatWasEmulated) {
    RunRecord record = made::exhausted();
    EXPECT_EQ(engine_text(record), "kernel engine, compressed x60");
    record.scenario.server.drops_syn = 0.4;
    EXPECT_EQ(engine_text(record), "kernel engine, compressed x60, dropped SYNs emulated");
}

TEST(Verdict, TellsBindFromConnect) {
    RunRecord record = ended(Outcome::no_port_bind, 400);
    record.scenario.host.bind_before_connect = true;
    record.scenario.host.destinations = 4;
    record.totals.errors["bind/EADDRINUSE"] = 600;
    EXPECT_THAT(said(record), AllOf(HasSubstr("in bind()"), HasSubstr("4 destinations share one pool"),
                                    HasSubstr("EADDRINUSE from bind(), not EADDRNOTAVAIL from connect()")));
}

TEST(Verdict, TellsFinWait2FromTimeWait) {
    RunRecord record = ended(Outcome::no_port_connect, 400);
    record.scenario.load.passive_closes = false;
    record.totals.fin_wait_2_peak = 400;
    EXPECT_THAT(said(record), AllOf(HasSubstr("the peer never answered"),
                                    HasSubstr("FIN_WAIT_2 for 60 s (fin_timeout)"), Not(HasSubstr("TIME_WAIT for"))));
}

TEST(Verdict, ConnectionsThatAreNeverClosedUseUpPorts) {
    RunRecord record = ended(Outcome::no_port_connect, 400);
    record.scenario.load.closer = core::Closer::never;
    EXPECT_THAT(said(record), AllOf(HasSubstr("none was ever closed, so no port came back"), Not(HasSubstr("wanted"))));
}

TEST(Verdict, TellsLookAlikesFromExhaustion) {
    const std::pair<Outcome, const char*> cases[] = {{Outcome::refused, "Nobody was listening on 127.0.0.1:7000"},
                                                     {Outcome::timeout, "a lack of ports does not"},
                                                     {Outcome::fd_limit, "20,000 descriptors"},
                                                     {Outcome::reset, "sent RST after the connection was made"},
                                                     {Outcome::cut_short, "before its whole response"}};
    for (const auto& [outcome, words] : cases) {
        RunRecord record = ended(outcome, 100);
        record.host.descriptor_limit = 20000;
        EXPECT_THAT(said(record),
                    AllOf(HasSubstr("900 of 1,000 attempts failed, none for want of a port."), HasSubstr(words)));
    }
}

TEST(Verdict, TellsARelaysOwnPortsFromTheClients) {
    RunRecord record = ended(Outcome::cut_short, 100);
    record.totals.relay_errors["connect/EADDRNOTAVAIL"] = 900;
    EXPECT_THAT(said(record), AllOf(HasSubstr("The relay found no port"), HasSubstr("900 connect/EADDRNOTAVAIL")));
}

TEST(Verdict, OfBurstsSaysThatTheAverageWouldHaveLasted) {
    RunRecord record = made::exhausted();
    record.scenario.load.rate = core::Rate{10};
    record.scenario.load.arrivals = core::Arrivals::bursts;
    record.scenario.load.burst_on = std::chrono::seconds{1};
    record.scenario.load.burst_off = record.scenario.load.duration;
    EXPECT_THAT(said(record), HasSubstr("On average that would have lasted; the bursts"));
}

TEST(Verdict, LateAttemptsAreNotFailures) {
    EXPECT_THAT(said(ended(Outcome::late, 900)), AllOf(HasSubstr("100 of 1,000 attempts were never started."),
                                                       HasSubstr("No attempt that was started failed.")));
}

TEST(Verdict, FindsTheLatencyCliff) {
    RunRecord record = ended(Outcome::ok, 1000);
    record.samples.emplace_back().ports_in_use = 16'000;
    for (int i = 0; i < 500; ++i) {
        record.connect.add(22us);
        record.connect.add(3300us);
    }
    EXPECT_THAT(said(record), AllOf(HasSubstr("connect() became slow"), HasSubstr("16,000 of 28,232 ports"),
                                    HasSubstr("one parity")));
    record.samples[0].ports_in_use = 14'000;
    EXPECT_EQ(finding_of(record), Finding::no_failure) << "below half occupancy it is something else";
    record.samples[0].ports_in_use = 16'000;
    record.totals.cost.connect_stalls = 500;
    EXPECT_EQ(finding_of(record), Finding::no_failure) << "half of them waited for a second SYN";
    record.totals.cost.connect_stalls = 0;
    record.scenario.host.port_choice = scenario::PortChoice::sequential;
    EXPECT_EQ(finding_of(record), Finding::no_failure) << "the kernel did not search";
}

TEST(Verdict, MentionsTheCliffBeforeExhaustion) {
    scenario::Scenario scenario = made::article();
    scenario.host.port_choice = scenario::PortChoice::kernel;
    RunRecord record = made::play(scenario);
    EXPECT_THAT(said(record), Not(HasSubstr("became slow")));
    for (int i = 0; i < 12'000; ++i) record.connect.add(400us);
    EXPECT_THAT(said(record), AllOf(HasSubstr("Ports ran out"), HasSubstr("Long before, connect() became slow")));
}

TEST(Verdict, SaysThatLingerWithATimeDoesNothingAboutTimeWait) {
    scenario::Scenario scenario = made::article();
    scenario.load.linger = 1s;
    EXPECT_THAT(said(made::play(scenario)),
                AllOf(HasSubstr("Ports ran out"), HasSubstr("SO_LINGER {1,1} did nothing about")));
    scenario.load.linger = 0s;
    EXPECT_THAT(said(made::play(scenario)), Not(HasSubstr("did nothing")));
}

TEST(Verdict, NamesWhatDidNothing) {
    const auto idle = [](auto change) {
        scenario::Scenario scenario = made::article();
        scenario.host.timestamps = true;
        change(scenario);
        return said(made::play(scenario));
    };
    EXPECT_THAT(idle([](auto& s) { s.load.half_close = true; }), HasSubstr("The half-close did nothing"));
    EXPECT_THAT(idle([](auto& s) { s.load.passive_linger = 1s; }),
                HasSubstr("SO_LINGER {1,1} of the side that closes second did nothing"));
    EXPECT_THAT(idle([](auto& s) { s.host.autobind_reuse = true; }), HasSubstr("ip_autobind_reuse did nothing"));
    EXPECT_THAT(idle([](auto& s) { s.host.bind_before_connect = s.host.reuse_address = true; }),
                HasSubstr("heeds it only with ip_autobind_reuse"));
    EXPECT_THAT(idle([](auto& s) {
                    s.host.port_choice = scenario::PortChoice::bound;
                    s.host.reuse_address = true;
                    s.host.timestamps = false;
                }),
                HasSubstr("connect() refuses such pairs without TCP timestamps"));
}

TEST(Verdict, TellsOfSynsThatMetAnOldConnection) {
    scenario::Scenario scenario = made::article();
    scenario.load.passive_closes = false;
    scenario.host.fin_timeout = 1s;
    RunRecord record = made::play(scenario);
    record.totals.cost.connect_stalls = 2201;
    EXPECT_THAT(said(record), HasSubstr("2,201 SYNs met it there and had to be sent again"));
}

TEST(Verdict, TwoClosersAndTheirTimeWait) {
    scenario::Scenario scenario = made::article();
    scenario.load.closer = core::Closer::both;
    EXPECT_THAT(said(made::play(scenario)), HasSubstr("both sides closed each at the same time, so each of them kept "
                                                      "every pair in TIME_WAIT for 240 s"));
}

TEST(Verdict, TellsResetsByTheirCause) {
    RunRecord record = made::with_linger();
    record.scenario.load.linger.reset();
    record.scenario.load.close_unread = true;
    EXPECT_THAT(said(record), AllOf(HasSubstr("close() with unread data sent RST"), HasSubstr("19,980 resets seen")));
    record.scenario.load.close_unread = false;
    record.scenario.load.passive_linger = 0s;
    record.totals.cost = {};
    EXPECT_THAT(said(record),
                AllOf(HasSubstr("The side that closed second answered each FIN with RST"), HasSubstr("saw no reset")));
}

TEST(Verdict, NamesTheSettingThatMadeThePeerReset) {
    RunRecord record = ended(Outcome::reset);
    EXPECT_THAT(said(record), HasSubstr("it died, or closed with unread data"));
    record.scenario.load.closer = core::Closer::server;
    record.scenario.load.close_unread = true;
    EXPECT_THAT(said(record), HasSubstr("The peer ended each by RST (close() with unread data)"));
}

TEST(Verdict, TellsThatABoundPortIsReusedAtOnce) {
    scenario::Scenario scenario = made::article();
    scenario.host.port_choice = scenario::PortChoice::bound;
    scenario.host.reuse_address = scenario.host.timestamps = true;
    RunRecord record = made::play(scenario);
    record.counters["TcpExt.TWRecycled"] = 8052;
    EXPECT_THAT(said(record),
                AllOf(HasSubstr("No attempt failed."), HasSubstr("SO_REUSEADDR lets bind() and connect()"),
                      HasSubstr("that happened 8,052 times"), HasSubstr("needs TCP timestamps")));
    scenario.host.reuse_address = false;
    record = made::play(scenario);
    record.totals.outcomes[Outcome::no_port_bind] = std::exchange(record.totals.outcomes[Outcome::no_port_connect], 0);
    EXPECT_THAT(said(record), AllOf(HasSubstr("in bind()"), HasSubstr("SO_REUSEADDR would let bind()")));
}

TEST(Verdict, AClosedLoopSpeaksOfWhatWasMade) {
    RunRecord record = made::exhausted();
    record.scenario.load.rate.reset();
    EXPECT_THAT(said(record),
                AllOf(HasSubstr("33.3 connections a second were made until then"), HasSubstr("3,976 ports")));
}

TEST(Verdict, SaysSoWhenTheArithmeticDoesNotExplainIt) {
    scenario::Scenario scenario = made::article();
    scenario.load.rate = core::Rate{16};
    RunRecord record = made::play(scenario);
    record.totals.outcomes[Outcome::no_port_connect] = 1;
    EXPECT_THAT(said(record), HasSubstr("the ports should have lasted"));
    record.scenario.load.arrivals = core::Arrivals::poisson;
    EXPECT_THAT(said(record), HasSubstr("came in bursts"));
    record.scenario.load.arrivals = core::Arrivals::bursts;
    EXPECT_THAT(said(record), HasSubstr("On average that would have lasted; the bursts did not."));
}

TEST(Verdict, SaysThatTheLimitOfEntriesKeptPortsFree) {
    scenario::Scenario scenario = made::article();
    RunRecord record = made::play(scenario);
    record.totals.outcomes[Outcome::ok] = record.totals.attempts;
    record.totals.outcomes[Outcome::no_port_connect] = 0;
    record.totals.cost.time_wait_overflow = 8052;
    EXPECT_THAT(said(record), HasSubstr("lasted only because 8,052 closes skipped TIME_WAIT"));
}

/// 2 s at 800/s on 1,000 ports, of which `refused` attempts were not let through.
RunRecord busy(std::uint64_t refused = 0) {
    RunRecord record;
    record.scenario.load.rate = core::Rate{800};
    record.scenario.load.duration = 2s;
    record.scenario.host.ports = {20000, 20999};
    record.totals.attempts = 1600;
    record.totals.outcomes[Outcome::ok] = record.totals.connected = 1600 - refused;
    record.totals.outcomes[Outcome::refused_locally] = refused;
    record.totals.ports_capacity = 1000;
    record.totals.achieved_rate_per_s = static_cast<double>(record.totals.connected) / 2;
    return record;
}

RunRecord pooled(const record::PoolUse& pool) {
    RunRecord record = busy();
    record.scenario.load.pool_size = 2;
    record.pool = pool;
    record.totals.connected = 1600 - pool.reused;
    record.totals.achieved_rate_per_s = static_cast<double>(record.totals.connected) / 2;
    return record;
}

TEST(Verdict, AttemptsRefusedByAdmissionAreNeitherFailedNorLate) {
    RunRecord record = busy(1567);
    record.scenario.load.admission = core::Rate{16.5};
    EXPECT_EQ(finding_of(record), Finding::held_back);
    EXPECT_THAT(said(record),
                AllOf(HasSubstr("No attempt that was let through failed; 1,567 of 1,600 were refused locally."),
                      HasSubstr("let 16.5/s of the 800/s through"), HasSubstr("a refused attempt takes no port"),
                      HasSubstr("16.5/s x 60 s = 990 pairs wanted"), HasSubstr("lasts up to 16.7/s"),
                      Not(HasSubstr("never started"))));
    record.totals.outcomes[Outcome::ok] -= 3;
    record.totals.outcomes[Outcome::refused] = 3;
    EXPECT_THAT(said(record), HasSubstr("3 of 1,600 attempts failed, none for want of a port."));
}

TEST(Verdict, APoolKeepsPortsFreeByOpeningFew) {
    EXPECT_THAT(said(pooled({.reused = 1591})),
                AllOf(HasSubstr("No attempt failed. Of 1,600 requests 1,591 went out on a connection that was open "
                                "already; 9 were opened. None was closed"),
                      Not(HasSubstr("pairs wanted"))));
    EXPECT_THAT(said(pooled({.reused = 1067, .closed_full = 500, .closed_idle = 31})),
                AllOf(HasSubstr("533 were opened, and 531 closed: 500 because the pool was full (load.pool_size 2), 31 "
                                "because they were idle for 90 s."),
                      HasSubstr("Each that was closed held its port for 60 s; connections may be opened at up to "
                                "16.7/s (1,000 ports / 60 s).")));
}

TEST(Verdict, SaysWhyAPoolDidNotSaveThePorts) {
    RunRecord record = pooled({.reused = 300, .closed_full = 998});
    record.totals.connected = 1000;
    record.totals.outcomes[Outcome::ok] = 1300;
    record.totals.outcomes[Outcome::no_port_connect] = 300;
    record.totals.time_to_first_failure_s = 1.6;
    record.samples.emplace_back().t_s = 1.5;
    record.samples.back().connected = 900;
    EXPECT_THAT(said(record), AllOf(HasSubstr("600 connections a second were made until then"),
                                    HasSubstr("and 998 closed because the pool was full")));
}

TEST(Verdict, ResponsesLeftUnreadCostAConnectionEach) {
    RunRecord record = pooled({.closed_unread = 1600});
    record.scenario.load.pool_drain = false;
    record.totals.cost.resets_seen_by_peer = 1600;
    EXPECT_THAT(
        said(record),
        AllOf(HasSubstr("and 1,600 closed because their response was left unread (load.pool_drain)"),
              HasSubstr("ended by RST"), HasSubstr("1,600 resets seen by the peer"), Not(HasSubstr("SO_LINGER"))));
}

TEST(Verdict, NothingAttempted) { EXPECT_EQ(verdict(RunRecord{}).headline, "Nothing was attempted."); }

}  // namespace
}  // namespace portdrought::findings
