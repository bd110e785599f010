// Readings at common places: nothing between them is lost, nothing outside is made up.
#include "analysis/charts/course.hpp"

#include <gmock/gmock.h>

namespace portdrought::charts {
namespace {

using testing::DoubleNear;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::NanSensitiveDoubleEq;

constexpr double unknown = NAN;

TEST(Places, AreASingleRunsOwnTimesWhereTheyAreFew) {
    EXPECT_THAT(places_for({{{1, 0}, {2, 0}, {4, 0}}}, 3), ElementsAre(1, 2, 4));
    EXPECT_THAT(places_for({{{1, 0}, {2, 0}, {3, 0}, {8, 0}}}, 2), ElementsAre(4, 8));
    EXPECT_THAT(places_for({{}}, 10), IsEmpty());
}

TEST(Places, LeaveOutASampleThatFollowsTooSoonButNotTheLastOne) {
    EXPECT_THAT(places_for({{{1, 0}, {1.1, 0}, {2, 0}, {3, 0}, {4, 0}, {4.01, 0}}}, 10), ElementsAre(1, 2, 3, 4.01));
}

TEST(Places, OfSeveralRunsAreEqualStepsToTheLatestEnd) {
    EXPECT_THAT(places_for({{{1, 0}, {2, 0}}, {{1, 0}, {2, 0}, {3, 0}}}, 10), ElementsAre(1, 2, 3));
    EXPECT_THAT(places_for({{{1, 0}, {2, 0}}, {{1, 0}, {2, 0}, {3, 0}}}, 2), ElementsAre(1.5, 3));
}

TEST(Course, RepeatsThatReadALittleLaterShareAPlace) {
    const Points first{{40, 100}, {80, 60}, {120, 20}}, second{{40.5, 100}, {79.5, 60}, {120.2, 20}};
    const std::vector<double> x = places_for({first, second}, 10);
    EXPECT_THAT(x, ElementsAre(40.5, 80, 120.2));
    for (const Points& points : {first, second}) {
        const Course course = gauge(points, x);
        for (const Place& place : course) EXPECT_LT(place.high - place.low, 1) << "not two readings in one place";
    }
}

TEST(Gauge, KeepsEveryExtremeOfAPlace) {
    const Course course = gauge({{1, 5}, {2, 90}, {3, 1}, {4, 7}, {8, 8}}, {4, 8});
    EXPECT_EQ(course[0].value, 7);
    EXPECT_EQ(course[0].low, 1);
    EXPECT_EQ(course[0].high, 90);
    EXPECT_EQ(course[1].value, 8);
    EXPECT_EQ(course[1].low, 8) << "what lies between is known only as a line";
}

TEST(Gauge, IsAStraightLineBetweenReadingsAndUnknownBeyondThem) {
    const Course course = gauge({{2, 10}, {6, 30}}, {1, 3, 5, 7, 9});
    EXPECT_THAT(course[0].value, NanSensitiveDoubleEq(unknown));
    EXPECT_EQ(course[1].value, 15);
    EXPECT_EQ(course[2].value, 25);
    EXPECT_EQ(course[3].value, 30) << "its last reading falls into this place";
    EXPECT_THAT(course[4].value, NanSensitiveDoubleEq(unknown));
}

TEST(Gauge, HasNoSpreadWhereTheLineTellsIt) {
    const Course ramp = gauge({{1, 10}, {2, 20}, {3, 30}, {4, 40}, {5, 50}, {6, 60}}, {3, 6});
    for (const Place& place : ramp) EXPECT_EQ(place.low, place.high);
    const Course later = gauge({{1, 10}, {2, 20}, {3, 40}}, {1.5, 2, 3});
    for (const Place& place : later) EXPECT_EQ(place.low, place.high);
    EXPECT_EQ(later[0].value, 15);
}

TEST(Gauge, TellsAnExtremeAtTheNearerPlace) {
    const Course course = gauge({{1, 10}, {2, 20}, {2.1, 90}, {3.9, 1}, {4, 30}}, {2, 4});
    EXPECT_EQ(course[0].high, 90);
    EXPECT_EQ(course[0].low, 20);
    EXPECT_EQ(course[1].low, 1);
    EXPECT_EQ(course[1].high, 30);
}

TEST(Held, StandsUntilTheNextReadingAndNotBeforeTheFirst) {
    const Course course = held({{1, 60}, {2, 15}, {5, 0}}, {0.5, 1, 1.9, 2, 4, 5, 6});
    EXPECT_THAT(course[0].value, NanSensitiveDoubleEq(unknown));
    EXPECT_EQ(course[1].value, 60);
    EXPECT_EQ(course[2].value, 60);
    EXPECT_EQ(course[3].value, 15);
    EXPECT_EQ(course[4].value, 15);
    EXPECT_EQ(course[4].low, 15);
    EXPECT_EQ(course[5].value, 0);
    EXPECT_THAT(course[6].value, NanSensitiveDoubleEq(unknown));
}

TEST(Growth, OfASingleIntervalIsItsOwnWithoutASpread) {
    // The place ends a little later than the interval, as another run's does.
    const Course course = growth({{1, 10}, {2, 110}, {3, 120}}, {1.05, 2.05, 3});
    EXPECT_EQ(course[1].value, 100);
    EXPECT_EQ(course[1].low, 100);
    EXPECT_EQ(course[1].high, 100);
}

TEST(Growth, IsTakenOverTrueIntervals) {
    // Samples were thinned out between 1 and 5.
    const Course course = growth({{1, 10}, {5, 50}, {6, 90}}, {1, 5, 6});
    EXPECT_EQ(course[0].value, 10);
    EXPECT_EQ(course[1].value, 10);
    EXPECT_EQ(course[2].value, 40);
}

TEST(Growth, OfAPlaceHasItsMeanAndTheExtremesOfItsIntervals) {
    const Course course = growth({{1, 10}, {2, 110}, {3, 110}, {4, 120}}, {4});
    EXPECT_EQ(course[0].value, 30);
    EXPECT_EQ(course[0].low, 0);
    EXPECT_EQ(course[0].high, 100);
}

TEST(Growth, TakesNoRateFromTwoSamplesThatHappenToBeClose) {
    const Course course = growth({{1, 10}, {2, 20}, {3, 30}, {3.001, 31}}, {1, 2, 3.001});
    EXPECT_THAT(course[2].high, DoubleNear(11, 0.1)) << "not 1,000 a second";
}

TEST(Growth, TakesNoRateFromASampleRightAfterTheStart) {
    const Points counts{{0.01, 1}, {1, 10}, {2, 20}, {3, 30}};
    EXPECT_THAT(places_for({counts}, 10), ElementsAre(1, 2, 3));
    EXPECT_EQ(growth(counts, {1, 2, 3})[0].high, 10) << "not 100 a second";
    EXPECT_THAT(places_for({{{0, 0}, {1, 10}}}, 10), ElementsAre(1));
}

TEST(Growth, IsUnknownAfterTheRun) {
    const Course course = growth({{1, 10}, {2, 20}}, {1, 2, 3, 4});
    EXPECT_THAT(course[3].value, NanSensitiveDoubleEq(unknown));
}

TEST(IntervalStatistic, PicksTheMiddleOrTheHighestAndKeepsBothEnds) {
    const Points points{{1, 5}, {2, 50}, {3, 6}, {8, 7}};
    const Course middle = interval_statistic(points, {3, 8}, Pick::middle);
    EXPECT_EQ(middle[0].value, 6);
    EXPECT_EQ(middle[0].high, 50);
    EXPECT_EQ(interval_statistic(points, {3, 8}, Pick::highest)[0].value, 50);
    EXPECT_EQ(interval_statistic(points, {3, 8}, Pick::highest)[0].low, 50) << "the highest of a place is one";
}

TEST(IntervalStatistic, StandsForAllOfItsIntervalButNotForOnesWithout) {
    const Course course = interval_statistic({{1, 5}, {4, 8}, {5, unknown}, {6, 9}}, {1, 2, 3, 4, 5, 6}, Pick::middle);
    EXPECT_EQ(course[1].value, 8);
    EXPECT_EQ(course[3].value, 8);
    EXPECT_THAT(course[4].value, NanSensitiveDoubleEq(unknown));
    EXPECT_EQ(course[5].value, 9);
}

TEST(Folded, IsTheMedianWithTheLeastAndMostOfRepeats) {
    Series series;
    series = folded(std::move(series),
                    {gauge({{1, 4}, {2, 10}}, {2}), gauge({{1, 8}, {2, 20}}, {2}), gauge({{1, 99}, {2, 30}}, {2})});
    EXPECT_THAT(series.y, ElementsAre(20));
    EXPECT_THAT(series.low, ElementsAre(10));
    EXPECT_THAT(series.high, ElementsAre(30)) << "not the 99 from which its line comes";
}

TEST(Folded, HasNoBandWhereAllAreEqual) {
    const Series series = folded({}, {gauge({{1, 4}, {2, 5}}, {1, 2}), gauge({{1, 4}, {2, 5}}, {1, 2})});
    EXPECT_THAT(series.y, ElementsAre(4, 5));
    EXPECT_THAT(series.low, IsEmpty());
}

TEST(Folded, LeavesOutRunsThatEndedBefore) {
    const Series series = folded({}, {gauge({{1, 4}, {2, 5}}, {1, 2, 9}), gauge({{1, 4}, {9, 5}}, {1, 2, 9})});
    EXPECT_EQ(series.y[2], 5);
    EXPECT_EQ(folded({}, {Course(1)}).y.size(), 1U);
}

}  // namespace
}  // namespace portdrought::charts
