#include "analysis/html/trend.hpp"

#include <gmock/gmock.h>

#include "analysis/made_records.hpp"
#include "analysis/report/spark.hpp"

namespace portdrought::html {
namespace {

using namespace std::chrono_literals;
using testing::EndsWith;
using testing::HasSubstr;

/// A run of 600 s and one of 300 s.
std::vector<report::VariantTrace> long_and_short() {
    scenario::Scenario whole = made::article(), half = made::article();
    whole.variant = "whole";
    half.variant = "half";
    half.load.duration = 300s;
    const record::RunRecord runs[] = {made::play(whole), made::play(half)};
    return report::variant_traces({&runs[0], &runs[1]});
}

TEST(Trend, RunsBesideEachOtherHaveOneTimeAxis) {
    const std::vector<report::VariantTrace> traces = long_and_short();
    ASSERT_EQ(traces.size(), 2U);
    const std::string whole = report::spark(traces[0].trace, 10), half = report::spark(traces[1].trace, 10);
    EXPECT_EQ(half.substr(0, 5 * 3), whole.substr(0, 5 * 3)) << "the same load for half the time; three bytes a block";
    EXPECT_THAT(half, EndsWith("▇    ")) << "one column for what ends after the load";
}

TEST(Trend, OfThePageHasTheTerminalsAxis) {
    const std::vector<report::VariantTrace> traces = long_and_short();
    EXPECT_THAT(trend(traces.at(0).trace), HasSubstr("M0 4H132.0"));
    EXPECT_THAT(trend(traces.at(1).trace), HasSubstr("M0 4H66.0"));
}

}  // namespace
}  // namespace portdrought::html
