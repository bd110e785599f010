#include "analysis/report/rows.hpp"

#include <gmock/gmock.h>

#include "analysis/made_records.hpp"

namespace portdrought::report {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

std::vector<std::string> cells(const record::RunRecord& record, const std::string& label) {
    for (const Row& row : rows_of(record))
        if (row.label == label) return row.cells;
    return {};
}

/// As the model leaves it where it knows no costs.
record::RunRecord modelled() {
    record::RunRecord record = made::fine();
    record.engine = "model";
    record.model.emplace();
    record.enforced.reset();
    record.connect = {};
    record.scenario.host.timed_wait_delay = 240s;
    return record;
}

TEST(Rows, AModelHasNoEnforcer) {
    EXPECT_THAT(cells(made::fine(), "enforced"), SizeIs(1));
    EXPECT_THAT(cells(modelled(), "enforced"), IsEmpty());
}

TEST(Rows, AModelWithoutCostsHasNoLatency) {
    EXPECT_THAT(cells(modelled(), "connect"), ElementsAre("takes no time: the model has no costs of such hosts"));
    record::RunRecord refused = modelled();
    refused.totals.connected = 0;
    EXPECT_THAT(cells(refused, "connect"), ElementsAre("no connection was made"));
}

/// An Azure NAT gateway of which `hosts` want 300/s each.
record::RunRecord behind_azure(std::uint32_t hosts) {
    record::RunRecord record;
    record.engine = "model";
    scenario::Scenario& s = record.scenario;
    s.topology.hosts = hosts;
    s.load.rate = core::Rate{300};
    s.nat.profile = "azure-nat-gateway";
    s.nat.connections_per_destination = 50'000;
    s.nat.after_fin = 65s;
    s.nat.after_reset = 16s;
    record.nat.emplace().dropped = 1;
    record.totals.ports_capacity = 28'232ULL * hosts;
    record.totals.sustained_rate_per_s = 733;
    return record;
}

TEST(Rows, ATraceIsOfAllHostsTogether) {
    record::RunRecord record = behind_azure(4);
    EXPECT_EQ(cells(record, "rate").front(), "offered 4 x 300/s");
    record.scenario.load.arrivals = core::Arrivals::trace;
    EXPECT_EQ(cells(record, "rate").front(), "offered 300/s together");
}

TEST(Rows, TheLawOnceFullIsThatOfThePoolThatBreaksFirst) {
    EXPECT_EQ(cells(behind_azure(4), "rate").back(), "once full 733/s (law: 769/s)");
    record::RunRecord resets = behind_azure(14);
    resets.scenario.load.linger = std::chrono::seconds{0};
    EXPECT_EQ(cells(resets, "rate").back(), "once full 733/s (law: 3,125/s)");
    record::RunRecord hosts = behind_azure(1);
    hosts.scenario.load.rate = core::Rate{500};
    EXPECT_EQ(cells(hosts, "rate").back(), "once full 733/s (law: 471/s)") << "28,232 / 60 s of one host";
    hosts.scenario.nat = {};
    hosts.scenario.load.linger = std::chrono::seconds{0};
    EXPECT_EQ(cells(hosts, "rate").back(), "once full 733/s (law: any rate)");
}

}  // namespace
}  // namespace portdrought::report
