#include "cli/sweep_setup.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <set>

#include "analysis/report/section.hpp"
#include "analysis/report/sweep_text.hpp"
#include "cli/commands.hpp"
#include "cli/costs_choice.hpp"
#include "cli/delivery.hpp"
#include "cli/next_step.hpp"
#include "cli/output.hpp"
#include "cli/scenario_choice.hpp"
#include "cli/settings.hpp"
#include "cli/version.hpp"
#include "os/atomic_file.hpp"
#include "os/process/limits.hpp"
#include "os/system_error.hpp"
#include "record/sweep_file.hpp"
#include "scenario/catalogue.hpp"
#include "scenario/keys/value_text.hpp"
#include "scenario/reader.hpp"
#include "sweep/merge.hpp"
#include "sweep/vary.hpp"

namespace portdrought::cli {
namespace {

using record::Shard;
using record::SweepResult;
using scenario::Complaint;

constexpr std::string_view partial_ending = ".partial";

Shard shard_from(const std::string& text) {
    const std::size_t slash = text.find('/');
    const auto number = [](std::string_view part) {
        return scenario::whole_from(part, sweep::most_points).value_or(0);
    };
    const std::uint64_t index = number(std::string_view{text}.substr(0, slash));
    const std::uint64_t count = slash == text.npos ? 0 : number(std::string_view{text}.substr(slash + 1));
    if (index < 1 || index > count)
        throw UsageError(
            fmt::format("--shard: \"{}\" is no shard; write I/N with I from 1 to N and N up to {}, such as 1/4 to 4/4",
                        text, sweep::most_points));
    return {index, count};
}

/// Names of the variants to run; none where the scenario has none.
std::vector<std::string> variants_of(const std::vector<scenario::Scenario>& all,
                                     const std::optional<std::string>& wanted) {
    std::vector<std::string> names;
    for (const scenario::Scenario& variant : all)
        if (!variant.variant.empty()) names.push_back(variant.variant);
    if (!wanted) return names;
    if (std::ranges::find(names, *wanted) != names.end()) return {*wanted};
    std::string known;
    for (const std::string& name : names) known += fmt::format("{}\"{}\"", known.empty() ? "" : ", ", name);
    throw UsageError(fmt::format("--variant: there is no \"{}\"; {}", *wanted,
                                 known.empty() ? "the scenario has no variants" : "write one of " + known));
}

/// Axes that other options set as well.
void check_twice(const CommandLine& line, sweep::Axes& axes) {
    const auto complain = [&](const std::string& key, std::string text) {
        axes.complaints.push_back(scenario::complain({"--vary", 1, 1}, key, std::move(text)));
    };
    for (std::uint32_t i = 0; i < axes.axes.size(); ++i) {
        const std::string& key = axes.axes[i].key;
        const auto set = std::ranges::find_if(
            line.settings, [&](const Setting& setting) { return setting.text.starts_with(key + '='); });
        if (set != line.settings.end())
            complain(key, fmt::format("is given by {} too; leave one of them out",
                                      set->option.empty() ? "--set" : set->option));
        if (key == "lab.seed" && line.repeat.value_or(1) > 1)
            complain(key, "is what --repeat counts up; leave one of them out");
    }
}

void check_size(const sweep::Plan& plan) {
    double points = static_cast<double>(std::max<std::size_t>(plan.variants.size(), 1)) * plan.repeat;
    std::string words = plan.variants.size() > 1 ? fmt::format("{} variants", plan.variants.size()) : "";
    for (const record::SweepAxis& axis : plan.axes) {
        points *= static_cast<double>(axis.values.size());
        words += fmt::format("{}{} of {}", words.empty() ? "" : " x ", axis.values.size(), axis.key);
    }
    if (points > static_cast<double>(sweep::most_points))
        throw UsageError(
            fmt::format("--vary: {}{} make {:.0f} points, more than {}; write larger steps, or several sweeps", words,
                        plan.repeat > 1 ? fmt::format(" x {} repeats", plan.repeat) : "", points, sweep::most_points));
}

[[noreturn]] void refuse(const std::vector<Complaint>& complaints) {
    constexpr std::size_t most = 20;
    std::string text;
    for (std::size_t i = 0; i < complaints.size() && i < most; ++i) text += to_string(complaints[i]) + '\n';
    if (complaints.size() > most) text += fmt::format("… and {} more like these\n", complaints.size() - most);
    throw ScenarioMistakes(
        text + fmt::format("{} problem{}, nothing was run", complaints.size(), complaints.size() == 1 ? "" : "s"));
}

sweep::Plan plan_of(const CommandLine& line) {
    const scenario::Lookup found = scenario::look_up(line.names.front());
    if (!found.source) throw UsageError(found.problem);
    sweep::Plan plan;
    plan.text = found.source->text;
    plan.file = found.source->file;
    plan.settings = texts_of(line.settings);
    plan.repeat = line.repeat.value_or(1);
    plan.limits = {os::descriptor_limit().hard};
    // Only the names of the variants: whether their values are right depends on the point.
    auto reading = scenario::read(plan.text, plan.file, plan.settings, plan.limits);
    if (reading.variants.empty()) {
        name_options(reading.complaints, line.settings);
        refuse(reading.complaints);
    }
    plan.variants = variants_of(reading.variants, line.variant);
    sweep::Axes axes = sweep::axes_from(line.vary);
    check_twice(line, axes);
    if (!axes.complaints.empty()) refuse(axes.complaints);
    plan.axes = std::move(axes.axes);
    if (plan.axes.empty() && plan.variants.size() < 2 && plan.repeat == 1)
        throw UsageError("sweep: nothing varies; add for example --vary load.rate=100/s..500/s:100");
    check_size(plan);
    return plan;
}

bool exists(const std::string& path) {
    std::error_code ignored;
    return std::filesystem::exists(path, ignored);
}

void merge_found(SweepResult& found, const std::string& path, const SweepSetup& setup) {
    std::error_code ignored;
    if (std::filesystem::file_size(path, ignored) == 0) return;  // killed when it had only just begun
    SweepResult there;
    try {
        there = record::read_sweep_file(path);
    } catch (const std::runtime_error& error) {
        throw UsageError(fmt::format("--resume: {}", error.what()));
    }
    const auto differences = sweep::differences(there.header, setup.header);
    std::string words;
    for (const std::string& difference : differences) words += (words.empty() ? "" : "; ") + difference;
    if (!words.empty())
        throw UsageError(
            fmt::format("--resume: {} is of another sweep: {}; go on with the same command, or leave "
                        "--resume out and name another --output",
                        path, words));
    if (there.shard != setup.shard) {
        const auto option = [](const Shard& shard) {
            return shard.count == 1 ? std::string{"no --shard"}
                                    : fmt::format("--shard {}/{}", shard.index, shard.count);
        };
        throw UsageError(fmt::format("--resume: {} was made with {}, this command has {}; write the same", path,
                                     option(there.shard), option(setup.shard)));
    }
    found.rows.merge(there.rows);
}

/// Runs on the kernel that were disturbed are worth another try; a model would say the same again.
void forget_invalid(SweepResult& found, const SweepSetup& setup, const sweep::Engines& engines) {
    std::erase_if(found.rows, [&](const auto& row) {
        return !record::read_sweep_row(row.second, "a row").valid &&
               !engines.is_model(setup.grid.at(row.first).scenario);
    });
}

SweepResult found_so_far(const CommandLine& line, const SweepSetup& setup, const sweep::Engines& engines) {
    const std::string path = sweep_path(line), partial = sweep::partial_path(path);
    SweepResult found{setup.header, setup.shard, {}};
    if (!exists(path) && !exists(partial))
        throw UsageError(fmt::format("--resume: there is no {}; name the file of the interrupted sweep", path));
    if (exists(path)) merge_found(found, path, setup);
    if (exists(partial)) merge_found(found, partial, setup);
    forget_invalid(found, setup, engines);
    if (!line.quiet)
        fmt::print(stderr, "portdrought: {} points are in {} already, {} to go\n", found.rows.size(), path,
                   found.missing().size());
    return found;
}

/// Nobody's results are overwritten, and two commands do not write the same file.
void claim(const std::string& path) {
    const std::string partial = sweep::partial_path(path);
    if (exists(path))
        throw UsageError(
            fmt::format("--output: {} is there already; name another file, or go on with that sweep by "
                        "--resume {}",
                        path, path));
    const std::string folder = std::filesystem::path(path).parent_path().string();
    if (!folder.empty()) os::prepare_folder(folder);
    if (!os::create_new_file(partial))
        throw UsageError(
            fmt::format("--output: {} is there: another sweep goes on with the same output, or was killed; "
                        "name another file, or go on with that sweep by --resume {}",
                        partial, path));
}

}  // namespace

SweepSetup set_up_sweep(const CommandLine& line, const sweep::Engines& engines) {
    const Shard shard = line.shard ? shard_from(*line.shard) : Shard{};
    SweepSetup setup{sweep::Grid(plan_of(line)), {}, shard, false};
    std::set<std::string> names;  // an axis may change the engine
    setup.is_model = true;
    auto examination = setup.grid.examine([&](const scenario::Scenario& scenario) {
        names.insert(engines.name(scenario));
        setup.is_model = setup.is_model && engines.is_model(scenario);
        if (setup.header.costs.empty()) setup.header.costs = engines.costs_source(scenario);
    });
    name_options(examination.complaints, line.settings);
    if (!examination.complaints.empty()) refuse(examination.complaints);
    if (line.costs && setup.header.costs.empty()) throw UsageError(idle_costs);
    setup.header.tool_version = version;
    setup.header.git_revision = git_revision;
    setup.header.axes = setup.grid.axes();
    setup.header.scenario = examination.same;
    for (const std::string& name : names) setup.header.engine += (setup.header.engine.empty() ? "" : ", ") + name;
    return setup;
}

std::string sweep_path(const CommandLine& line) {
    std::string path = line.resume.value_or(line.output);
    if (line.resume && path.ends_with(partial_ending)) path.resize(path.size() - partial_ending.size());
    return path;
}

sweep::Keeper open_sweep_file(const CommandLine& line, const SweepSetup& setup, const sweep::Engines& engines) {
    const std::string path = sweep_path(line);
    try {
        if (line.resume) return {path, found_so_far(line, setup, engines)};
        claim(path);
        return {path, SweepResult{setup.header, setup.shard, {}}};
    } catch (const os::SystemError& error) {
        throw UsageError(fmt::format("--output: {}; name a file you may write", error.what()));
    }
}

namespace {

/// The same sweep again, for what is missing.
std::string resumed(const CommandLine& line) {
    std::string text = same_scenario("sweep", line);
    for (const std::string& axis : line.vary) text += " --vary " + shell_word(axis);
    if (line.repeat) text += fmt::format(" --repeat {}", *line.repeat);
    if (line.shard) text += " --shard " + shell_word(*line.shard);
    if (line.costs) text += " --costs " + shell_word(*line.costs);
    return text + " --resume " + shell_word(sweep_path(line));
}

/// The first point with failures, or the first of all, by itself.
std::string single_point(const CommandLine& line, const report::SweepTable& table) {
    const auto failed = std::ranges::find_if(table.rows, [](const auto& row) { return row.ok < row.attempts; });
    const record::SweepRow& row = failed == table.rows.end() ? table.rows.front() : *failed;
    const std::vector<std::size_t> place = table.header.place_of(row.point);
    CommandLine one = line;
    for (std::size_t i = 0; i < place.size(); ++i) {
        const record::SweepAxis& axis = table.header.axes[i];
        if (axis.key == "variant")
            one.variant = axis.values[place[i]];
        else
            one.settings.push_back({axis.key + '=' + axis.values[place[i]], ""});
    }
    return same_scenario("run", one);
}

std::optional<std::string> next_step(const CommandLine& line, const report::SweepTable& table, bool is_complete) {
    if (line.command != "sweep") return std::nullopt;  // a file says nothing of the command that made it
    if (!is_complete) return resumed(line);
    return table.rows.empty() ? std::nullopt : std::optional{single_point(line, table)};
}

}  // namespace

int report_sweep(const CommandLine& line, const SweepResult& result) {
    const report::SweepTable table = report::table_of(result);
    deliver(report_of({report::section_of(table)}, line), line, [&] {
        // The file says more than any summary of it.
        fmt::print("{}",
                   line.format == Format::json ? record::to_json(result) : report::render_text(table, style_of(line)));
    });
    const std::size_t missing = result.missing().size();
    print_last_lines(line, sweep_path(line), next_step(line, table, missing == 0));
    if (missing == 0) return table.invalid() == 0 ? exit_fine : exit_invalid;
    fmt::print(stderr,
               "portdrought: interrupted, {} of {} points are made; the same command with --resume {} in the place of "
               "--output makes the rest\n",
               result.rows.size(), result.rows.size() + missing, sweep_path(line));
    return exit_interrupted;
}

}  // namespace portdrought::cli
