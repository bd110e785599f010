#include "serve/live_runs.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "analysis/made_records.hpp"
#include "model/model_engine.hpp"
#include "record/record_file.hpp"

namespace portdrought::serve {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

record::RunRecord skeleton() {
    record::RunRecord record;
    record.scenario = made::article();
    return record;
}

engine::Progress progress(double t_s, std::uint64_t attempts, std::uint64_t failed) {
    engine::Progress now;
    now.t_s = t_s;
    now.planned_s = 600;
    now.attempts = attempts;
    now.outcomes[core::Outcome::ok] = attempts - failed;
    now.outcomes[core::Outcome::no_port_connect] = failed;
    now.time_wait = attempts - failed;
    return now;
}

/// What the page was made of.
struct Seen {
    std::vector<record::RunRecord> records;
    std::vector<std::string> paths;
    int times = 0;
    Page page() {
        return [this](const std::vector<ShownRun>& runs) {
            records.clear();
            paths.clear();
            for (const ShownRun& run : runs) records.push_back(*run.record), paths.push_back(run.path);
            return "page " + std::to_string(++times);
        };
    }
};

TEST(LiveRuns, ShowsTheRunThatGoesOnAsOneThatIsNotWhole) {
    Seen seen;
    LiveRuns runs(seen.page());
    runs.begin(skeleton(), "article");
    runs.progress(progress(10, 300, 0));
    runs.progress(progress(130, 4500, 524));
    EXPECT_EQ(*runs.page(LiveRuns::Clock::now()), "page 1");
    ASSERT_EQ(seen.records.size(), 1U);
    const record::RunRecord& record = seen.records.front();
    EXPECT_TRUE(record.interrupted);
    EXPECT_EQ(record.samples.size(), 2U);
    EXPECT_EQ(record.totals.outcomes[core::Outcome::no_port_connect], 524U);
    EXPECT_EQ(record.totals.outcomes.total(), record.totals.attempts);
    EXPECT_EQ(record.totals.time_wait_peak, 3976U);
    EXPECT_GT(record.totals.ports_capacity, 0U);
    EXPECT_THAT(record.validity.notes.front(), HasSubstr("goes on: 130 of 600 s"));
    EXPECT_EQ(seen.paths.front(), "");
}

TEST(LiveRuns, AreBoundedHoweverLongARunLasts) {
    Seen seen;
    LiveRuns runs(seen.page());
    runs.begin(skeleton(), "article");
    for (int i = 1; i <= 100'000; ++i) runs.progress(progress(i, static_cast<std::uint64_t>(i), 0));
    (void)runs.page(LiveRuns::Clock::now());
    EXPECT_LE(seen.records.front().samples.size(), 512U);
    EXPECT_EQ(seen.records.front().samples.back().attempts, 100'000U);
}

TEST(LiveRuns, ChangeAtMostOnceASecond) {
    Seen seen;
    LiveRuns runs(seen.page());
    const auto begin = LiveRuns::Clock::now();
    EXPECT_THAT(runs.state(begin), HasSubstr("\"version\": 1"));
    EXPECT_THAT(runs.state(begin + 5s), HasSubstr("\"version\": 1")) << "nothing happened";
    runs.begin(skeleton(), "article");
    EXPECT_THAT(runs.state(begin + 5s), HasSubstr("\"version\": 2"));
    runs.progress(progress(1, 1, 0));
    EXPECT_THAT(runs.state(begin + 5500ms), HasSubstr("\"version\": 2"));
    (void)runs.page(begin + 5500ms);
    (void)runs.page(begin + 5500ms);
    EXPECT_EQ(seen.times, 1) << "made once for all who look";
    EXPECT_THAT(runs.state(begin + 6s), HasSubstr("\"version\": 3"));
    EXPECT_EQ(*runs.page(begin + 6s), "page 2");
    runs.end();
    EXPECT_THAT(runs.state(begin + 6s), HasSubstr("\"version\": 4, \"ended\": true")) << "the last one at once";
}

TEST(LiveRuns, AreShownAnewToWhoAsksForTheReportAlone) {
    Seen seen;
    LiveRuns runs(seen.page());
    const auto begin = LiveRuns::Clock::now();
    runs.begin(skeleton(), "article");
    runs.progress(progress(10, 300, 0));
    EXPECT_EQ(*runs.page(begin), "page 1");
    runs.progress(progress(20, 600, 0));
    EXPECT_EQ(*runs.page(begin + 500ms), "page 1");
    EXPECT_EQ(*runs.page(begin + 1s), "page 2");
    EXPECT_EQ(seen.records.front().samples.size(), 2U);
}

TEST(LiveRuns, ShowEndedRunsFromTheirFiles) {
    const auto path =
        (std::filesystem::temp_directory_path() / ("portdrought-live-" + std::to_string(::getpid()))).string();
    const record::RunRecord record = made::exhausted();
    record::write_atomically(record, path);
    Seen seen;
    LiveRuns runs(seen.page());
    runs.begin(skeleton(), "article");
    runs.progress(progress(1, 1, 0));
    runs.finished(path);
    (void)runs.page(LiveRuns::Clock::now());
    ASSERT_EQ(seen.paths, std::vector{path});
    EXPECT_EQ(seen.records.front().totals.attempts, record.totals.attempts);
    std::filesystem::remove(path);
}

TEST(LiveRuns, SayWhyAPageCannotBeMade) {
    LiveRuns runs([](const std::vector<ShownRun>&) -> std::string { throw std::runtime_error("<b>no</b>"); });
    EXPECT_THAT(*runs.page(LiveRuns::Clock::now()), HasSubstr("&lt;b>no&lt;/b>"));
}

/// The engines' own progress makes a record that can be read back, as the skeleton travels.
TEST(LiveRuns, FollowARunOfTheModel) {
    Seen seen;
    LiveRuns runs(seen.page());
    scenario::Scenario scenario = made::article();
    scenario.lab.engine = scenario::Engine::model;
    record::RunRecord begun;
    begun.scenario = scenario;
    begun.engine = "model";
    runs.begin(record::from_json(record::to_json(begun), "skeleton"), "article");
    engine::Observer observer;
    observer.progress = [&](const engine::Progress& now) { runs.progress(now); };
    const record::RunRecord whole = model::ModelEngine().run(scenario, 1, observer);
    (void)runs.page(LiveRuns::Clock::now());
    const record::RunRecord& record = seen.records.at(0);
    EXPECT_GT(record.samples.size(), 10U);
    EXPECT_EQ(record.totals.ports_capacity, whole.totals.ports_capacity);
    EXPECT_GT(record.totals.outcomes[core::Outcome::no_port_connect], 0U);
    EXPECT_TRUE(std::ranges::any_of(record.samples, [](const auto& s) { return s.time_wait_client.has_value(); }));
    EXPECT_TRUE(std::ranges::any_of(record.samples, [](const auto& s) { return s.ports_free == 0U; }));
    EXPECT_NO_THROW(record::from_json(record::to_json(record), "so far"));
}

}  // namespace
}  // namespace portdrought::serve
