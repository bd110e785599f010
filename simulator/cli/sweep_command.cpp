#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <thread>

#include "cli/commands.hpp"
#include "cli/delivery.hpp"
#include "cli/engines.hpp"
#include "cli/sweep_command.hpp"
#include "cli/sweep_progress.hpp"
#include "cli/sweep_setup.hpp"
#include "os/process/stop_signal.hpp"
#include "sweep/pool.hpp"

namespace portdrought::cli {
namespace {

using namespace std::chrono_literals;

/// Of a lab there is one at a time, and it is made by a process that has a single thread.
std::size_t jobs_of(const CommandLine& line, const SweepSetup& setup) {
    constexpr std::uint32_t most = 1024;
    if (line.jobs && (*line.jobs == 0 || *line.jobs > most))
        throw UsageError(fmt::format("--jobs: {} is out of range; write 1 to {}", *line.jobs, most));
    if (!setup.is_model && line.jobs.value_or(1) > 1)
        throw UsageError(
            fmt::format("--jobs: the {} engine makes one point at a time; leave --jobs out", setup.header.engine));
    if (!setup.is_model) return 1;
    return line.jobs.value_or(std::max(1U, std::thread::hardware_concurrency()));
}

class Making {
public:
    Making(const SweepSetup& setup, const CommandLine& line, const sweep::Engines& engines, sweep::Keeper& keeper)
        : keeper_(keeper),
          todo_(keeper.result().missing()),
          progress_(todo_.size(), line.quiet, line.colour),
          work_(setup.grid, engines, observer_) {
        observer_.stop_requested = [this] { return stop_ || os::StopSignal::requested(); };
    }

    /// In this thread, one after the other.
    void one_by_one() {
        observer_.progress = [this](const engine::Progress& now) { progress_.show(now); };
        for (const std::uint64_t point : todo_) {
            auto row = work_.row(point);
            if (!row) return;
            take({point, std::move(row)});
        }
    }

    void by(std::size_t threads) {
        sweep::Pool pool(threads, [this](std::uint64_t point) { return work_.row(point); });
        try {
            for (const std::uint64_t point : todo_) pool.give(point);
            while (pool.open() > 0)
                if (auto done = pool.take(100ms))
                    take(std::move(*done));
                else
                    progress_.show();
        } catch (...) {
            stop_ = true;  // the others, which the pool waits for
            throw;
        }
    }

private:
    void take(sweep::Done done) {
        if (!done.row) return;
        progress_.made(*done.row);
        keeper_.add(done.point, std::move(*done.row));
        progress_.show();
    }

    sweep::Keeper& keeper_;
    std::vector<std::uint64_t> todo_;
    SweepProgress progress_;
    std::atomic<bool> stop_ = false;
    engine::Observer observer_;
    sweep::Work work_;
};

}  // namespace

int sweep(const CommandLine& line) { return sweep_with(line, engines(line)); }

int sweep_with(const CommandLine& line, const sweep::Engines& engines) {
    const SweepSetup setup = set_up_sweep(line, engines);
    const std::size_t jobs = jobs_of(line, setup);
    prepare_files(line);
    const os::StopSignal stop;  // before the file: it is not left behind unfinished
    sweep::Keeper keeper = open_sweep_file(line, setup, engines);
    try {
        Making making(setup, line, engines, keeper);
        if (setup.is_model)
            making.by(jobs);
        else
            making.one_by_one();
    } catch (...) {
        keeper.finish();
        throw;
    }
    keeper.finish();
    return report_sweep(line, keeper.result());
}

}  // namespace portdrought::cli
