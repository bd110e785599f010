#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "analysis/diagnose/diagnosis.hpp"
#include "analysis/report/diagnosis_text.hpp"
#include "made_records.hpp"

namespace portdrought::diagnose {
namespace {

using namespace std::chrono_literals;
using core::Outcome;
using record::RunRecord;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

/// 1,000 attempts on 1,000 pairs, of which `failed` ended as `outcome`; the others are in TIME_WAIT.
RunRecord ended(Outcome outcome, std::uint64_t failed) {
    RunRecord record;
    record::Totals& totals = record.totals;
    totals.attempts = 1000;
    totals.connected = totals.outcomes[Outcome::ok] = 1000 - failed;
    totals.outcomes[outcome] += failed;
    totals.ports_capacity = 1000;
    totals.time_wait_peak = totals.time_wait_peak_client = totals.connected;
    totals.ports_min_free = totals.outcomes.no_port() > 0 ? 0 : 1000 - totals.connected;
    for (const char* name : {"TcpExt.TCPSynRetrans", "TcpExt.ListenOverflows", "TcpExt.TWRecycled"})
        record.counters[name] = 0;
    record.host.descriptor_limit = 20'000;
    return record;
}

Cause cause_in(const RunRecord& record) { return diagnose(record).cause; }

RunRecord changed(RunRecord record, const std::function<void(RunRecord&)>& change) {
    change(record);
    return record;
}

TEST(Diagnose, TimeWaitTookEveryPair) {
    const Diagnosis found = diagnose(made::exhausted());
    EXPECT_EQ(found.cause, Cause::client_time_wait);
    EXPECT_EQ(family(found.cause), Family::exhaustion);
    EXPECT_THAT(found.decides, Contains(HasSubstr("TIME_WAIT on the client's side peaked at 3,976 of 3,976 pairs")));
    EXPECT_THAT(found.against, IsEmpty());
}

TEST(Diagnose, NothingWrongWhereNothingFailsAndPortsAreLeft) {
    EXPECT_EQ(cause_in(made::fine()), Cause::nothing_wrong);
    EXPECT_EQ(cause_in(made::server_closes()), Cause::nothing_wrong);
    EXPECT_EQ(cause_in(made::with_linger()), Cause::data_lost);
    EXPECT_EQ(cause_in(RunRecord{}), Cause::nothing_attempted);
    EXPECT_EQ(family(Cause::nothing_wrong), Family::none);
}

TEST(Diagnose, ReadsNothingOfTheScenario) {
    for (RunRecord record : {made::exhausted(), made::fine(), made::with_linger(), made::invalid()}) {
        const Diagnosis before = diagnose(record);
        scenario::Scenario telltale;  // every setting that causes a look-alike
        telltale.server.listens = telltale.server.accepts = telltale.load.passive_closes = false;
        telltale.server.drops_syn = 1;
        telltale.host.unconnected_ports = 500;
        telltale.lab.descriptors = 128;
        for (const scenario::Scenario& other : {scenario::Scenario{}, telltale}) {
            record.scenario = other;
            const Diagnosis after = diagnose(record);
            EXPECT_EQ(after.cause, before.cause);
            EXPECT_EQ(after.decides, before.decides);
            EXPECT_EQ(after.against, before.against);
            EXPECT_EQ(after.ruled_out, before.ruled_out);
        }
    }
}

TEST(Diagnose, PortsThatNoConnectionHoldsAreBoundOrOutOfSight) {
    RunRecord record = ended(Outcome::no_port_connect, 700);
    EXPECT_EQ(cause_in(record), Cause::bound_sockets) << "where the kernel cannot list them it is the likely cause";
    record.totals.ports_bound = 700;
    EXPECT_EQ(cause_in(record), Cause::bound_sockets);
    record.totals.ports_bound = 0;
    EXPECT_EQ(cause_in(record), Cause::unseen_holder);
    record.samples.emplace_back().ports_in_use = 990;
    EXPECT_EQ(cause_in(record), Cause::client_time_wait) << "the pairs are accounted for";
}

TEST(Diagnose, TellsWhatTheConnectionsThatHoldThePortsAreDoing) {
    RunRecord record = ended(Outcome::no_port_connect, 100);
    record.totals.time_wait_peak_client = 0;
    record.samples.emplace_back().ports_in_use = 1000;
    record.censuses.emplace_back().connected = 900;
    EXPECT_EQ(cause_in(record), Cause::open_connections);
    record.censuses.back().connected = 100;
    record.totals.fin_wait_2_peak = 900;
    EXPECT_EQ(cause_in(record), Cause::fin_wait_2_ports);
    EXPECT_EQ(cause_in(ended(Outcome::no_port_bind, 100)), Cause::bind_before_connect);
}

TEST(Diagnose, BetweenCensusesEstablishedConnectionsCountOnceNotTwice) {
    RunRecord record = ended(Outcome::no_port_connect, 300);
    record.totals.time_wait_peak_client = 100;
    record.samples.emplace_back().established = 1000;
    EXPECT_EQ(cause_in(record), Cause::bound_sockets) << "600 pairs are not 1,000";
    record.samples.back().established = 1900;
    EXPECT_NE(cause_in(record), Cause::bound_sockets);
}

TEST(Diagnose, TellsAFullBacklogFromSynsThatVanishOnTheWay) {
    RunRecord record = ended(Outcome::timeout, 900);
    EXPECT_EQ(cause_in(record), Cause::silent_peer);
    record.counters["TcpExt.TCPSynRetrans"] = 900;
    EXPECT_EQ(cause_in(record), Cause::syns_dropped);
    record.counters["TcpExt.ListenOverflows"] = 1800;
    EXPECT_EQ(cause_in(record), Cause::backlog_overflow);
}

TEST(Diagnose, ANatWithoutPortsIsNoSilentServer) {
    RunRecord record = ended(Outcome::timeout, 400);  // it gives up before a SYN is sent again
    record.totals.ports_min_free = 500;
    EXPECT_EQ(cause_in(record), Cause::silent_peer);
    record.nat = {600, 600, 600, 400, 0, 41.7};
    const Diagnosis found = diagnose(record);
    EXPECT_EQ(found.cause, Cause::nat_ports);
    EXPECT_EQ(family(found.cause), Family::exhaustion);
    EXPECT_THAT(found.headline, HasSubstr("out of ports"));
    EXPECT_THAT(found.decides, Contains(HasSubstr("dropped 400 SYNs for want of a port, the first after 41.7 s")));
    EXPECT_THAT(found.against, IsEmpty());
    EXPECT_THAT(found.ruled_out, Contains(HasSubstr("at worst 500 of 1,000 pairs were free")));
    EXPECT_THAT(found.ruled_out, Not(Contains(HasSubstr("none was sent again"))));
    EXPECT_THAT(found.next, HasSubstr("More public addresses"));
    record.counters["TcpExt.TCPSynRetrans"] = 800;
    record.connect.add(3050ms);
    EXPECT_EQ(cause_in(record), Cause::nat_ports) << "the same with more patience";
    EXPECT_THAT(diagnose(record).against, IsEmpty());
    EXPECT_EQ(cause_in(made::behind_nat()), Cause::nat_ports);
}

TEST(Diagnose, ANatExplainsOnlyWhatItDropped) {
    RunRecord record = ended(Outcome::timeout, 900);
    record.nat = {600, 600, 600, 4, 0, 41.7};
    const Diagnosis found = diagnose(record);
    EXPECT_EQ(found.cause, Cause::silent_peer);
    EXPECT_THAT(found.against, Contains(HasSubstr("the NAT dropped 4 SYNs")));
    record.nat->dropped = 0;
    EXPECT_EQ(cause_in(record), Cause::silent_peer);
}

TEST(Diagnose, SynsSentAgainAtOnceWereNotDropped) {
    RunRecord record = ended(Outcome::ok, 0);
    record.counters["TcpExt.TCPSynRetrans"] = 500;
    record.connect.add(9ms);
    record.totals.ports_min_free = 200;
    EXPECT_EQ(cause_in(record), Cause::nothing_wrong);
    record.connect.add(1010ms);
    EXPECT_EQ(cause_in(record), Cause::syns_dropped);
}

TEST(Diagnose, TellsTheOtherLookAlikes) {
    const auto with = [](RunRecord record, const std::function<void(RunRecord&)>& change) {
        return cause_in(changed(std::move(record), change));
    };
    EXPECT_EQ(with(ended(Outcome::fd_limit, 400), [](RunRecord& r) { r.totals.errors["socket/EMFILE"] = 400; }),
              Cause::descriptor_limit);
    EXPECT_EQ(with(ended(Outcome::timeout, 400), [](RunRecord& r) { r.totals.errors["accept/EMFILE"] = 90; }),
              Cause::descriptor_limit);
    EXPECT_EQ(cause_in(ended(Outcome::refused, 999)), Cause::refused);
    EXPECT_EQ(with(ended(Outcome::refused, 999), [](RunRecord& r) { r.totals.self_connects = 1; }),
              Cause::self_connect);
    EXPECT_EQ(with(ended(Outcome::ok, 0), [](RunRecord& r) { r.totals.fin_wait_2_peak = 600; }),
              Cause::fin_wait_2_pile_up);
    EXPECT_EQ(cause_in(ended(Outcome::late, 400)), Cause::generator_too_slow);
    EXPECT_EQ(cause_in(ended(Outcome::reset, 400)), Cause::reset_by_peer);
    EXPECT_EQ(with(ended(Outcome::cut_short, 400),
                   [](RunRecord& r) { r.totals.relay_errors["connect/EADDRNOTAVAIL"] = 400; }),
              Cause::relay_ports);
}

TEST(Diagnose, FindsExhaustionThatSomethingHides) {
    RunRecord record = ended(Outcome::ok, 0);
    record.cpu.real_s = 10;  // 1,000 connections in 10 s: 6,000 pairs in TIME_WAIT for 60 s
    record.totals.ports_capacity = 400;
    record.totals.ports_min_free = 100;
    record.counters["TcpExt.TWRecycled"] = 600;
    EXPECT_EQ(cause_in(record), Cause::hidden_by_reuse);
    record.totals.ports_capacity = 5000;
    record.totals.ports_min_free = 4000;
    EXPECT_EQ(cause_in(record), Cause::nothing_wrong) << "all connections would have fitted";
    record.totals.ports_capacity = 400;
    record.counters["TcpExt.TCPTimeWaitOverflow"] = 600;
    EXPECT_EQ(cause_in(record), Cause::hidden_by_limit);
}

TEST(Diagnose, SeesExhaustionComing) {
    RunRecord record = ended(Outcome::ok, 0);
    EXPECT_EQ(cause_in(record), Cause::nearly);
    for (int i = 0; i < 100; ++i) record.connect.add(i < 50 ? 25us : 400us);
    EXPECT_EQ(cause_in(record), Cause::slow_search);
}

TEST(Diagnose, LostDataIsNeverNothingWrong) {
    RunRecord record = ended(Outcome::ok, 0);
    record.totals.ports_min_free = 900;
    ASSERT_EQ(cause_in(record), Cause::nothing_wrong);
    record.totals.cost.resets_seen_by_peer = 600;
    EXPECT_EQ(diagnose(record).headline,
              "Ports did not run out, but 600 of 1,000 connections ended by a reset instead of a FIN.");
    record.totals.cost.transfers_cut = 60;
    record.totals.cost.bytes_lost = 56'100'000;
    const Diagnosis found = diagnose(record);
    EXPECT_EQ(found.cause, Cause::data_lost);
    EXPECT_EQ(family(found.cause), Family::look_alike);
    EXPECT_EQ(found.headline, "Ports did not run out, but data was lost: 60 of 1,000 transfers cut, 56.1 MB.");
    EXPECT_THAT(found.decides, ElementsAre(HasSubstr("60 of 1,000 transfers cut")));
    EXPECT_THAT(found.against, ElementsAre(HasSubstr("reset")));
    EXPECT_THAT(found.next, Not(HasSubstr("Nothing to do")));
    record.totals.outcomes[Outcome::no_port_connect] = 2000;
    EXPECT_THAT(diagnose(record).against.front(), HasSubstr("data was lost")) << "whatever the cause is";
}

TEST(Diagnose, OldDataThatGotInIsNeverNothingWrong) {
    const auto with = [](const std::function<void(record::Duplicates&)>& change) {
        RunRecord record = ended(Outcome::ok, 0);
        record.totals.ports_min_free = 900;
        record.duplicates.emplace().trials = 20;
        change(*record.duplicates);
        return diagnose(record).headline;
    };
    EXPECT_THAT(with([](auto& d) { d.dropped_paws = 20; }), HasSubstr("Nothing wrong"));
    EXPECT_THAT(with([](auto& d) { d.accepted = d.stale_accepted = 15; }),
                HasSubstr("data was corrupted: old data was accepted in 20 of 20 trials"));
    EXPECT_THAT(with([](auto& d) { d.stale_killed = 3; }), HasSubstr("ended new connections in 3 of 20 trials"));
    EXPECT_THAT(with([](auto& d) { d.time_wait_killed = 4; }), HasSubstr("ended TIME_WAIT in 4 of 20 trials"));
}

TEST(Diagnose, HidesNothingWhereTheRateWouldHaveLasted) {
    RunRecord record = ended(Outcome::ok, 0);
    record.cpu.real_s = 300;  // 200 pairs in TIME_WAIT at a time
    record.totals.ports_capacity = 400;
    record.totals.ports_min_free = 200;
    record.counters["TcpExt.TWRecycled"] = 600;
    EXPECT_EQ(cause_in(record), Cause::nothing_wrong);
}

TEST(Diagnose, SaysWhatGaveThePairsBack) {
    RunRecord record = ended(Outcome::ok, 0);
    record.cpu.real_s = 10;
    record.totals.ports_capacity = 400;
    record.totals.ports_min_free = 100;
    record.counters["TcpExt.TWRecycled"] = 600;
    const auto at = [&](const char* value) {
        record.host.sysctls["net.ipv4.tcp_tw_reuse"] = value;
        const Diagnosis found = diagnose(record);
        EXPECT_EQ(found.cause, Cause::hidden_by_reuse);
        return found.headline + ' ' + found.decides.front() + ' ' + found.next;
    };
    EXPECT_THAT(at("2"), AllOf(HasSubstr("tw_reuse gave"), HasSubstr("tcp_tw_reuse = 2, the default")));
    EXPECT_THAT(at("1"), AllOf(HasSubstr("tcp_tw_reuse = 1"), Not(HasSubstr("= 2")), Not(HasSubstr("loopback"))));
    EXPECT_THAT(at("0"), AllOf(HasSubstr("SO_REUSEADDR"), Not(HasSubstr("tw_reuse gave")), Not(HasSubstr("= 2"))));
}

TEST(Diagnose, NamesTheSlotsWhereAttemptsWereNeverStarted) {
    RunRecord record = ended(Outcome::late, 400);
    record.cpu.real_s = 10;
    record.cpu.workers_s = 1;
    EXPECT_THAT(diagnose(record).headline, HasSubstr("load.in_flight"));
    EXPECT_THAT(diagnose(record).next, StartsWith("Raise load.in_flight"));
    record.cpu.workers_s = 9.8;
    EXPECT_THAT(diagnose(record).next, HasSubstr("add workers"));
}

TEST(Diagnose, NamesLostSynsBesideExhaustion) {
    RunRecord record = ended(Outcome::no_port_connect, 700);
    record.samples.emplace_back().ports_in_use = 990;
    record.counters["TcpExt.TCPSynRetrans"] = 40;
    record.connect.add(9ms);
    EXPECT_THAT(diagnose(record).against, IsEmpty()) << "sent again at once";
    record.connect.add(3050ms);
    const Diagnosis found = diagnose(record);
    EXPECT_EQ(found.cause, Cause::client_time_wait);
    EXPECT_THAT(found.against, ElementsAre(HasSubstr("TCPSynRetrans): 40"), HasSubstr("slowest connect()")));
}

TEST(Diagnose, RemediesNameWhatTheReaderHas) {
    EXPECT_THAT(diagnose(ended(Outcome::fd_limit, 400)).next, HasSubstr("lab.descriptors"));
    EXPECT_THAT(diagnose(ended(Outcome::no_port_connect, 700)).next, HasSubstr("iproute2 6.8"));
}

TEST(Diagnose, NamesWhatItsCauseDoesNotExplain) {
    RunRecord record = ended(Outcome::no_port_connect, 100);
    record.totals.outcomes[Outcome::reset] = 3;
    record.validity.valid = false;
    EXPECT_THAT(diagnose(record).against,
                ElementsAre("3 of 1,000 attempts were reset", "the measurement is not valid; the record says why"));
}

TEST(DiagnosisText, SaysInJsonWhatItSaysInWords) {
    const RunRecord record = made::exhausted();
    const report::DiagnosedRun run{&record, "runs/a.json", diagnose(record)};
    const std::string words = report::render_text(run, {});
    EXPECT_THAT(words, HasSubstr("Port exhaustion: TIME_WAIT on the client's side took every pair."));
    EXPECT_THAT(words, HasSubstr("against    nothing"));
    const std::string json = report::diagnosis_json({run});
    EXPECT_THAT(json, HasSubstr("\"cause\": \"client_time_wait\""));
    EXPECT_THAT(json, HasSubstr("\"family\": \"exhaustion\""));
    for (const std::string& line : run.diagnosis.decides) EXPECT_THAT(json, HasSubstr(line));
}

}  // namespace
}  // namespace portdrought::diagnose
