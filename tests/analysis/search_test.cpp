// The search for knees against responses made on paper: a host of known knees answers each rate it is asked for.
#include "analysis/knees/search.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <random>

namespace portdrought::knees {
namespace {

using namespace std::chrono_literals;

/// A host with its knees at these rates.
struct Host {
    double cliff = 8, failure = 16, ceiling = 16, generator = 1000;
    double slow_at_all = 0.005;  // share of connects that are slow without any reason

    Observation answer(double rate) const {
        Observation run;
        run.rate_per_s = rate;
        run.held = rate < generator;
        const bool past = rate >= cliff;
        for (int i = 0; i < 1000; ++i) {
            const bool slow = i < 1000 * (past ? 0.4 : slow_at_all);
            run.connect.add(slow ? 200us : 28us);
        }
        if (rate < failure) return run;
        run.without_port = 100;
        run.sustained_per_s = ceiling;
        return run;
    }
};

using Answer = std::function<Observation(double)>;

Search search(const SearchPlan& plan, const Answer& answer) {
    Search search(plan);
    while (const auto rate = search.next()) search.tell(answer(*rate));
    return search;
}

Search search(const SearchPlan& plan, const Host& host) {
    return search(plan, [&host](double rate) { return host.answer(rate); });
}

SearchPlan guided() { return {.from_per_s = 2, .to_per_s = 20, .cliff_guess = 8, .failure_guess = 16}; }

void expect_encloses(const Bracket& bracket, double knee, double resolution) {
    ASSERT_EQ(bracket.status, Status::bracketed);
    EXPECT_LT(*bracket.low, knee);
    EXPECT_GE(*bracket.high, knee);
    EXPECT_LE(*bracket.high, *bracket.low * (1 + resolution) * 1.002);
}

TEST(Search, ConfirmsARightGuessWithFewRuns) {
    const Search done = search(guided(), Host{});
    const Knees knees = done.knees();
    expect_encloses(knees.cliff, 8, 0.05);
    expect_encloses(knees.first_failure, 16, 0.05);
    EXPECT_EQ(knees.ceiling.status, Status::bracketed);
    EXPECT_EQ(knees.ceiling.low, 16);
    EXPECT_TRUE(knees.is_complete);
    EXPECT_EQ(knees.cliff.at_low.runs, 2U);
    EXPECT_EQ(knees.cliff.at_low.with, 0U);
    EXPECT_EQ(knees.cliff.at_high.with, 2U);
    EXPECT_LE(knees.runs, 11U) << "one plateau, two at each end of two brackets, two of overload";
}

TEST(Search, FindsKneesWhereverTheyAreIfTheGuessIsWrong) {
    for (const double factor : {0.3, 0.5, 0.8, 0.93, 1.0, 1.03, 1.07, 1.2}) {
        const Host host{.cliff = 8 * factor, .failure = 16 * factor, .ceiling = 16 * factor};
        const Knees knees = search(guided(), host).knees();
        expect_encloses(knees.cliff, host.cliff, 0.05);
        expect_encloses(knees.first_failure, host.failure, 0.05);
        EXPECT_LE(knees.runs, 26U) << factor;
    }
}

TEST(Search, NeedsNoGuess) {
    SearchPlan plan;
    plan.from_per_s = 0.1;
    plan.to_per_s = 1000;
    const Knees knees = search(plan, Host{}).knees();
    expect_encloses(knees.first_failure, 16, 0.05);
    expect_encloses(knees.cliff, 8, 0.05);
}

TEST(Search, ReachesAFinerResolution) {
    SearchPlan plan = guided();
    plan.resolution = 0.01;
    const Knees knees = search(plan, Host{.cliff = 7.77, .failure = 15.55}).knees();
    expect_encloses(knees.cliff, 7.77, 0.01);
    expect_encloses(knees.first_failure, 15.55, 0.01);
}

TEST(Search, StaysInsideItsRange) {
    for (const Host& host : {Host{}, Host{.cliff = 100, .failure = 100}, Host{.cliff = 1, .failure = 1}}) {
        const Search done = search(guided(), host);
        for (const Observation& run : done.observations()) {
            EXPECT_GE(run.rate_per_s, 2);
            EXPECT_LE(run.rate_per_s, 20);
        }
    }
}

TEST(Search, SaysWhereNothingWasSeen) {
    const Knees knees = search(guided(), Host{.cliff = 1e9, .failure = 1e9}).knees();
    EXPECT_EQ(knees.cliff.status, Status::not_seen);
    EXPECT_EQ(knees.cliff.low, 20);
    EXPECT_EQ(knees.first_failure.status, Status::not_seen);
    EXPECT_EQ(knees.ceiling.status, Status::not_seen);
    EXPECT_TRUE(knees.is_complete);
}

TEST(Search, SaysWhereTheLowestRateFailsAlready) {
    const Knees knees = search(guided(), Host{.cliff = 1e9, .failure = 1, .ceiling = 1}).knees();
    EXPECT_EQ(knees.first_failure.status, Status::from_start);
    EXPECT_EQ(knees.first_failure.high, 2);
    EXPECT_EQ(knees.ceiling.low, 1);
}

TEST(Search, TellsTheGeneratorsLimitFromAKnee) {
    const Knees knees = search(guided(), Host{.cliff = 1e9, .failure = 16, .generator = 10}).knees();
    EXPECT_EQ(knees.first_failure.status, Status::beyond);
    EXPECT_EQ(knees.cliff.status, Status::beyond);
    ASSERT_EQ(knees.ceiling.status, Status::beyond);
    EXPECT_LT(*knees.ceiling.low, 10);
    EXPECT_GE(*knees.ceiling.high, 10);
    EXPECT_LE(*knees.ceiling.high, *knees.ceiling.low * 1.06);
    EXPECT_GE(knees.not_held, 2U);
}

TEST(Search, LowersTheOverloadToWhatCanBeOffered) {
    const Knees knees = search(guided(), Host{.generator = 18.5}).knees();
    expect_encloses(knees.first_failure, 16, 0.05);
    EXPECT_EQ(knees.ceiling.status, Status::bracketed);
    EXPECT_LT(knees.ceiling.overload.value_or(99), 18.5);
}

TEST(Search, AnUnheldRateIsPastTheCliffOnlyIfConnectIsWhatTookTheTime) {
    const auto answer = [](bool in_connect) {
        return [in_connect](double rate) {
            Observation run = Host{.failure = 1e9, .generator = 8}.answer(rate);
            run.in_connect = in_connect && !run.held;
            return run;
        };
    };
    expect_encloses(search(guided(), answer(true)).knees().cliff, 8, 0.05);
    EXPECT_EQ(search(guided(), answer(false)).knees().cliff.status, Status::beyond);
}

TEST(Search, OutvotesARunThatContradicts) {
    int runs = 0;
    const Knees knees = search(guided(), [&runs](double rate) {
                            Observation run = Host{}.answer(rate);
                            if (++runs == 2) run = Host{.cliff = 1}.answer(rate);  // slow for a reason of the machine's
                            return run;
                        }).knees();
    expect_encloses(knees.cliff, 8, 0.05);
    EXPECT_EQ(knees.cliff.at_low.runs, 3U);
    EXPECT_EQ(knees.cliff.at_low.with, 1U);
}

TEST(Search, EndsAndSaysSoWhenRunsContradictEachOtherForGood) {
    std::mt19937 random(1);
    SearchPlan plan = guided();
    plan.most_runs = 60;
    const Search done = search(plan, [&random](double rate) {
        return Host{.cliff = 4 + static_cast<double>(random() % 80) / 10}.answer(rate);  // anywhere from 4 to 12
    });
    const Knees knees = done.knees();
    EXPECT_LE(knees.runs, 60U);
    ASSERT_EQ(knees.cliff.status, Status::bracketed);
    EXPECT_GE(*knees.cliff.high, 4);
    EXPECT_LE(*knees.cliff.low, 12);
}

TEST(Search, MeasuresSlowAgainstItsOwnPlateau) {
    const Knees knees = search(guided(), Host{.slow_at_all = 0.08}).knees();  // a noisy machine
    expect_encloses(knees.cliff, 8, 0.05);
    EXPECT_NEAR(core::seconds(knees.plateau.value()), 28e-6, 1e-6);
}

TEST(Search, RepeatsADisturbedRunAndGivesUpAfterAFew) {
    int runs = 0;
    const auto every_third = [&runs](double rate) {
        Observation run = Host{}.answer(rate);
        run.disturbed = ++runs % 3 == 0;
        return run;
    };
    const Knees knees = search(guided(), every_third).knees();
    expect_encloses(knees.cliff, 8, 0.05);
    EXPECT_GT(knees.disturbed, 0U);
    const Knees hopeless = search(guided(), [](double rate) {
                               Observation run = Host{}.answer(rate);
                               run.disturbed = true;
                               return run;
                           }).knees();
    EXPECT_EQ(hopeless.runs, 4U);
    EXPECT_FALSE(hopeless.is_complete);
    EXPECT_EQ(hopeless.cliff.status, Status::unknown);
}

TEST(Search, KnowsWhatItKnowsWhenItIsCutShort) {
    Search cut(guided());
    for (int i = 0; i < 4; ++i) cut.tell(Host{}.answer(cut.next().value()));
    const Knees knees = cut.knees();
    EXPECT_FALSE(knees.is_complete);
    EXPECT_EQ(knees.cliff.status, Status::bracketed);
    EXPECT_EQ(knees.first_failure.status, Status::unknown);
    EXPECT_EQ(knees.ceiling.status, Status::unknown);
}

/// As a model without costs answers: behind a NAT, where it waits for SYNs that are sent again.
Observation timeless(double rate) {
    Observation run;
    run.rate_per_s = rate;
    run.timeless = true;
    if (rate < 16) return run;
    run.nat_dropped = 7;
    run.sustained_per_s = 15.9;
    return run;
}

TEST(Search, FindsFailuresWhereNothingIsKnownOfLatencies) {
    for (const bool guessed : {true, false}) {
        SearchPlan plan = guided();
        if (!guessed) plan.cliff_guess = plan.failure_guess = std::nullopt;
        const Knees knees = search(plan, timeless).knees();
        expect_encloses(knees.first_failure, 16, 0.05);
        EXPECT_EQ(knees.ceiling.status, Status::bracketed);
        EXPECT_EQ(knees.ceiling.low, 15.9);
        EXPECT_EQ(knees.cliff.status, Status::no_latency);
        EXPECT_TRUE(knees.is_complete);
        EXPECT_LE(knees.runs, guessed ? 7U : 16U);
    }
}

TEST(Search, SaysThatNothingFailedWhereNothingIsKnownOfLatencies) {
    const Knees knees = search(guided(), [](double rate) {
                            Observation run = timeless(rate);
                            run.nat_dropped = 0;
                            return run;
                        }).knees();
    EXPECT_EQ(knees.first_failure.status, Status::not_seen);
    EXPECT_EQ(knees.ceiling.status, Status::not_seen);
}

TEST(Search, ASingleRunPerRateIsEnoughIfAskedFor) {
    SearchPlan plan = guided();
    plan.repeat = 1;
    const Knees knees = search(plan, Host{}).knees();
    expect_encloses(knees.cliff, 8, 0.05);
    EXPECT_LE(knees.runs, 6U);
}

}  // namespace
}  // namespace portdrought::knees
