#include "analysis/findings/hazard.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "analysis/findings/safety.hpp"
#include "analysis/made_records.hpp"
#include "analysis/report/rows.hpp"

namespace portdrought::findings {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

record::RunRecord with(const std::function<void(record::Duplicates&)>& outcome) {
    record::RunRecord record = made::fine();
    record.duplicates.emplace().trials = 40;
    outcome(*record.duplicates);
    return record;
}

std::vector<std::string> cells(const record::RunRecord& record, const std::string& label) {
    for (const report::Row& row : report::rows_of(record))
        if (row.label == label) return row.cells;
    return {};
}

TEST(Hazards, AreNotSpokenOfWithoutTrials) {
    EXPECT_THAT(hazards(made::fine()), IsEmpty());
    EXPECT_THAT(cells(made::fine(), "duplicates"), IsEmpty());
}

TEST(Hazards, OldDataInANewConnectionIsNotSafe) {
    const auto record = with([](auto& result) { result.accepted = 38, result.dropped_other = 2; });
    EXPECT_THAT(hazards(record), HasSubstr("Not safe: pairs were used again so early"));
    EXPECT_THAT(hazards(record), HasSubstr("38 of 40 trials"));
    EXPECT_THAT(cells(record, "duplicates"), Contains("accepted 38: old data in new connections"));
    EXPECT_THAT(cells(record, "duplicates"), Contains("dropped 2"));
}

TEST(Hazards, AKilledConnectionIsNotSafeEither) {
    EXPECT_THAT(hazards(with([](auto& result) { result.stale_killed = 1; })),
                HasSubstr("ended the new one in 1 of 40 trials"));
}

TEST(Hazards, TimestampsKeepOldDataOut) {
    const auto record = with([](auto& result) { result.dropped_paws = result.stale_dropped = 40; });
    EXPECT_THAT(hazards(record), HasSubstr("PAWS dropped it in 40 of 40 trials"));
    EXPECT_THAT(hazards(record), Not(HasSubstr("Not safe")));
    EXPECT_THAT(cells(record, "duplicates"), Contains("dropped by PAWS 40"));
}

TEST(Hazards, ARefusedPairIsProtected) {
    EXPECT_THAT(hazards(with([](auto& result) { result.pair_refused = 40; })), HasSubstr("TIME_WAIT kept every pair"));
    EXPECT_THAT(hazards(with([](auto& result) { result.pair_refused = 1; })), HasSubstr("TIME_WAIT kept some pairs"));
}

TEST(Hazards, NameTheSettingThatKeepsTimeWait) {
    const auto record = with([](auto& result) { result.time_wait_killed = result.pair_refused = 40; });
    EXPECT_THAT(hazards(record), HasSubstr("host.rfc1337 = true prevents that"));
    EXPECT_THAT(cells(record, "duplicates"), Contains("TIME_WAIT ended by a stale segment 40"));
    const auto kept = with([](auto& result) { result.time_wait_kept = result.pair_refused = 40; });
    EXPECT_THAT(hazards(kept), Not(HasSubstr("rfc1337")));
}

TEST(Hazards, TimeWaitHasAShareOfItsOwnPairs) {
    const auto record = with([](auto& result) { result.time_wait_killed = 10, result.time_wait_kept = 15; });
    EXPECT_THAT(hazards(record), HasSubstr("ended TIME_WAIT itself in 10 of 25 trials"));
}

TEST(Hazards, OfARunStoppedBeforeItsFirstTrialEndedAreTold) {
    record::RunRecord record = with([](auto& result) { result.trials = 0; });
    EXPECT_THAT(hazards(record), IsEmpty());
    EXPECT_EQ(safety(record).words.find("trial"), std::string::npos) << "the settings speak";
    record.duplicates->time_wait_killed = 3;
    EXPECT_THAT(hazards(record), HasSubstr("ended TIME_WAIT itself in 3 of 3 trials"));
    EXPECT_EQ(safety(record).words, "a stale segment ended TIME_WAIT in 3 of 3 trials");
}

TEST(Rows, SayWhatALongerTimeWaitCostsAndWhoseItWas) {
    record::RunRecord record = made::fine();
    record.enforced->refreshes = 1200;
    record.enforced->foreign = 50;
    record.enforced->foreign_precision = std::chrono::milliseconds{4};
    EXPECT_THAT(cells(record, "enforced"), Contains("renewed by 1,200 stale ACKs (rfc1337 on)"));
    EXPECT_THAT(cells(record, "enforced"), Contains("50 of another process, known to 4.0 ms"));
}

}  // namespace
}  // namespace portdrought::findings
