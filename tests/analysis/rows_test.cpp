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

}  // namespace
}  // namespace portdrought::report
