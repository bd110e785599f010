#include "analysis/html/heat_map.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace portdrought::html {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

struct Point {
    std::optional<double> cell;
    bool measured, fails;
};

/// Time to the first failure over one axis.
std::string drawn(const std::vector<Point>& points) {
    charts::Charts charts;
    charts.subjects = {{"article (model)", 3, 3, {"modelled", "2 values unverified"}}};
    charts::HeatMap& map = charts.maps.emplace_back();
    map.id = "sweep-first-failure";
    map.title = "Time to the first failure";
    map.x_key = "load.rate";
    map.unit = charts::Unit::seconds;
    for (const Point& point : points) {
        map.x_values.push_back(std::to_string(map.x_values.size()) + "/s");
        map.cells.push_back(point.cell);
        map.measured.push_back(point.measured);
        map.fails.push_back(point.fails);
    }
    return heat_map(charts, 0, "s0m0");
}

constexpr Point lasts{std::nullopt, true, false}, ends{40, true, true}, unknown{std::nullopt, false, false};

TEST(HeatMap, TellsAPointWithoutAFailureFromOneThatWasNotMeasured) {
    const std::string fine = drawn({lasts, lasts, lasts});
    EXPECT_THAT(fine, AllOf(HasSubstr("load.rate = 0/s: no failure</title><rect class=\"failure-free\""),
                            HasSubstr("<span lang=\"en\">none</span> <span lang=\"zh-Hans\">无</span></td>"),
                            HasSubstr("✓ no failure"), HasSubstr("✓ 无失败"), Not(HasSubstr("not measured")),
                            Not(HasSubstr("unmeasured")), Not(HasSubstr("未测量"))));
    EXPECT_THAT(drawn({lasts, unknown}),
                AllOf(HasSubstr("load.rate = 1/s: not measured</title><rect class=\"unmeasured\""),
                      HasSubstr("未测量或无效"), HasSubstr("not measured, or not valid")));
    EXPECT_THAT(drawn({{std::nullopt, true, true}}),
                HasSubstr("load.rate = 0/s: no failure in most runs; some attempt found no port"));
}

TEST(HeatMap, DrawsTheFrontierOnlyBetweenPointsThatWereMeasured) {
    EXPECT_THAT(drawn({lasts, ends, ends}), HasSubstr("class=\"frontier\""));
    EXPECT_THAT(drawn({unknown, ends, unknown, ends}), Not(HasSubstr("class=\"frontier\"")));
    EXPECT_THAT(drawn({lasts, unknown, ends}), Not(HasSubstr("class=\"frontier\"")));
}

TEST(HeatMap, ShadesMeanTheSameInAllMapsOfAFigure) {
    charts::Charts charts;
    for (const double value : {20.0, 100.0}) {
        charts::HeatMap& map = charts.maps.emplace_back();
        map.title = "Attempts that were ok";
        map.x_values = {"1"};
        map.cells = {value};
        map.fails = {false};
        map.measured = {true};
    }
    EXPECT_THAT(heat_map(charts, 0, "a"), HasSubstr("<rect class=\"s0\""));
    EXPECT_THAT(heat_map(charts, 1, "b"), HasSubstr("<rect class=\"s7\""));
}

TEST(HeatMap, IsMarkedByEngineAndBadges) {
    EXPECT_THAT(drawn({lasts, ends}), AllOf(HasSubstr("<h4>article (model)</h4>"), HasSubstr(">modelled</li>"),
                                            HasSubstr("<li class=\"badge grave\">2 values unverified</li>")));
}

}  // namespace
}  // namespace portdrought::html
