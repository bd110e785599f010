// A relay and its outbound connections in the model.
#include <gmock/gmock.h>

#include "model/runs.hpp"

namespace portdrought::model {
namespace {

using core::Closer, core::Outcome;
using record::RunRecord;
using scenario::Scenario;
using namespace std::chrono_literals;

TEST(ModelRelay, TakesPortsTowardsItsUpstreamWithoutKeepingThem) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.server.kind = scenario::ServerKind::relay;
        s.load.closer = Closer::server;
    });
    expect_all_ok(record);
    EXPECT_EQ(record.totals.time_wait_peak_client, 0U);
    EXPECT_TRUE(record.totals.relay_errors.empty());
}

TEST(ModelRelay, WithoutAPortItCutsItsClientShort) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.server.kind = scenario::ServerKind::relay;
        s.load.closer = Closer::server;
        s.load.passive_closes = false;  // the clients' ends stay open, with their ports
        s.load.in_flight = 2000;
        s.load.duration = 1s;
        s.load.response_bytes = 500;
        s.host.bind_before_connect = true;
        s.host.ports = {20000, 20099};
    });
    // The hundredth connection has the last port, and none is left for the relay.
    EXPECT_EQ(outcome(record, Outcome::ok), 99U);
    EXPECT_EQ(outcome(record, Outcome::cut_short), 701U);
    EXPECT_EQ(outcome(record, Outcome::no_port_bind), 0U) << "that one is given back each time";
    EXPECT_EQ(record.totals.relay_errors.at("connect/EADDRNOTAVAIL"), 701U);
    EXPECT_EQ(record.totals.cost.transfers_cut, 701U);
    EXPECT_EQ(record.totals.cost.bytes_lost, 701U * 500);
    EXPECT_EQ(record.totals.time_wait_peak_server, 1U) << "taken over by the next SYN from that port";
}

}  // namespace
}  // namespace portdrought::model
