// What the tests and intervals promise, tried out: 10 and 10 values that differ by nothing or by a known shift, 4,000
// times, from distributions with and without ties. The seed is fixed.
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <random>
#include <string>

#include "analysis/stats/mann_whitney.hpp"
#include "analysis/stats/shift.hpp"
#include "analysis/stats/signed_rank.hpp"

namespace portdrought::stats {
namespace {

using Random = std::mt19937_64;
using Draw = double (*)(Random&);

double normal(Random& random) { return std::normal_distribution<double>{50, 3}(random); }
double exponential(Random& random) { return std::exponential_distribution<double>{0.1}(random); }
/// Counts with ties: in ten and ten of them about four values in five occur more than once.
double count(Random& random) { return std::poisson_distribution<int>{25}(random); }
/// Hardly anything but ties: 0 to 3.
double few(Random& random) { return std::binomial_distribution<int>{3, 0.4}(random); }

constexpr int trials = 4000;
constexpr double moved = 4;

struct Found {
    double false_positives = 0, covered = 0;  // shares
};

std::vector<double> sample(Draw draw, Random& random, double by = 0) {
    std::vector<double> values(10);
    for (double& value : values) value = draw(random) + by;
    return values;
}

Found independent(Draw draw) {
    Random random(20);
    Found found;
    for (int trial = 0; trial < trials; ++trial) {
        const auto a = sample(draw, random), b = sample(draw, random), shifted = sample(draw, random, moved);
        found.false_positives += mann_whitney(a, b).p < 0.05 ? 1 : 0;
        const Interval interval = shift(a, shifted).interval.value();
        found.covered += interval.lower <= moved && moved <= interval.upper ? 1 : 0;
    }
    return {found.false_positives / trials, found.covered / trials};
}

Found paired(Draw draw) {
    Random random(21);
    Found found;
    for (int trial = 0; trial < trials; ++trial) {
        const auto a = sample(draw, random), b = sample(draw, random);
        std::vector<double> differences, shifted;
        for (std::size_t i = 0; i < a.size(); ++i) {
            differences.push_back(b[i] - a[i]);
            shifted.push_back(b[i] - a[i] + moved);
        }
        found.false_positives += signed_rank(differences).p < 0.05 ? 1 : 0;
        const Interval interval = paired_shift(shifted).interval.value();
        found.covered += interval.lower <= moved && moved <= interval.upper ? 1 : 0;
    }
    return {found.false_positives / trials, found.covered / trials};
}

void expect_promise_kept(const Found& found, const std::string& what) {
    testing::Test::RecordProperty(what + "_false_positives", std::to_string(found.false_positives));
    testing::Test::RecordProperty(what + "_coverage", std::to_string(found.covered));
    EXPECT_LE(found.false_positives, 0.06) << what;
    EXPECT_GE(found.false_positives, 0.02) << what << ": a test that never rejects is none";
    EXPECT_GE(found.covered, 0.93) << what;
    EXPECT_LE(found.covered, 0.97) << what;
}

TEST(Simulation, IndependentSamplesKeepThePromise) {
    expect_promise_kept(independent(normal), "normal");
    expect_promise_kept(independent(exponential), "exponential");
    expect_promise_kept(independent(count), "count");
}

TEST(Simulation, PairsKeepThePromise) {
    expect_promise_kept(paired(normal), "normal");
    expect_promise_kept(paired(exponential), "exponential");
    expect_promise_kept(paired(count), "count");
}

TEST(Simulation, HeavyTiesKeepThePromise) { expect_promise_kept(independent(few), "few"); }

}  // namespace
}  // namespace portdrought::stats
