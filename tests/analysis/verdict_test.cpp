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
}

TEST(Verdict, SaysThatTheLimitOfEntriesKeptPortsFree) {
    scenario::Scenario scenario = made::article();
    RunRecord record = made::play(scenario);
    record.totals.outcomes[Outcome::ok] = record.totals.attempts;
    record.totals.outcomes[Outcome::no_port_connect] = 0;
    record.totals.cost.time_wait_overflow = 8052;
    EXPECT_THAT(said(record), HasSubstr("lasted only because 8,052 closes skipped TIME_WAIT"));
}

TEST(Verdict, NothingAttempted) { EXPECT_EQ(verdict(RunRecord{}).headline, "Nothing was attempted."); }

}  // namespace
}  // namespace portdrought::findings
