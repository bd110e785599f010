#include "mpi/ranks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <boost/mpi/collectives.hpp>
#include <boost/mpi/communicator.hpp>
#include <boost/mpi/environment.hpp>
#include <boost/serialization/string.hpp>
#include <boost/serialization/utility.hpp>
#include <boost/serialization/vector.hpp>
#include <chrono>
#include <cstdio>
#include <deque>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "cli/commands.hpp"
#include "cli/scenario_choice.hpp"
#include "cli/sweep_progress.hpp"
#include "cli/sweep_setup.hpp"
#include "core/printable.hpp"
#include "os/process/stop_signal.hpp"
#include "record/sweep_file.hpp"
#include "sweep/pool.hpp"

namespace portdrought::mpi {
namespace {

namespace bmpi = boost::mpi;
using namespace std::chrono_literals;

constexpr int root = 0;
constexpr auto nap = 2ms;  // between looks at the other ranks, while this one's threads work

/// Messages to rank 0, and its one kind of answer.
enum Tag : int {
    tag_want,    // std::size_t: how many points a rank can take
    tag_row,     // Row: a point it has made
    tag_ended,   // std::string: it takes no more; empty, or what went wrong
    tag_points,  // Points: to make; none: there are no more
};
using Row = std::pair<std::uint64_t, std::string>;
using Points = std::vector<std::uint64_t>;

/// How a part of the program ended that every rank goes through; no problem: it goes on.
struct Problem {
    int exit_code = cli::exit_fine;
    std::string text;
    bool is_help = false;
};

template <class Part>
std::optional<Problem> problem_of(const Part& part) {
    try {
        return part();
    } catch (const cli::UsageError& error) {
        return Problem{cli::exit_usage, fmt::format("portdrought-mpi: {}", error.what())};
    } catch (const cli::ScenarioMistakes& mistakes) {
        return Problem{cli::exit_usage, mistakes.what()};
    } catch (const std::exception& error) {
        return Problem{cli::exit_environment, fmt::format("portdrought-mpi: {}", error.what())};
    }
}

cli::Parsed parsed(int argc, char** argv) {
    std::vector<const char*> arguments{"portdrought", "sweep"};
    arguments.insert(arguments.end(), argv + std::min(argc, 1), argv + argc);
    return cli::parse(static_cast<int>(arguments.size()), arguments.data());
}

std::size_t threads_of(const cli::CommandLine& line) {
    constexpr std::uint32_t most = 1024;
    if (line.jobs && (*line.jobs == 0 || *line.jobs > most))
        throw cli::UsageError(fmt::format("--jobs: {} is out of range; write 1 to {}", *line.jobs, most));
    return line.jobs.value_or(1);
}

/// What one rank needs to make points.
struct Job {
    cli::CommandLine line;
    sweep::Engines engines;
    std::optional<cli::SweepSetup> setup;
    std::size_t threads = 1;

    std::optional<Problem> prepare(int argc, char** argv,
                                   const std::function<sweep::Engines(const cli::CommandLine&)>& engines_for) {
        const cli::Parsed command = parsed(argc, argv);
        if (command.help) return Problem{cli::exit_fine, *command.help, true};
        line = command.line;
        engines = engines_for(line);
        threads = threads_of(line);
        setup.emplace(cli::set_up_sweep(line, engines));
        if (!setup->is_model)
            throw cli::UsageError(
                "the kernel engine makes one lab at a time on each machine, which ranks cannot share; write "
                "lab.engine = \"model\" into the scenario, or use portdrought sweep with --shard");
        return std::nullopt;
    }
};

/// Threads that make points until they are done or stopped.
class Makers {
public:
    Makers(const Job& job, const sweep::Engines& engines)
        : work_(job.setup->grid, engines, observer_),
          pool_(job.threads, [this](std::uint64_t point) { return work_.row(point); }) {
        observer_.stop_requested = [this] { return stop_ || os::StopSignal::requested(); };
    }
    ~Makers() { stop(); }
    Makers(const Makers&) = delete;
    Makers& operator=(const Makers&) = delete;

    void stop() { stop_ = true; }
    bool is_stopped() const { return stop_ || os::StopSignal::requested(); }
    sweep::Pool& pool() { return pool_; }
    std::size_t open() const { return pool_.open(); }
    /// Points to ask for, so that no thread waits for an answer.
    std::size_t room() const {
        const std::size_t enough = 4 * pool_.threads();
        return pool_.open() < enough ? enough - pool_.open() : 0;
    }

private:
    std::atomic<bool> stop_ = false;
    engine::Observer observer_;
    sweep::Work work_;
    sweep::Pool pool_;  // last: its threads use what stands above
};

/// Every other rank: asks for points, sends rows.
class Follower {
public:
    Follower(const bmpi::communicator& world, const Job& job, const sweep::Engines& engines)
        : world_(world), makers_(job, engines) {}

    void work() {
        std::string trouble;
        try {
            while (!is_over()) turn();
        } catch (const std::exception& error) {
            trouble = error.what();
            makers_.stop();
            while (is_waiting_) receive();
        }
        world_.send(root, tag_ended, trouble);
    }

private:
    bool is_over() const { return no_more_ && !is_waiting_ && makers_.open() == 0; }

    void turn() {
        if (makers_.is_stopped()) no_more_ = true;
        if (const std::size_t room = makers_.room(); room > 0 && !is_waiting_ && !no_more_) {
            world_.send(root, tag_want, room);
            is_waiting_ = true;
        }
        if (is_waiting_ && world_.iprobe(root, tag_points)) receive();
        const auto done = makers_.pool().take(nap);
        if (done && done->row) world_.send(root, tag_row, Row{done->point, *done->row});
    }

    void receive() {
        Points points;
        world_.recv(root, tag_points, points);
        is_waiting_ = false;
        if (points.empty()) no_more_ = true;
        for (const std::uint64_t point : points) makers_.pool().give(point);
    }

    const bmpi::communicator& world_;
    Makers makers_;
    bool is_waiting_ = false, no_more_ = false;
};

/// Rank 0: deals points to the others and to its own threads, and keeps what comes back.
class Leader {
public:
    Leader(const bmpi::communicator& world, const Job& job, const sweep::Engines& engines, sweep::Keeper& keeper)
        : world_(world), makers_(job, engines), keeper_(keeper), followers_(world.size() - 1) {
        const auto missing = keeper.result().missing();
        todo_.assign(missing.begin(), missing.end());
        progress_.emplace(todo_.size(), job.line.quiet, job.line.colour);
    }

    /// Throws what went wrong first on any rank, after all of them have ended.
    void work() {
        while (followers_ > 0 || is_making() || (!todo_.empty() && !is_closed())) {
            for (const std::uint64_t point : deal(makers_.room())) makers_.pool().give(point);
            take_own();
            while (const auto message = world_.iprobe()) take(message->source(), message->tag());
            progress_->show();
        }
        if (!trouble_.empty()) throw std::runtime_error(trouble_);
    }

private:
    bool is_making() const { return !has_failed_ && makers_.open() > 0; }
    bool is_closed() const { return !trouble_.empty() || makers_.is_stopped(); }

    Points deal(std::size_t most) {
        Points points;
        while (points.size() < most && !todo_.empty() && !is_closed()) {
            points.push_back(todo_.front());
            todo_.pop_front();
        }
        return points;
    }

    /// Where making or keeping a point fails, no other rank goes with this one: each is told that there are no more
    /// points, ends, and what it made is kept, if it can be.
    template <class Part>
    void or_fail(const Part& part) {
        try {
            part();
        } catch (const std::exception& error) {
            if (trouble_.empty()) trouble_ = error.what();
            has_failed_ = true;
            makers_.stop();
        }
    }

    void keep(std::uint64_t point, std::string row) {
        or_fail([&] {
            progress_->made(row);
            keeper_.add(point, std::move(row));
        });
    }

    void take_own() {
        if (has_failed_) return std::this_thread::sleep_for(nap);
        or_fail([&] {
            auto done = makers_.pool().take(nap);
            if (done && done->row) keep(done->point, std::move(*done->row));
        });
    }

    void take(int source, int tag) {
        if (tag == tag_want) {
            std::size_t most = 0;
            world_.recv(source, tag, most);
            world_.send(source, tag_points, deal(most));
        } else if (tag == tag_row) {
            Row row;
            world_.recv(source, tag, row);
            keep(row.first, std::move(row.second));
        } else {
            std::string trouble;
            world_.recv(source, tag, trouble);
            --followers_;
            if (!trouble.empty() && trouble_.empty()) trouble_ = fmt::format("rank {}: {}", source, trouble);
        }
    }

    const bmpi::communicator& world_;
    Makers makers_;
    sweep::Keeper& keeper_;
    int followers_;
    std::deque<std::uint64_t> todo_;
    std::optional<cli::SweepProgress> progress_;
    std::string trouble_;
    bool has_failed_ = false;
};

/// The first problem of any rank, or that they do not see the same sweep; the same answer on every rank.
std::optional<Problem> agreed(const bmpi::communicator& world, const std::optional<Problem>& mine, const Job& job) {
    const std::string header =
        mine ? "" : record::to_json(record::SweepResult{job.setup->header, job.setup->shard, {}});
    std::vector<std::string> texts, headers;
    std::vector<int> codes;  // -1: no problem
    bmpi::all_gather(world, mine ? mine->exit_code : -1, codes);
    bmpi::gather(world, mine ? mine->text : std::string{}, texts, root);
    bmpi::gather(world, header, headers, root);
    std::optional<Problem> problem;
    if (world.rank() == root) {
        const auto first = std::ranges::find_if(codes, [](int code) { return code >= 0; });
        if (first != codes.end())
            problem = Problem{*first, texts[static_cast<std::size_t>(first - codes.begin())], mine && mine->is_help};
        else if (std::ranges::adjacent_find(headers, std::ranges::not_equal_to{}) != headers.end())
            problem = Problem{cli::exit_usage,
                              "portdrought-mpi: the ranks do not have the same sweep; give all of them the same "
                              "program, the same scenario file and the same costs (--costs)"};
    }
    int code = problem ? problem->exit_code : -1;
    bmpi::broadcast(world, code, root);
    if (code < 0) return std::nullopt;
    return problem ? problem : Problem{code, ""};
}

/// Rank 0 speaks for all.
int end(const bmpi::communicator& world, const Problem& problem) {
    if (world.rank() != root) return problem.exit_code;
    if (problem.is_help)
        std::fputs(problem.text.c_str(), stdout);
    else
        std::fputs((core::printable(problem.text) + '\n').c_str(), stderr);
    std::fflush(stdout);
    return problem.exit_code;
}

int lead(const bmpi::communicator& world, const Job& job, const sweep::Engines& engines, sweep::Keeper& keeper) {
    const auto problem = problem_of([&]() -> std::optional<Problem> {
        Leader(world, job, engines, keeper).work();
        return std::nullopt;
    });
    int exit_code = cli::exit_fine;
    const auto of_file = problem_of([&]() -> std::optional<Problem> {
        keeper.finish();
        if (!problem) exit_code = cli::report_sweep(job.line, keeper.result());
        return std::nullopt;
    });
    if (problem) return end(world, *problem);
    return of_file ? end(world, *of_file) : exit_code;
}

}  // namespace

int run_on_ranks(int argc, char** argv, const std::function<sweep::Engines(const cli::CommandLine&)>& engines_for) {
    const bmpi::environment environment(argc, argv, bmpi::threading::funneled);
    const bmpi::communicator world;
    Job job;
    const auto mine = problem_of([&] { return job.prepare(argc, argv, engines_for); });
    if (const auto problem = agreed(world, mine, job)) return end(world, *problem);

    const os::StopSignal stop;
    std::optional<sweep::Keeper> keeper;
    const auto of_file = problem_of([&]() -> std::optional<Problem> {
        if (world.rank() == root) keeper.emplace(cli::open_sweep_file(job.line, *job.setup, job.engines));
        return std::nullopt;
    });
    if (const auto problem = agreed(world, of_file, job)) return end(world, *problem);
    if (world.rank() == root) return lead(world, job, job.engines, *keeper);
    Follower(world, job, job.engines).work();
    return cli::exit_fine;
}

}  // namespace portdrought::mpi
