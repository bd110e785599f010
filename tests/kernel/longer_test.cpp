// A TIME-WAIT length beyond the kernel's own 60 s, uncompressed: as slow as it says.
#include <gtest/gtest.h>

#include "kernel/runs.hpp"

namespace portdrought::kernel {
namespace {

using core::Outcome;
using record::RunRecord;
using record::Sample;
using scenario::Scenario;
using namespace std::chrono_literals;

std::uint64_t ok_between(const RunRecord& record, double from_s, double to_s) {
    const auto count_at = [&](double t_s) {
        std::uint64_t ok = 0;
        for (const Sample& sample : record.samples)
            if (sample.t_s <= t_s) ok = sample.outcomes[Outcome::ok];
        return ok;
    };
    return count_at(to_s) - count_at(from_s);
}

std::uint64_t most_time_wait_after(const RunRecord& record, double from_s) {
    std::uint64_t most = 0;
    for (const Sample& sample : record.samples)
        if (sample.t_s >= from_s) most = std::max(most, sample.time_wait.value_or(0));
    return most;
}

// 100 ports at 50/s: all taken within 2 s, and none may come back before 75 s.
TEST(LongerDelay, SeventyFiveSecondsAreKeptWithoutCompression) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.host.ports = {20000, 20099};
        s.host.timed_wait_delay = 75s;
        s.load.rate = core::Rate{50};
        s.load.duration = 79s;
    });
    EXPECT_TRUE(record.validity.valid) << record.validity.notes.front();
    EXPECT_EQ(record.host.sysctls.at("net.ipv4.tcp_rfc1337"), "1");
    ASSERT_TRUE(record.enforced);
    EXPECT_EQ(ok_between(record, 0, 3), 100U);
    EXPECT_EQ(ok_between(record, 3, 74.5), 0U) << "a port was free before its time";
    EXPECT_EQ(ok_between(record, 74.5, 79.5), 100U) << "the ports should be free after their time";
    EXPECT_EQ(most_time_wait_after(record, 70), 100U);
    EXPECT_EQ(record.enforced->wanted, 75s);
    EXPECT_EQ(record.enforced->already_gone, 0U);
    EXPECT_EQ(record.enforced->lifetimes.count(), 100U);
    EXPECT_GE(record.enforced->lifetimes.min(), 75s);
    EXPECT_LE(record.enforced->lateness.max(), 250ms);
    EXPECT_EQ(record.enforced->refreshes, 100U) << "each of the 100 pairs once, at 37.5 s";
}

}  // namespace
}  // namespace portdrought::kernel
