#include "analysis/metrics/metric.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>

#include <fstream>
#include <set>

#include "made_records.hpp"
#include "record/full_record.hpp"
#include "record/json/json_tree.hpp"
#include "record/record_file.hpp"

namespace portdrought::metrics {
namespace {

using testing::Optional;

TEST(Metric, HasARowInItsDocumentAndNoOther) {
    std::ifstream file{PORTDROUGHT_SOURCE_DIR "/docs/metrics.md"};
    std::vector<std::string> written, expected;
    for (std::string line; std::getline(file, line);)
        if (line.starts_with("| `")) written.push_back(line);
    for (const Metric& metric : all())
        expected.push_back(fmt::format("| `{}` | {} | {} | {} |", metric.name, name(metric.unit), name(metric.better),
                                       metric.meaning));
    EXPECT_EQ(written, expected);
}

/// "totals" of a record's file as dotted names with their numbers.
void flatten(const record::JsonNode& node, const std::string& prefix, std::map<std::string, double>& numbers) {
    using Kind = record::JsonNode::Kind;
    for (const auto& [key, member] : node.parts->members) {
        const std::string name = prefix.empty() ? key : prefix + '.' + key;
        if (member.kind == Kind::object) flatten(member, name, numbers);
        if (member.kind == Kind::whole) numbers[name] = static_cast<double>(member.magnitude);
        if (member.kind == Kind::real) numbers[name] = member.number;
    }
}

TEST(Metric, GivesEveryTotalOfTheRecordsFileByItsName) {
    const record::RunRecord record = record::full_record();
    const auto tree = record::parse_json(record::to_json(record), "record");
    const auto totals =
        std::ranges::find(tree.parts->members, "totals", [](const auto& member) { return member.first; });
    ASSERT_NE(totals, tree.parts->members.end());
    std::map<std::string, double> numbers;
    flatten(totals->second, "", numbers);
    EXPECT_GT(numbers.size(), 40U);
    for (const auto& [name, number] : numbers) {
        EXPECT_TRUE(find(name)) << name;
        const auto value = metrics::value(record, name);
        ASSERT_TRUE(value) << name;
        EXPECT_EQ(*value, number) << name;
    }
}

TEST(Metric, HasAValueInACompleteRecord) {
    const record::RunRecord record = record::full_record();
    std::set<std::string> names;
    for (const Metric& metric : all()) {
        EXPECT_TRUE(value(record, metric.name)) << metric.name;
        EXPECT_TRUE(names.insert(metric.name).second) << metric.name << " is there twice";
    }
    EXPECT_THAT(value(record, "pool.closed_idle"), Optional(13));
    EXPECT_THAT(value(record, "duplicates.time_wait_kept"), Optional(10));
    EXPECT_THAT(value(record, "enforced.refreshes"), Optional(12));
    EXPECT_THAT(value(record, "ok_share"), Optional(testing::DoubleNear(1.0 / 30, 1e-9)));
    EXPECT_THAT(value(record, "cpu.probe_s"), Optional(0.0625));
}

TEST(Metric, IsAbsentWhereTheRunHasNone) {
    const record::RunRecord nothing;
    for (const char* name : {"ok_share", "time_wait.peak", "time_to_first_failure_s", "sustained_rate_per_s",
                             "connect_us.p99", "connect_us.max", "pool.reused", "duplicates.trials", "enforced.entries",
                             "enforced.lateness_us.p99", "counters.TcpExt.TW"})
        EXPECT_EQ(value(nothing, name), std::nullopt) << name;
    EXPECT_EQ(find("time_to_first_failure_s")->absence, Absence::never);
    EXPECT_EQ(find("sustained_rate_per_s")->absence, Absence::unknown);
}

TEST(Metric, KnowsFamiliesOfNames) {
    const record::RunRecord record = record::full_record();
    EXPECT_THAT(value(record, "counters.Tcp.OutRsts"), Optional(4));
    EXPECT_EQ(value(record, "counters.TcpExt.TWRecycled"), std::nullopt);
    EXPECT_THAT(value(record, "errors.bind/EADDRINUSE"), Optional(3));
    EXPECT_THAT(value(record, "relay_errors.connect/ECONNREFUSED"), Optional(1));
    EXPECT_THAT(value(record, "errors.connect/ETIMEDOUT"), Optional(0)) << "a call that never failed so";
    EXPECT_EQ(find("errors.bind/EADDRINUSE")->better, Better::lower);
}

TEST(Metric, KnowsTheOtherNameOfTheFirstFailure) {
    EXPECT_EQ(find("time_to_exhaustion")->name, "time_to_first_failure_s");
    EXPECT_EQ(value(made::exhausted(), "time_to_exhaustion"), value(made::exhausted(), "time_to_first_failure_s"));
    EXPECT_NE(value(made::exhausted(), "time_to_exhaustion"), std::nullopt);
}

TEST(Metric, RefusesNamesThatNoRecordCanHave) {
    for (const char* name :
         {"", "outcomes", "outcomes.no_prot", "errors.connect/EADDRNOTAVIAL", "errors.open/ENOENT", "errors.connect",
          "counters.TW", "counters.Udp.InErrors", "counters.TcpExt.", "OK_SHARE"}) {
        EXPECT_FALSE(find(name)) << name;
        EXPECT_FALSE(value(record::full_record(), name)) << name;
    }
}

TEST(Metric, NamesTheNearestKnownOne) {
    EXPECT_EQ(nearest("outcomes.no_prot_connect"), "outcomes.no_port_connect");
    EXPECT_EQ(nearest("connect_us.p9"), "connect_us.p90");
    EXPECT_EQ(nearest("time_to_exhuastion"), "time_to_exhaustion");
    EXPECT_EQ(nearest("bytes_lost"), "cost.bytes_lost");
    EXPECT_EQ(nearest("errors.conect/EADDRNOTAVIAL"), "errors.connect/EADDRNOTAVAIL");
    EXPECT_EQ(nearest("weather"), std::nullopt);
}

}  // namespace
}  // namespace portdrought::metrics
