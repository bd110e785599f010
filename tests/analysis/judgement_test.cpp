#include "analysis/compare/judgement.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "analysis/compare/comparison.hpp"

namespace portdrought::compare {
namespace {

using core::Outcome;
using record::RunRecord;
using testing::HasSubstr;

RunRecord run(const std::string& variant, std::uint64_t ok, double cpu_us = 50, std::uint64_t resets = 0) {
    RunRecord record;
    record.scenario.variant = variant;
    record.totals.attempts = 4000;
    record.totals.outcomes[Outcome::ok] = ok;
    record.totals.outcomes[Outcome::no_port_connect] = 4000 - ok;
    record.totals.cost.cpu_us_per_connection = cpu_us;
    record.totals.cost.resets_seen_by_peer = resets;
    record.totals.cost.bytes_lost = 0;
    return record;
}

/// `repeats` runs of each variant, all alike.
std::vector<RunRecord> alike(std::size_t repeats, std::uint64_t ok, std::uint64_t other_ok, std::uint64_t resets = 0) {
    std::vector<RunRecord> records;
    for (std::size_t i = 0; i < repeats; ++i) {
        records.push_back(run("before", ok));
        records.push_back(run("after", other_ok, 50, resets));
    }
    return records;
}

const Judgement& judgement_of(const Comparison& comparison, const std::string& metric, std::size_t variant = 1) {
    static const Judgement none;
    for (const Judgement& judgement : comparison.variants.at(variant).judgements)
        if (judgement.criterion->metric == metric) return judgement;
    ADD_FAILURE() << "no judgement on " << metric;
    return none;
}

TEST(Judgement, CallsAClearDifferenceBetterOrWorse) {
    const Comparison better = compare(alike(9, 1000, 3200)), worse = compare(alike(9, 3200, 1000));
    const Judgement& judgement = judgement_of(better, "ok_share");
    EXPECT_EQ(judgement.decision, Decision::better);
    EXPECT_NEAR(judgement.shift, 0.55, 1e-12);
    EXPECT_NEAR(judgement.interval->lower, 0.55, 1e-12);
    EXPECT_NEAR(judgement.p, 2 / 48620.0, 1e-12);
    EXPECT_EQ(judgement.p_holm, judgement.p) << "nothing else varies, so there is one test";
    EXPECT_EQ(judgement.a12, 1);
    EXPECT_EQ(words_of(judgement), "better: +55 points");
    EXPECT_EQ(judgement_of(worse, "ok_share").decision, Decision::worse);
    EXPECT_EQ(words_of(judgement_of(worse, "ok_share")), "worse: -55 points");
    EXPECT_TRUE(better.variants[0].judgements.empty());
}

TEST(Judgement, SaysNothingBelowFourRepeatsASide) {
    for (const std::size_t repeats : {1U, 2U, 3U}) {
        const Comparison comparison = compare(alike(repeats, 1000, 3200));
        EXPECT_EQ(judgement_of(comparison, "ok_share").decision, Decision::cannot_tell);
        EXPECT_EQ(words_of(judgement_of(comparison, "ok_share")), "cannot tell, run more: 4 repeats");
        EXPECT_EQ(judgement_of(comparison, "cost.bytes_lost").decision, Decision::cannot_tell);
    }
    EXPECT_EQ(judgement_of(compare(alike(4, 1000, 3200)), "ok_share").decision, Decision::better);
    std::vector<RunRecord> one_sided = alike(9, 1000, 3200);
    for (RunRecord& record : one_sided)
        if (record.scenario.variant == "after") record.validity.valid = false;
    EXPECT_TRUE(compare(one_sided).variants[1].judgements.empty()) << "no run of it counts";
}

TEST(Judgement, MoreTestsNeedMoreRepeats) {
    const Comparison comparison = compare(alike(4, 1000, 3200, 3000));
    const Judgement& judgement = judgement_of(comparison, "ok_share");
    EXPECT_NEAR(judgement.p_holm, 2 * judgement.p, 1e-12);
    EXPECT_EQ(judgement.decision, Decision::cannot_tell);
    EXPECT_EQ(judgement.repeats_needed, 5U);
    EXPECT_EQ(judgement_of(compare(alike(5, 1000, 3200, 3000)), "ok_share").decision, Decision::better);
}

TEST(Judgement, FindsNoDifferenceBetweenEqualRuns) {
    const Comparison comparison = compare(alike(9, 3200, 3200));
    for (const Judgement& judgement : comparison.variants[1].judgements) {
        EXPECT_EQ(judgement.decision, Decision::no_difference) << judgement.criterion->metric;
        EXPECT_EQ(words_of(judgement), "no difference");
        EXPECT_EQ(judgement.p, 1);
    }
}

TEST(Judgement, JudgesCostsBesideTheHeadline) {
    const Comparison comparison = compare(alike(9, 1000, 3200, 3100));
    EXPECT_EQ(judgement_of(comparison, "ok_share").decision, Decision::better);
    EXPECT_EQ(judgement_of(comparison, "cost.resets_seen_by_peer").decision, Decision::worse);
    EXPECT_EQ(words_of(judgement_of(comparison, "cost.resets_seen_by_peer")), "worse: +3,100");
    EXPECT_EQ(judgement_of(comparison, "cost.cpu_us_per_connection").decision, Decision::no_difference);
}

/// Nine runs a side; CPU of the second is `factor` times as much, with the given spread.
Comparison with_cpu(double factor, double spread) {
    std::mt19937 random(4);
    std::normal_distribution<double> noise(50, spread);
    std::vector<RunRecord> records;
    for (int i = 0; i < 9; ++i) {
        records.push_back(run("before", 4000, noise(random)));
        records.push_back(run("after", 4000, noise(random) * factor));
    }
    return compare(records);
}

TEST(Judgement, TheIntervalDecidesNotTheTestAlone) {
    const Comparison tiny = with_cpu(1.005, 0.05), small = with_cpu(1, 1), clear = with_cpu(1.2, 1),
                     vague = with_cpu(1, 8);
    const auto cpu = [](const Comparison& comparison) {
        return judgement_of(comparison, "cost.cpu_us_per_connection");
    };
    EXPECT_LT(cpu(tiny).p_holm, 0.05) << "more than chance, and too little to matter";
    EXPECT_EQ(cpu(tiny).decision, Decision::no_difference);
    EXPECT_THAT(words_of(cpu(tiny)), HasSubstr("no difference larger than 0."));
    EXPECT_EQ(cpu(small).decision, Decision::no_difference);
    EXPECT_LE(cpu(small).bound, 0.1);
    EXPECT_THAT(words_of(cpu(small)), testing::MatchesRegex("no difference larger than [0-9.]+ %"));
    EXPECT_EQ(cpu(clear).decision, Decision::worse);
    EXPECT_THAT(words_of(cpu(clear)), testing::MatchesRegex("worse: \\+[0-9.]+ us \\[[0-9.]+, [0-9.]+\\]"));
    EXPECT_EQ(cpu(vague).decision, Decision::cannot_tell);
    EXPECT_GT(cpu(vague).repeats_needed, 9U);
}

TEST(Judgement, NeverPromisesADifferenceSmallerThanItsInterval) {
    const Comparison comparison = with_cpu(1, 1);
    const Judgement& judgement = judgement_of(comparison, "cost.cpu_us_per_connection");
    const double end = std::max(std::abs(judgement.interval->lower), std::abs(judgement.interval->upper));
    EXPECT_NEAR(judgement.bound, end / comparison.variants[0].cpu_us_per_connection->median, 1e-12);
}

TEST(Judgement, EqualVariantsAreSeldomToldApart) {
    std::mt19937 random(11);
    std::normal_distribution<double> cpu(50, 2);
    std::binomial_distribution<int> ok(4000, 0.8);
    constexpr int tables = 400;
    int wrong = 0;
    for (int table = 0; table < tables; ++table) {
        std::vector<RunRecord> records;
        for (int i = 0; i < 9; ++i)
            for (const char* variant : {"a", "b", "c", "d"})
                records.push_back(run(variant, static_cast<std::uint64_t>(ok(random)), cpu(random)));
        bool any = false;
        for (const VariantResult& variant : compare(records).variants)
            for (const Judgement& judgement : variant.judgements)
                any = any || judgement.decision == Decision::better || judgement.decision == Decision::worse;
        wrong += any ? 1 : 0;
    }
    EXPECT_LE(wrong, tables * 6 / 100) << "tables of six tests with any false verdict";
}

TEST(Judgement, PairsRunsOfADeterministicEngineBySeed) {
    std::vector<RunRecord> records;
    for (std::uint64_t seed = 1; seed <= 9; ++seed)
        for (const char* variant : {"before", "after"}) {
            // Seeds differ far more than variants do: unpaired, nothing could be told.
            const std::uint64_t gain = variant == std::string{"after"} ? 100 + seed : 0;
            records.push_back(run(variant, 300 * seed + gain));
            records.back().engine = "model";
            records.back().scenario.lab.seed = seed;
        }
    const Comparison paired = compare(records);
    EXPECT_TRUE(judgement_of(paired, "ok_share").paired);
    EXPECT_EQ(judgement_of(paired, "ok_share").decision, Decision::better);
    EXPECT_NEAR(judgement_of(paired, "ok_share").p, 2 / 512.0, 1e-12);
    EXPECT_NEAR(judgement_of(paired, "ok_share").shift, 105 / 4000.0, 1e-12);
    for (RunRecord& record : records) record.engine = "kernel";
    EXPECT_FALSE(judgement_of(compare(records), "ok_share").paired);
    EXPECT_EQ(judgement_of(compare(records), "ok_share").decision, Decision::cannot_tell);
}

}  // namespace
}  // namespace portdrought::compare
