// A kernel's run over the model's, as it is judged.
#include "analysis/charts/agreement_charts.hpp"

#include <gmock/gmock.h>

#include "analysis/made_records.hpp"

namespace portdrought::charts {
namespace {

using record::RunRecord;
using testing::Contains;
using testing::Each;
using testing::HasSubstr;
using testing::IsEmpty;

const agreement::Figure& figure(const agreement::Agreement& agreement, const char* what) {
    return *std::ranges::find(agreement.figures, what, &agreement::Figure::what);
}

double farthest(const Series& series) {
    double most = 0;
    for (const auto* values : {&series.y, &series.low, &series.high})
        for (const double value : *values) most = std::max(most, std::abs(value));
    return most;
}

TEST(AgreementCharts, DrawTheDistanceThatIsJudged) {
    const RunRecord kernel = made::exhausted();
    std::vector<RunRecord> models(2, made::exhausted());
    for (record::Sample& sample : models[0].samples) *sample.time_wait -= *sample.time_wait / 10;
    for (record::Sample& sample : models[1].samples) *sample.time_wait -= *sample.time_wait / 5;
    const agreement::Agreement judged = agreement::compare(kernel, models);
    const Charts charts = agreement_charts(kernel, models, judged);
    ASSERT_EQ(charts.charts.size(), 3U) << "nothing on the server's side";
    const Panel& course = charts.charts[0].panels.at(0);
    EXPECT_EQ(charts.charts[0].id, "agreement-time-wait");
    EXPECT_TRUE(charts.charts[0].is_overlaid);
    EXPECT_EQ(charts.charts[0].title.find(kernel.scenario.name + ", as explained: "), 0U) << charts.charts[0].title;
    const Panel& model = charts.charts[0].panels.at(1);
    EXPECT_EQ(course.series.at(0).key, "kernel");
    EXPECT_EQ(model.series.at(0).key, "model");
    EXPECT_NEAR(model.series[0].low.back(), 80, 0.1);
    EXPECT_NEAR(model.series[0].high.back(), 90, 0.1);
    EXPECT_DOUBLE_EQ(course.series[0].y.back(), 100);
    const Panel& difference = charts.charts[2].panels.at(0);
    EXPECT_EQ(charts.charts[2].id, "agreement-difference");
    EXPECT_NEAR(farthest(difference.series.at(0)), figure(judged, "curve: TIME_WAIT").difference / 39.76, 1e-9);
    EXPECT_GT(difference.series[0].y.back(), 5) << "the kernel has more";
    EXPECT_THAT(difference.text, HasSubstr("beyond the limit of 1.0 %"));
    std::vector<double> limits;
    for (const Mark& mark : difference.marks) limits.push_back(mark.at);
    EXPECT_THAT(limits, testing::ElementsAre(-1, 1)) << "words of the later one stand above";
    ASSERT_EQ(difference.series.size(), 2U);
    EXPECT_NE(difference.series[0].key, difference.series[1].key);
    EXPECT_EQ(charts.subjects.at(0).name, "as explained, kernel");
    EXPECT_EQ(charts.subjects.at(1).name, "as explained, model");
    EXPECT_EQ(charts.subjects.at(1).runs, 2U);
}

TEST(AgreementCharts, AreFlatWhereBothAgree) {
    const RunRecord kernel = made::server_closes();
    const std::vector<RunRecord> models{kernel};
    const Charts charts = agreement_charts(kernel, models, agreement::compare(kernel, models));
    ASSERT_EQ(charts.charts.size(), 3U);
    EXPECT_EQ(charts.charts[1].id, "agreement-time-wait-server");
    for (const Series& series : charts.charts[2].panels.at(0).series)
        EXPECT_THAT(series.y, Each(testing::AnyOf(0, testing::IsNan())));
    EXPECT_THAT(charts.charts[0].panels[0].text, HasSubstr("within what the model's runs span"));
}

TEST(AgreementCharts, SayThatTheModelsRunsAreModelled) {
    const RunRecord kernel = made::exhausted();
    RunRecord model = kernel;
    model.engine = "model";
    const Charts charts = agreement_charts(kernel, {model}, agreement::compare(kernel, {model}));
    const Panel& panel = charts.charts.at(0).panels.at(1);
    EXPECT_THAT(charts.subjects.at(panel.subject).caveats, Contains("modelled"));
    EXPECT_THAT(charts.subjects.at(0).caveats, testing::Not(Contains("modelled")));
}

TEST(AgreementCharts, AreNoneWhereNothingWasJudged) {
    const RunRecord kernel = made::exhausted();
    EXPECT_THAT(agreement_charts(kernel, {}, agreement::not_modelled("why")).charts, IsEmpty());
    EXPECT_THAT(agreement_charts(kernel, {kernel}, agreement::not_modelled("why")).charts, IsEmpty());
}

}  // namespace
}  // namespace portdrought::charts
