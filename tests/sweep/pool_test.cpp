#include "sweep/pool.hpp"

#include <gmock/gmock.h>

#include <atomic>
#include <map>

#include "fake_engine.hpp"
#include "record/sweep_file.hpp"

namespace portdrought::sweep {
namespace {

using namespace std::chrono_literals;

Plan plan() {
    Plan plan;
    plan.text = "[load]\nrate = \"10/s\"\n";
    plan.file = "pool.toml";
    plan.axes = {{"load.rate", {"1/s", "2/s", "3/s", "4/s", "5/s"}}, {"load.in_flight", {"1", "2", "3", "4"}}};
    plan.repeat = 2;
    return plan;
}

/// The rows of a whole sweep, made by so many threads.
std::string made_by(std::size_t threads, std::chrono::microseconds pause) {
    Grid grid(plan());
    record::SweepResult result;
    result.header.scenario = grid.examine([](const auto&) {}).same;
    result.header.axes = grid.axes();
    const Engines engines = fake_engines(pause);
    const engine::Observer observer;
    const Work work(grid, engines, observer);
    Pool pool(threads, [&](std::uint64_t point) { return work.row(point); });
    for (std::uint64_t point = 0; point < grid.size(); ++point) pool.give(point);
    while (pool.open() > 0)
        if (auto done = pool.take(1s)) result.rows.emplace(done->point, *done->row);
    return record::to_json(result);
}

TEST(Pool, ResultsDoNotDependOnTheNumberOfThreadsOrTheOrder) {
    const std::string one = made_by(1, 0us);
    EXPECT_EQ(made_by(2, 2000us), one);
    EXPECT_EQ(made_by(7, 3000us), one);
    EXPECT_NE(one.find("\"point\": 39"), std::string::npos);
}

TEST(Pool, HandsOutEveryPointOnce) {
    std::atomic<int> calls = 0;
    Pool pool(4, [&](std::uint64_t point) {
        ++calls;
        return std::to_string(point);
    });
    for (std::uint64_t point = 0; point < 500; ++point) pool.give(point);
    std::map<std::uint64_t, std::string> rows;
    while (pool.open() > 0)
        if (const auto done = pool.take(1s)) rows[done->point] = done->row.value();
    EXPECT_EQ(calls, 500);
    EXPECT_EQ(rows.size(), 500U);
    for (const auto& [point, row] : rows) EXPECT_EQ(row, std::to_string(point));
}

TEST(Pool, WaitsForAPointOnlyAsLongAsItMay) {
    Pool pool(1, [](std::uint64_t) { return std::nullopt; });
    EXPECT_FALSE(pool.take(1ms));
}

TEST(Pool, PassesOnWhatAnEngineThrowsAfterWhatWasMade) {
    Pool pool(1, [](std::uint64_t point) -> std::optional<std::string> {
        if (point == 3) throw std::runtime_error("three");
        return "row";
    });
    for (std::uint64_t point = 0; point < 4; ++point) pool.give(point);
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(pool.take(5s));
    EXPECT_THROW(pool.take(5s), std::runtime_error);
}

TEST(Pool, ForgetsWhatNobodyBeganWhenItGoes) {
    std::atomic<int> calls = 0;
    {
        Pool pool(1, [&](std::uint64_t) {
            ++calls;
            std::this_thread::sleep_for(20ms);
            return std::nullopt;
        });
        for (std::uint64_t point = 0; point < 100; ++point) pool.give(point);
        pool.take(5s);
    }
    EXPECT_LT(calls, 5);
}

TEST(Work, KeepsNothingOfAStoppedRun) {
    Grid grid(plan());
    grid.examine([](const auto&) {});
    const Engines engines = fake_engines(20ms);
    engine::Observer observer;
    int asked = 0;
    observer.stop_requested = [&] { return ++asked > 1; };  // not yet when the run begins
    std::size_t kept = 0;
    for (std::uint64_t point = 0; point < grid.size(); ++point) {
        asked = 0;
        if (Work(grid, engines, observer).row(point)) ++kept;
    }
    EXPECT_LT(kept, grid.size() / 2) << "only the runs without a pause end before they are stopped";
    observer.stop_requested = [] { return true; };
    EXPECT_FALSE(Work(grid, engines, observer).row(0));
}

}  // namespace
}  // namespace portdrought::sweep
