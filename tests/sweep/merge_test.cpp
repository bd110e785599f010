#include "sweep/merge.hpp"

#include <gmock/gmock.h>

#include "made_sweep.hpp"

namespace portdrought::sweep {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// As if it had been written to a file and read.
Part part(const std::string& path, const record::SweepResult& result) {
    return {path, record::sweep_from_json(record::to_json(result), path)};
}

std::vector<Part> shards(std::uint64_t count) {
    std::vector<Part> parts;
    for (std::uint64_t i = 1; i <= count; ++i)
        parts.push_back(part("part-" + std::to_string(i) + ".json", made_sweep({i, count})));
    return parts;
}

TEST(Merge, OfAnyShardingIsWhatOneProcessWrites) {
    const std::string whole = record::to_json(made_sweep());
    for (const std::uint64_t count : {1, 2, 3, 4, 5, 6, 7}) {  // of 7, the last one has no point
        auto parts = shards(count);
        std::ranges::reverse(parts);
        const Merged merged = merge(parts);
        EXPECT_THAT(merged.problems, IsEmpty()) << count;
        EXPECT_EQ(record::to_json(merged.result), whole) << count;
    }
}

TEST(Merge, TakesFilesThatOverlapIfTheyAgree) {
    auto parts = shards(2);
    parts.push_back(part("whole.json", made_sweep()));
    const Merged merged = merge(parts);
    EXPECT_THAT(merged.problems, IsEmpty());
    EXPECT_EQ(record::to_json(merged.result), record::to_json(made_sweep()));
}

TEST(Merge, NamesThePointsThatFilesHaveDifferently) {
    auto parts = shards(2);
    parts.push_back(part("whole.json", made_sweep()));
    std::string& row = parts.back().result.rows.at(3);
    row.replace(row.find("\"attempts\": ") + 12, 1, "9");
    EXPECT_THAT(merge(parts).problems,
                ElementsAre("point 3 is not the same in part-2.json and in whole.json; leave one of them out"));
}

TEST(Merge, NamesTheShardsThatAreMissing) {
    auto parts = shards(3);
    parts.erase(parts.begin() + 1);
    EXPECT_THAT(merge(parts).problems, ElementsAre("2 points are missing: 1, 4\n"
                                                   "  shard 2/3 is not among the files; make it with --shard 2/3"));
    parts.back().result.rows.erase(5);
    EXPECT_THAT(merge(parts).problems,
                ElementsAre("3 points are missing: 1, 4-5\n"
                            "  shard 2/3 is not among the files; make it with --shard 2/3\n"
                            "  shard 3/3 is not complete; make its rest with --shard 3/3 --resume FILE"));
}

TEST(Merge, NamesThePointsThatAWholeSweepLacks) {
    auto whole = part("whole.json", made_sweep());
    whole.result.rows.erase(2);
    EXPECT_THAT(merge({whole}).problems,
                ElementsAre(HasSubstr("1 point is missing: 2; make them with the same sweep")));
}

TEST(Merge, RefusesFilesOfDifferentSweepsAndNamesWhatDiffers) {
    auto parts = shards(2);
    auto& header = parts[1].result.header;
    header.git_revision = "fedcba987654";
    header.engine = "kernel";
    for (auto& [key, value] : header.scenario)
        if (key == "load.duration") value = "6s";
    header.axes[0].values[2] = "4/s";
    EXPECT_THAT(
        merge(parts).problems,
        ElementsAre("part-1.json and part-2.json are not of one sweep: git_revision is 0123456789ab there and "
                    "fedcba987654 here",
                    "part-1.json and part-2.json are not of one sweep: engine is model there and kernel here",
                    "part-1.json and part-2.json are not of one sweep: it varies load.rate from 1/s to 3/s in 3, "
                    "host.timed_wait_delay from 1s to 2s in 2 there and load.rate from 1/s to 4/s in 3, "
                    "host.timed_wait_delay from 1s to 2s in 2 here",
                    "part-1.json and part-2.json are not of one sweep: load.duration is 10s there and 6s here"));
}

TEST(Merge, SeesAxesThatDifferInTheMiddle) {
    auto parts = shards(2);
    parts[1].result.header.axes[0].values[1] = "2.5/s";
    EXPECT_THAT(merge(parts).problems, ElementsAre(HasSubstr("the values of its axes differ")));
}

TEST(Merge, SeesKeysThatOnlyOneFileGives) {
    auto parts = shards(2);
    parts[1].result.header.scenario.emplace_back("load.colour", "red");
    EXPECT_THAT(merge(parts).problems, ElementsAre(HasSubstr("different keys of the scenario")));
}

TEST(Merge, SaysNumbersAsRanges) {
    EXPECT_EQ(numbers_in_words({3}), "3");
    EXPECT_EQ(numbers_in_words({1, 2, 3, 7, 9, 10}), "1-3, 7, 9-10");
    EXPECT_EQ(numbers_in_words({1, 3, 5, 7, 9, 11, 13, 15}), "1, 3, 5, 7, 9, 11 and 2 more");
}

}  // namespace
}  // namespace portdrought::sweep
