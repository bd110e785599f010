#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <deque>
#include <filesystem>
#include <string_view>

#include "analysis/report/agreement_text.hpp"
#include "analysis/report/section.hpp"
#include "cli/commands.hpp"
#include "cli/delivery.hpp"
#include "cli/engines.hpp"
#include "cli/next_step.hpp"
#include "cli/output.hpp"
#include "cli/runs.hpp"
#include "cli/scenario_choice.hpp"
#include "cli/validation.hpp"
#include "os/process/stop_signal.hpp"
#include "scenario/keys/value_text.hpp"

namespace portdrought::cli {
namespace {

bool is_of_records(const std::string& name) { return name.ends_with(".json") || std::filesystem::is_directory(name); }

/// A folder stands for the records in it.
std::vector<std::string> files_of(const std::vector<std::string>& names) {
    std::vector<std::string> files;
    for (const std::string& name : names) {
        if (!std::filesystem::is_directory(name)) {
            files.push_back(name);
            continue;
        }
        const std::vector<std::string> found = record_files(name);
        if (found.empty()) throw UsageError(fmt::format("validate: {} holds no record (*.json)", name));
        files.insert(files.end(), found.begin(), found.end());
    }
    return files;
}

std::vector<FinishedRun> kernel_runs(const CommandLine& line) {
    if (!line.settings.empty())
        throw UsageError(
            fmt::format("{}: a record has its settings; name the scenario instead, or leave this option out",
                        line.settings.front().option.empty() ? "--set" : line.settings.front().option));
    std::vector<FinishedRun> runs = read_runs(files_of(line.names));
    for (const FinishedRun& run : runs)
        if (run.record.engine != "kernel")
            throw UsageError(
                fmt::format("validate: {} is a run of the {} engine; name records of the kernel engine, or a scenario",
                            run.path, run.record.engine));
    if (line.variant)
        std::erase_if(runs, [&](const FinishedRun& run) { return run.record.scenario.variant != *line.variant; });
    if (runs.empty()) throw UsageError(fmt::format("--variant: no record is of \"{}\"", line.variant.value_or("")));
    return runs;
}

std::vector<scenario::Scenario> kernel_scenarios(CommandLine line) {
    line.settings.push_back({"lab.engine=kernel", "validate"});
    std::vector<scenario::Scenario> all;
    for (const Choice& choice : choose_all(line, false))
        all.insert(all.end(), choice.variants.begin(), choice.variants.end());
    return all;
}

agreement::Limits limits_of(const CommandLine& line) {
    if (!line.limit) return {};
    constexpr double least = 0, most = 50;
    const std::string_view text = *line.limit;
    const auto percent = scenario::number_from(text.substr(0, text.find_last_not_of(" %") + 1));
    if (!percent || *percent < least || *percent > most)
        throw UsageError(fmt::format("--limit: \"{}\" is out of range; write \"{}%\" to \"{}%\"", text, least, most));
    const double share = *percent / 100;
    return {share, share, share};
}

/// A record names its trace; the scenario that was run holds it.
FinishedRun with_trace(FinishedRun run, const std::vector<scenario::Scenario>& scenarios) {
    scenario::Load& load = run.record.scenario.load;
    const auto same = std::ranges::find_if(scenarios, [&](const scenario::Scenario& scenario) {
        return scenario.load.trace_content == load.trace_content;
    });
    if (same != scenarios.end()) load.trace_rows = same->load.trace_rows;
    return run;
}

std::unique_ptr<engine::Engine> model_engine(const CommandLine& line) {
    scenario::Scenario scenario;
    scenario.lab.engine = scenario::Engine::model;
    return engines(line).make(scenario);
}

/// Judges run after run and keeps them for the summary.
class Session {
public:
    explicit Session(const CommandLine& line)
        : line_(line), model_(model_engine(line)), validation_(*model_, observer_, limits_of(line)) {
        observer_.stop_requested = [] { return os::StopSignal::requested(); };
    }

    void take(const FinishedRun& run) {
        const record::RunRecord& kernel = runs_.emplace_back(run).record;
        all_.push_back(validation_.validated(kernel, run.path, line_.html.has_value()));
        if (line_.format != Format::text) return;
        fmt::print("{}{}", all_.size() == 1 ? "" : "\n", report::render_text(all_.back(), style_of(line_)));
        std::fflush(stdout);
    }

    int finish(bool interrupted) const {
        const int exit_code = interrupted ? exit_interrupted : judged_code();
        deliver(report_of({report::section_of(all_)}, line_), line_, [&] {
            fmt::print("\n  {}      exit {}\n", report::summary_line(all_), exit_code);
            if (!all_.empty())
                print_last_lines(line_, record_words(), "portdrought report " + shell_word(next_record()));
        });
        return exit_code;
    }

private:
    /// The folder of new records; those that were named need no telling.
    std::optional<std::string> record_words() const {
        return is_of_records(line_.names.front()) ? std::nullopt : std::optional{records_folder(line_)};
    }

    /// The first on which the engines do not agree, or the first.
    std::string next_record() const {
        for (const report::Validated& each : all_)
            if (report::counts(std::vector{each}).agree == 0) return each.path;
        return all_.front().path;
    }

    /// What was not measured comes first: a result of 1 means that all of it was.
    int judged_code() const {
        const report::AgreementCounts found = report::counts(all_);
        if (found.not_measured > 0 || found.judged() == 0) return exit_invalid;
        return found.differ > 0 ? exit_failed : exit_fine;
    }

    const CommandLine& line_;
    engine::Observer observer_;
    std::unique_ptr<engine::Engine> model_;
    Validation validation_;
    std::deque<FinishedRun> runs_;  // their records are referred to
    std::vector<report::Validated> all_;
};

bool take_records(const std::vector<FinishedRun>& runs, Session& session) {
    const os::StopSignal stop;
    for (const FinishedRun& run : runs) {
        if (os::StopSignal::requested()) return true;
        session.take(run);
    }
    return os::StopSignal::requested();
}

}  // namespace

int validate(const CommandLine& line) {
    prepare_files(line);
    const auto records = std::ranges::count_if(line.names, is_of_records);
    if (records > 0 && static_cast<std::size_t>(records) < line.names.size())
        throw UsageError("validate: scenarios and records at once; name either scenarios or records");
    if (records > 0) {
        const std::vector<FinishedRun> runs = kernel_runs(line);
        Session session(line);
        return session.finish(take_records(runs, session));
    }
    const std::vector<scenario::Scenario> scenarios = kernel_scenarios(line);
    Session session(line);
    const Runs runs =
        perform(scenarios, 1, line, [&](const FinishedRun& run) { session.take(with_trace(run, scenarios)); });
    return session.finish(runs.interrupted);
}

}  // namespace portdrought::cli
