// Maps of a sweep.
#include "analysis/charts/sweep_charts.hpp"

#include <gmock/gmock.h>

#include <cmath>

namespace portdrought::charts {
namespace {

using record::SweepAxis;
using record::SweepHeader;
using record::SweepRow;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const SweepAxis rates{"load.rate", {"10/s", "20/s", "600/min", "40/s"}};
const SweepAxis delays{"host.timed_wait_delay", {"60s", "2min"}};

SweepHeader header_of(std::vector<SweepAxis> axes) {
    SweepHeader header;
    header.engine = "model";
    header.axes = std::move(axes);
    header.scenario = {{"name", "article"}, {"lab.time_scale", "60"}};
    return header;
}

SweepRow row(std::uint64_t point, std::uint64_t ok, std::optional<double> failure = {}) {
    SweepRow row;
    row.point = point;
    row.attempts = 100;
    row.ok = ok;
    row.time_to_first_failure_s = failure;
    return row;
}

TEST(SweepCharts, OfTwoAxesAreMapsWithWhereFailuresBegin) {
    const SweepHeader header = header_of({delays, rates});
    const Charts charts = sweep_charts(header, {row(0, 100), row(1, 100), row(2, 90, 50), row(3, 80, 40), row(4, 100),
                                                row(5, 70, 30), row(7, 40, 10)});
    ASSERT_EQ(charts.maps.size(), 2U);
    const HeatMap& ok = charts.maps[0];
    EXPECT_EQ(ok.id, "sweep-ok");
    EXPECT_EQ(ok.x_key, "load.rate");
    EXPECT_EQ(ok.y_key, "host.timed_wait_delay");
    EXPECT_THAT(ok.cells, ElementsAre(100, 100, 90, 80, 100, 70, std::nullopt, 40));
    EXPECT_THAT(ok.fails, ElementsAre(false, false, true, true, false, true, false, true));
    EXPECT_THAT(ok.measured, ElementsAre(true, true, true, true, true, true, false, true));
    EXPECT_EQ(charts.maps[1].measured, ok.measured) << "a point without a failure is measured all the same";
    EXPECT_THAT(ok.text, HasSubstr("Of 7 points measured, 4 had attempts without a port."));
    EXPECT_THAT(ok.text, HasSubstr("Least 40.0 % at load.rate = 40/s, host.timed_wait_delay = 2min"));
    EXPECT_EQ(charts.maps[1].unit, Unit::seconds);
    EXPECT_THAT(charts.maps[1].cells,
                ElementsAre(std::nullopt, std::nullopt, 50, 40, std::nullopt, 30, std::nullopt, 10));
    EXPECT_THAT(charts.subjects.at(0).caveats, ElementsAre("compressed x60", "modelled"));
}

TEST(SweepCharts, AreNamedByScenarioAndEngineWithEveryCaveatOfTheHeader) {
    SweepHeader header = header_of({rates});
    EXPECT_EQ(sweep_charts(header, {row(0, 100)}).subjects.at(0).name, "article (model)");
    header.axes.push_back({"host.profile", {"linux", "windows-10"}});
    EXPECT_THAT(sweep_charts(header, {row(0, 100)}).subjects.at(0).caveats,
                ElementsAre("compressed x60", "modelled", "unverified values of some profiles"));
    header.engine = "kernel, model";
    const Subject both = sweep_charts(header, {row(0, 100)}).subjects.at(0);
    EXPECT_EQ(both.name, "article (kernel, model)");
    EXPECT_THAT(both.caveats, testing::Contains("partly modelled"));
}

TEST(SweepCharts, CountTheUnverifiedValuesOfTheModelsProfile) {
    SweepHeader header = header_of({rates});
    header.scenario = {{"name", "w"}, {"host.profile", "windows-10"}, {"host.timed_wait_delay", "120s"}};
    for (const char* engine : {"model", "kernel, model"}) {
        header.engine = engine;
        EXPECT_THAT(sweep_charts(header, {row(0, 100)}).subjects.at(0).caveats,
                    testing::Contains("2 values unverified"));
    }
}

TEST(SweepCharts, SayThatTimeWaitWasEnforced) {
    SweepHeader header = header_of({delays});
    header.engine = "kernel";
    EXPECT_THAT(sweep_charts(header, {row(0, 100)}).subjects.at(0).caveats,
                ElementsAre("compressed x60", "enforced TIME_WAIT"));
}

TEST(SweepCharts, KeepTheAxesWhereTheyAre) {
    const Charts charts = sweep_charts(header_of({rates, delays}), {row(0, 100), row(1, 50, 3), row(2, 25, 2)});
    EXPECT_EQ(charts.maps.at(0).x_key, "host.timed_wait_delay");
    EXPECT_THAT(charts.maps[0].cells,
                ElementsAre(100, 50, 25, std::nullopt, std::nullopt, std::nullopt, std::nullopt, std::nullopt));
}

TEST(SweepCharts, OfMoreAxesAreAMapForEachCombination) {
    std::vector<std::string> many;
    for (int i = 0; i < 20; ++i) many.push_back(std::to_string(i));
    const SweepAxis sources{"host.sources", {"1", "2"}}, three{"host.timed_wait_delay", {"60s", "90s", "2min"}};
    Charts charts = sweep_charts(header_of({sources, three, rates}), {row(0, 100), row(12, 50, 3)});
    ASSERT_EQ(charts.maps.size(), 4U);
    EXPECT_EQ(charts.maps[1].id, "sweep-ok-2");
    EXPECT_THAT(charts.maps[1].title, HasSubstr("host.sources = 2"));
    EXPECT_EQ(charts.maps[1].cells.at(0), 50);

    std::vector<SweepRow> rows;
    for (std::uint64_t i = 0; i < 16; ++i) rows.push_back(row(i * 400, 100));
    const std::vector<std::string> sixteen(many.begin(), many.begin() + 16);
    charts = sweep_charts(header_of({{"load.in_flight", sixteen}, {"x", many}, {"y", many}}), rows);
    EXPECT_EQ(charts.maps.size(), 2 * most_maps);
    EXPECT_THAT(charts.maps[0].note, HasSubstr("12 of 16 combinations of the other axes are drawn"));
    EXPECT_THAT(charts.maps[most_maps].note, HasSubstr("12 of 16 combinations"));
}

TEST(SweepCharts, OfOneAxisOfNumbersAreChartsInTheirOrder) {
    const Charts charts = sweep_charts(header_of({rates}), {row(0, 100), row(1, 60, 20), row(2, 100), row(3, 40, 10)});
    EXPECT_EQ(charts.maps.size(), 2U) << "600/min is 10/s: no place of its own";
    SweepAxis apart = rates;
    apart.values[2] = "300/min";
    const Charts rising = sweep_charts(header_of({apart}), {row(0, 100), row(1, 60, 20), row(2, 100), row(3, 40, 10)});
    ASSERT_EQ(rising.charts.size(), 2U);
    EXPECT_THAT(rising.charts[0].panels.at(0).x, ElementsAre(5, 10, 20, 40));
    EXPECT_THAT(rising.charts[0].panels[0].series.at(0).y, ElementsAre(100, 100, 60, 40));
    EXPECT_EQ(rising.charts[0].x.unit, Unit::per_second);
    EXPECT_EQ(rising.charts[0].panels[0].marks.at(0).at, 20);
    EXPECT_EQ(rising.charts[0].panels[0].marks[0].label, "failures from 20/s");
    EXPECT_TRUE(std::isnan(rising.charts[1].panels.at(0).series.at(0).y[1]));
}

TEST(SweepCharts, MarkWhereFailuresEndWhereMoreIsBetter) {
    const SweepAxis sources{"host.sources", {"16", "32", "64", "128"}};
    const auto label = [&](const std::vector<SweepRow>& rows) {
        const Panel panel = sweep_charts(header_of({sources}), rows).charts.at(0).panels.at(0);
        return panel.marks.empty() ? "" : panel.marks[0].label;
    };
    EXPECT_EQ(label({row(0, 40, 3), row(1, 60, 9), row(2, 90, 20), row(3, 100)}), "failures up to 64");
    EXPECT_EQ(label({row(0, 40, 3), row(1, 60, 9), row(2, 90, 20), row(3, 99, 50)}), "failures from 16");
    EXPECT_EQ(label({row(0, 100), row(1, 100), row(2, 100), row(3, 100)}), "");
}

TEST(SweepCharts, OfOneAxisOfWordsAreAMapOfOneRow) {
    const Charts charts = sweep_charts(header_of({{"variant", {"off", "on"}}}), {row(0, 100), row(1, 60, 20)});
    ASSERT_EQ(charts.maps.size(), 2U);
    EXPECT_EQ(charts.maps[0].y_key, "");
    EXPECT_THAT(charts.maps[0].cells, ElementsAre(100, 60));
    EXPECT_THAT(sweep_charts(header_of({{"variant", {"off"}}}), {row(0, 100)}).maps, IsEmpty());
}

TEST(SweepCharts, TakeTheMedianOfRepetitionsAndLeaveInvalidOnesOut) {
    const SweepHeader header = header_of({{"variant", {"off", "on"}}, {"repetition", {"1", "2", "3"}}});
    std::vector<SweepRow> rows{row(0, 90, 5), row(1, 50, 7), row(2, 70, 6), row(3, 100), row(4, 100), row(5, 10, 1)};
    rows[5].valid = false;
    const Charts charts = sweep_charts(header, rows);
    EXPECT_THAT(charts.maps.at(0).cells, ElementsAre(70, 100));
    EXPECT_THAT(charts.maps[0].fails, ElementsAre(true, false));
    EXPECT_THAT(charts.maps.at(1).cells, ElementsAre(6, std::nullopt));
    EXPECT_THAT(charts.maps[0].text, HasSubstr("Left out as not valid: 1 run."));
    EXPECT_THAT(charts.subjects.at(0).caveats, testing::Contains("1 of 6 runs not valid"));
}

TEST(Quantities, AreReadWithTheirUnits) {
    EXPECT_EQ(quantity_of("90/min")->value, 1.5);
    EXPECT_EQ(quantity_of("4min")->value, 240);
    EXPECT_EQ(quantity_of("0.5")->unit, Unit::count);
    EXPECT_EQ(quantity_of("1025-5000"), std::nullopt);
    EXPECT_EQ(quantity_of("natural"), std::nullopt);
}

}  // namespace
}  // namespace portdrought::charts
