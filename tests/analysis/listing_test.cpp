#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "analysis/report/listing_text.hpp"
#include "made_records.hpp"

namespace portdrought::report {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TEST(ListingText, CountsTheRowsItLeavesOut) {
    const auto record = made::relay();
    const std::string text = render_listing(*record.listing, record.scenario, {}, 3);
    EXPECT_THAT(text,
                AllOf(HasSubstr("127.0.0.1:3133"), Not(HasSubstr("127.0.0.1:3135")), HasSubstr("1,985 more rows")));
}

TEST(ListingText, BlamesTheRelayForStepsOfTwoOnlyWhereThereIsOne) {
    auto record = made::relay();
    EXPECT_THAT(render_listing(*record.listing, record.scenario, {}), HasSubstr("the relay's own outbound"));
    record.scenario.server.kind = scenario::ServerKind::builtin;
    record.scenario.host.port_choice = scenario::PortChoice::kernel;
    EXPECT_THAT(render_listing(*record.listing, record.scenario, {}),
                AllOf(Not(HasSubstr("the relay's own")), HasSubstr("one parity before the other")));
    for (std::size_t i = 0; i < record.listing->rows.size(); ++i)
        record.listing->rows[i].remote = "127.0.0.1:" + std::to_string(3129 + i);
    EXPECT_THAT(render_listing(*record.listing, record.scenario, {}), Not(HasSubstr("Every second port")));
}

TEST(ListingText, ReadsOffTheRowsWhoClosedFirst) {
    auto record = made::relay();
    EXPECT_THAT(render_listing(*record.listing, record.scenario, {.width = 200}),
                HasSubstr("The side on port 30606 closed"));
    for (auto& row : record.listing->rows) std::swap(row.local, row.remote);
    EXPECT_THAT(render_listing(*record.listing, record.scenario, {.width = 200}),
                HasSubstr("The connecting side closed first"));
}

TEST(ListingText, TellsOwnedRowsFromOwnerless) {
    auto record = made::relay();
    record.listing->rows[0].inode = 4711;
    record.listing->rows[0].state = "ESTABLISHED";
    EXPECT_THAT(render_listing(*record.listing, record.scenario, {}),
                AllOf(HasSubstr("ESTABLISHED    -"), HasSubstr("TIME_WAIT      0"), HasSubstr("PID -")));
    EXPECT_THAT(render_listing({}, record.scenario, {}), HasSubstr("There was no connection to list."));
}

}  // namespace
}  // namespace portdrought::report
