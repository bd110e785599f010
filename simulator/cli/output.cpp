#include "cli/output.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include "analysis/report/check_text.hpp"
#include "analysis/report/comparison_text.hpp"
#include "analysis/report/diagnosis_text.hpp"
#include "analysis/report/listing_text.hpp"
#include "analysis/report/run_text.hpp"
#include "cli/next_step.hpp"
#include "cli/terminal.hpp"
#include "scenario/catalogue.hpp"
#include "scenario/reader.hpp"

namespace portdrought::cli {
namespace {

/// Whether the catalogue's own settings made the run, seed and engine aside.
bool is_as_in_catalogue(const scenario::Scenario& scenario) {
    const scenario::CatalogueEntry* entry = scenario::find_scenario(scenario.name);
    if (entry == nullptr) return false;
    const auto variants = scenario::read(entry->text, entry->file, {}, scenario::Limits{}).variants;
    return std::ranges::any_of(variants, [&](scenario::Scenario own) {
        own.lab.engine = scenario.lab.engine;
        own.lab.seed = scenario.lab.seed;
        return own == scenario;
    });
}

/// A command worth running after this one. A comparison under the settings of the run; of a record they are known only
/// where they are the catalogue's.
std::string next_command(const FinishedRun& run, const CommandLine& line) {
    const scenario::Scenario& scenario = run.record.scenario;
    if (!scenario.variant.empty() && line.command == "run" && scenario::find_scenario(line.names.front()) != nullptr)
        return same_scenario("compare", line);
    if (!scenario.variant.empty() && line.command != "run" && is_as_in_catalogue(scenario))
        return "portdrought compare " + scenario.name +
               (scenario.lab.engine == scenario::Engine::model ? " --engine model" : "");
    return "portdrought diagnose " + shell_word(run.path);
}

}  // namespace

text::TextStyle style_of(const CommandLine& line) {
    return {terminal_width(), use_colour(line.colour), !speaks_utf8()};
}

void print_one(const FinishedRun& run, const CommandLine& line) {
    const text::TextStyle style = style_of(line);
    fmt::print("{}", report::render_text(report::summarise(run.record), style, {run.path, next_command(run, line)}));
    if (line.netstat && run.record.listing)
        fmt::print("\n{}", report::render_listing(*run.record.listing, run.record.scenario, style));
}

void print_diagnoses(const std::vector<FinishedRun>& runs, const CommandLine& line) {
    std::vector<report::DiagnosedRun> diagnosed;
    for (const FinishedRun& run : runs) diagnosed.push_back({&run.record, run.path, diagnose::diagnose(run.record)});
    if (line.format == Format::json) return fmt::print("{}", report::diagnosis_json(diagnosed));
    for (const report::DiagnosedRun& run : diagnosed)
        fmt::print("{}{}", &run == &diagnosed.front() ? "" : "\n", report::render_text(run, style_of(line)));
}

void print_comparison(const report::Section& section, const CommandLine& line) {
    fmt::print("{}", report::render_text(section, style_of(line)));
}

void print_check(const report::Check& check, const CommandLine& line, bool is_first) {
    fmt::print("{}{}", is_first ? "" : "\n", report::render_text(check, style_of(line)));
    std::fflush(stdout);
}

}  // namespace portdrought::cli
