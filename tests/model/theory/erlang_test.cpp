// Random arrivals on the model's port tables beside Erlang's loss formula, which knows pairs and offered load alone:
// how residence times are distributed must make no difference.
#include <gtest/gtest.h>

#include "analysis/laws/erlang.hpp"
#include "model/theory/batch_means.hpp"
#include "model/theory/model_runs.hpp"

namespace portdrought::model {
namespace {

using core::HoldDistribution;

constexpr core::Duration residence = 1s;

/// A share of pairs wanted (1 = as many as there are), and how long it is watched: batches of so many residences.
struct Row {
    double load;
    int batch, warm_up;  // batches
};

scenario::Scenario held(std::uint32_t pairs, HoldDistribution distribution) {
    scenario::Scenario scenario = loss_system(pairs);
    scenario.load.hold = residence;
    scenario.load.hold_distribution = distribution;
    return scenario;
}

/// The share of attempts without a pair.
Estimate blocking(scenario::Scenario scenario, std::uint32_t pairs, const Row& row) {
    const int batches = row.warm_up + static_cast<int>(batch_count);
    scenario.load.rate = rate_for(row.load, pairs, residence);
    scenario.load.arrivals = core::Arrivals::poisson;
    scenario.load.duration = residence * row.batch * batches + residence / 2;
    scenario.lab.sample = residence * row.batch;
    const ModelRun run = run_model(scenario);
    const core::OutcomeCounts& outcomes = run.record.totals.outcomes;
    EXPECT_EQ(outcomes[core::Outcome::ok] + outcomes[core::Outcome::no_port_connect], run.record.totals.attempts);
    std::vector<double> shares;
    for (std::size_t i = static_cast<std::size_t>(row.warm_up); shares.size() < batch_count; ++i)
        shares.push_back(static_cast<double>(run.intervals.at(i).failed) /
                         static_cast<double>(run.intervals.at(i).attempts));
    return batch_means(shares);
}

/// Where more than 1 % are blocked the interval is narrow: 10 % more or less would be seen.
void expect_law(const Estimate& found, double law, const std::string& what) {
    if (law < 1e-9) {
        EXPECT_EQ(found.mean, 0) << what;
        return;
    }
    EXPECT_TRUE(found.covers(law)) << what << ": " << found.mean << " +- " << found.half_width << ", law " << law;
    if (law > 0.01) {
        EXPECT_LT(found.half_width, 0.07 * law) << what;
    }
}

void expect_erlang(std::uint32_t pairs, const Row& row) {
    const double law = laws::erlang_b(row.load * pairs, pairs);
    const std::string what = std::to_string(pairs) + " pairs, load " + std::to_string(row.load);
    const Estimate constant = blocking(held(pairs, HoldDistribution::constant), pairs, row);
    const Estimate exponential = blocking(held(pairs, HoldDistribution::exponential), pairs, row);
    const Estimate lognormal = blocking(held(pairs, HoldDistribution::lognormal), pairs, row);
    expect_law(constant, law, what + ", constant");
    expect_law(exponential, law, what + ", exponential");
    expect_law(lognormal, law, what + ", lognormal");
    const auto difference = [](const Estimate& a, const Estimate& b) {
        return Estimate{a.mean - b.mean, std::hypot(a.half_width, b.half_width)};
    };
    EXPECT_TRUE(difference(constant, exponential).covers(0)) << what;
    EXPECT_TRUE(difference(exponential, lognormal).covers(0)) << what;
    EXPECT_TRUE(difference(lognormal, constant).covers(0)) << what;
}

void expect_erlang_in_time_wait(std::uint32_t pairs, const Row& row) {
    expect_law(blocking(timed_wait_pool(pairs, residence), pairs, row), laws::erlang_b(row.load * pairs, pairs),
               std::to_string(pairs) + " pairs in TIME-WAIT");
}

TEST(TheoryErlang, BlocksAsTheFormulaSaysWith64Pairs) {
    for (const Row& row : {Row{0.9, 800, 1}, Row{1.0, 300, 1}, Row{1.1, 150, 1}, Row{1.2, 100, 1}})
        expect_erlang(64, row);
    expect_erlang_in_time_wait(64, {1.1, 150, 1});
}

TEST(TheoryErlang, BlocksAsTheFormulaSaysWith1024Pairs) {
    for (const Row& row : {Row{0.9, 100, 1}, Row{1.0, 300, 1}, Row{1.1, 30, 1}, Row{1.2, 20, 1}})
        expect_erlang(1024, row);
    expect_erlang_in_time_wait(1024, {1.1, 30, 1});
}

TEST(TheoryErlang, BlocksAsTheFormulaSaysWithLinuxsDefaultRange) {
    for (const Row& row : {Row{0.9, 1, 1}, Row{1.0, 3, 2}, Row{1.1, 3, 1}, Row{1.2, 3, 1}}) expect_erlang(28'232, row);
    expect_erlang_in_time_wait(28'232, {1.1, 3, 3});
}

}  // namespace
}  // namespace portdrought::model
