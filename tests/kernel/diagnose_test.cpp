// The diagnosis against the truth: each look-alike scenario and ten ways to run out of ports, on the real kernel. The
// scenario is taken out of the record first, so that no setting can give away what it causes.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "analysis/diagnose/diagnosis.hpp"
#include "kernel/runs.hpp"
#include "scenario/reader.hpp"

namespace portdrought::kernel {
namespace {

using diagnose::Cause;
using record::RunRecord;
using scenario::Scenario;
using namespace std::chrono_literals;

std::string cause_found(RunRecord record) {
    EXPECT_TRUE(record.validity.valid) << record.validity.notes.front();
    record.scenario = {};
    return std::string(name(diagnose::diagnose(record).cause));
}

/// A scenario of the catalogue without what it expects, which is judged elsewhere.
std::string text_of(const std::string& file) {
    std::ifstream stream(std::string{PORTDROUGHT_SOURCE_DIR} + "/scenarios/" + file);
    std::string text, line;
    while (std::getline(stream, line) && line != "[[expect]]") text += line + '\n';
    return text;
}

struct LookAlike {
    const char* file;
    Cause cause;
};

class LookAlikes : public testing::TestWithParam<LookAlike> {};

TEST_P(LookAlikes, AreToldFromExhaustionInEveryVariant) {
    const auto reading = scenario::read(text_of(GetParam().file), GetParam().file, {}, scenario::Limits{20'000});
    ASSERT_TRUE(reading.complaints.empty()) << to_string(reading.complaints.front());
    for (const Scenario& variant : reading.variants)
        EXPECT_EQ(cause_found(run(variant)), name(GetParam().cause)) << variant.variant;
}

INSTANTIATE_TEST_SUITE_P(Catalogue, LookAlikes,
                         testing::Values(LookAlike{"lookalikes/self-connect.toml", Cause::self_connect},
                                         LookAlike{"lookalikes/bound-never-connected.toml", Cause::bound_sockets},
                                         LookAlike{"lookalikes/full-table-on-the-way.toml", Cause::syns_dropped},
                                         LookAlike{"lookalikes/out-of-descriptors.toml", Cause::descriptor_limit},
                                         LookAlike{"lookalikes/full-backlog.toml", Cause::backlog_overflow},
                                         LookAlike{"lookalikes/peer-never-closes.toml", Cause::fin_wait_2_pile_up}),
                         [](const auto& test) { return std::string(name(test.param.cause)); });

/// 400 ports, 800 connections/s for a second.
std::string cause_of_exhaustion(const std::function<void(Scenario&)>& change) {
    Scenario scenario = thousand_ports();
    scenario.host.ports = {20000, 20399};
    scenario.load.duration = 1s;
    change(scenario);
    return cause_found(run(scenario));
}

TEST(Exhaustion, OfNaturalTimeWait) {
    EXPECT_EQ(cause_of_exhaustion([](Scenario&) {}), "client_time_wait");
}

TEST(Exhaustion, OfEnforcedTimeWait) {
    EXPECT_EQ(cause_of_exhaustion([](Scenario& s) {
                  s.host.timed_wait_delay = 700ms;
                  s.load.duration = 2500ms;
              }),
              "client_time_wait");
}

TEST(Exhaustion, OfPortsTakenInOrder) {
    EXPECT_EQ(cause_of_exhaustion([](Scenario& s) { s.host.port_choice = scenario::PortChoice::sequential; }),
              "client_time_wait");
}

TEST(Exhaustion, OfPortsTakenAtRandom) {
    EXPECT_EQ(cause_of_exhaustion([](Scenario& s) { s.host.port_choice = scenario::PortChoice::random; }),
              "client_time_wait");
}

TEST(Exhaustion, InBind) {
    EXPECT_EQ(cause_of_exhaustion([](Scenario& s) {
                  s.host.bind_before_connect = true;
                  s.host.destinations = 4;
              }),
              "bind_before_connect");
}

TEST(Exhaustion, OfSeveralDestinations) {
    EXPECT_EQ(cause_of_exhaustion([](Scenario& s) {
                  s.host.ports = {20000, 20099};
                  s.host.destinations = 4;
              }),
              "client_time_wait");
}

TEST(Exhaustion, OfSeveralSources) {
    EXPECT_EQ(cause_of_exhaustion([](Scenario& s) {
                  s.host.ports = {20000, 20199};
                  s.host.sources = 2;
              }),
              "client_time_wait");
}

TEST(Exhaustion, ThoughReuseIsOnWithoutTimestamps) {
    EXPECT_EQ(cause_of_exhaustion([](Scenario& s) {
                  s.host.tw_reuse = scenario::TwReuse::on;
                  s.host.timestamps = false;
              }),
              "client_time_wait");
}

TEST(Exhaustion, OfARangeWithReservedPorts) {
    EXPECT_EQ(cause_of_exhaustion([](Scenario& s) {
                  s.host.ports = {20000, 20799};
                  s.host.reserved_ports = {{20100, 20499}};
              }),
              "client_time_wait");
}

TEST(Exhaustion, OfConnectionsThatStayOpen) {
    EXPECT_EQ(cause_of_exhaustion([](Scenario& s) {
                  s.load.hold = 2s;
                  s.load.in_flight = 1000;
              }),
              "open_connections");
}

TEST(Exhaustion, OfHalfClosedConnections) {
    EXPECT_EQ(cause_of_exhaustion([](Scenario& s) { s.load.passive_closes = false; }), "fin_wait_2_ports");
}

TEST(Exhaustion, HiddenByReuse) {
    EXPECT_EQ(cause_of_exhaustion([](Scenario& s) {
                  s.host.tw_reuse = scenario::TwReuse::loopback;
                  s.host.ports = {20000, 20999};
                  s.load.duration = 2500ms;
              }),
              "hidden_by_reuse");
}

TEST(Exhaustion, AnnouncedByASlowSearch) {
    EXPECT_EQ(cause_of_exhaustion([](Scenario& s) {
                  s.host.ports = {20000, 23999};
                  s.load.rate = core::Rate{1200};
                  s.load.duration = 2500ms;
              }),
              "slow_search");
}

TEST(Exhaustion, IsNotSeenWherePortsLast) {
    EXPECT_EQ(cause_of_exhaustion([](Scenario& s) { s.load.rate = core::Rate{200}; }), "nothing_wrong");
}

}  // namespace
}  // namespace portdrought::kernel
