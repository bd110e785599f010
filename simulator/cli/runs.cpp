#include "cli/runs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <filesystem>

#include "cli/commands.hpp"
#include "cli/engines.hpp"
#include "cli/progress_line.hpp"
#include "cli/resume.hpp"
#include "cli/schedule.hpp"
#include "cli/serving.hpp"
#include "cli/version.hpp"
#include "os/atomic_file.hpp"
#include "os/process/stop_signal.hpp"
#include "os/system_error.hpp"
#include "record/record_file.hpp"

namespace portdrought::cli {
namespace {

/// "timed-wait-delay" and "60 s" make "timed-wait-delay-60-s".
std::string file_stem(const scenario::Scenario& scenario) {
    std::string stem;
    for (const unsigned char c : scenario.name + (scenario.variant.empty() ? "" : "-" + scenario.variant)) {
        const bool plain = std::isalnum(c) != 0 || c == '.' || c == '_';
        if (plain) stem += static_cast<char>(c);
        if (!plain && !stem.empty() && stem.back() != '-') stem += '-';
    }
    while (!stem.empty() && (stem.back() == '-' || stem.back() == '.')) stem.pop_back();
    constexpr std::size_t longest = 100;  // file systems allow 255 bytes
    return stem.empty() ? "run" : stem.substr(0, longest);
}

/// The first number that is free, taken at once: no record overwrites another, even of a run that goes on beside us.
std::string new_path(const std::string& folder, const scenario::Scenario& scenario) {
    for (std::uint32_t number = 1;; ++number) {
        const auto path = std::filesystem::path(folder) / fmt::format("{}-{}.json", file_stem(scenario), number);
        if (os::create_new_file(path)) return path.string();
    }
}

std::string label(const scenario::Scenario& scenario, std::uint32_t repetition, std::uint32_t repeat,
                  const Stage& stage) {
    std::string text = scenario::full_name(scenario);
    if (!stage.label.empty()) text += ", " + stage.label;
    if (repeat > 1) text += fmt::format(", {} of {}", repetition, repeat);
    return text;
}

FinishedRun perform_one(const PlannedRun& planned, const sweep::Engines& engines, ProgressLine& progress,
                        const std::string& folder, Serving* serving) {
    engine::Observer observer;
    observer.progress = [&](const engine::Progress& now) {
        progress.show(now);
        if (serving != nullptr) serving->show(now);
    };
    observer.stop_requested = [] { return os::StopSignal::requested(); };
    record::RunRecord record = engines.make(*planned.scenario)->run(*planned.scenario, planned.repetition, observer);
    record.tool_version = version;
    record.git_revision = git_revision;
    const std::string path = new_path(folder, *planned.scenario);
    record::write_atomically(record, path);
    return {record::read_file(path), path};
}

/// Before anything is measured: a record that cannot be kept would be lost.
void prepare(const std::string& folder) {
    try {
        os::prepare_folder(folder);
    } catch (const os::SystemError& error) {
        throw UsageError(fmt::format("--output: {}; name a folder you may write to", error.what()));
    }
}

/// As if no interruption had been: comparisons take the first variant they meet for the one to compare with.
void sort_as_planned(std::vector<FinishedRun>& runs, const std::vector<scenario::Scenario>& variants) {
    std::ranges::stable_sort(runs, {}, [&](const FinishedRun& run) {
        const auto variant = std::ranges::find(variants, run.record.scenario.variant, &scenario::Scenario::variant);
        return std::pair{run.record.repetition, variant - variants.begin()};
    });
}

void say_what_is_there(const Resumption& resumption, const std::string& folder) {
    fmt::print(stderr, "portdrought: {} runs are in {} already, {} to go\n", resumption.found.size(), folder,
               resumption.missing.size());
    if (resumption.strange > 0)
        fmt::print(stderr,
                   "portdrought: {} records there do not count: other settings, other costs or another build of the "
                   "program made them\n",
                   resumption.strange);
}

}  // namespace

std::string records_folder(const CommandLine& line) {
    std::string folder = line.resume.value_or(line.output);
    if (!folder.ends_with('/')) folder += '/';
    return folder;
}

std::string worth_a_look(const std::vector<FinishedRun>& runs) {
    if (runs.empty()) return {};
    const auto bad = std::ranges::find_if(runs, [](const FinishedRun& run) { return !run.record.validity.valid; });
    return bad == runs.end() ? runs.front().path : bad->path;
}

std::vector<FinishedRun> read_runs(const std::vector<std::string>& paths) {
    std::vector<FinishedRun> runs;
    for (const std::string& path : paths) {
        try {
            runs.push_back({record::read_file(path), path});
        } catch (const std::runtime_error& error) {  // not there, or no record: the command is wrong
            throw UsageError(fmt::format("{}; name a record, as run leaves them in runs/", error.what()));
        }
    }
    return runs;
}

std::vector<std::string> record_files(const std::string& folder) {
    std::vector<std::string> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.path().extension() == ".json") files.push_back(entry.path().string());
    std::ranges::sort(files);
    return files;
}

int Runs::exit_code() const {
    if (interrupted) return exit_interrupted;
    const auto is_valid = [](const FinishedRun& run) { return run.record.validity.valid; };
    return std::ranges::all_of(finished, is_valid) ? exit_fine : exit_invalid;
}

Runs perform(const std::vector<scenario::Scenario>& variants, std::uint32_t repeat, const CommandLine& line,
             const std::function<void(const FinishedRun&)>& finished, const Stage& stage) {
    const sweep::Engines engines = cli::engines(line);
    for (const scenario::Scenario& variant : variants) engines.costs_source(variant);  // before anything is measured
    Resumption todo{{}, planned_runs(variants, repeat), 0};
    if (line.resume) {
        todo = resume(todo.missing, *line.resume, engines.costs_source);
        if (!line.quiet) say_what_is_there(todo, *line.resume);
    }
    const std::string& folder = line.resume ? *line.resume : line.output;
    prepare(folder);
    const os::StopSignal stop;
    ProgressLine progress(todo.missing, line.quiet, line.colour, stage.until);
    Runs runs{std::move(todo.found)};
    if (stage.serving != nullptr)
        std::ranges::for_each(runs.finished, [&](const auto& run) { stage.serving->finished(run); });
    for (const PlannedRun& planned : todo.missing) {
        const std::string name = label(*planned.scenario, planned.repetition, repeat, stage);
        progress.begin(name);
        if (stage.serving != nullptr) stage.serving->begin(planned, name);
        runs.finished.push_back(perform_one(planned, engines, progress, folder, stage.serving));
        progress.end();
        if (stage.serving != nullptr) stage.serving->finished(runs.finished.back());
        finished(runs.finished.back());
        runs.interrupted = os::StopSignal::requested();
        if (runs.interrupted) break;
    }
    if (line.resume) sort_as_planned(runs.finished, variants);
    return runs;
}

}  // namespace portdrought::cli
