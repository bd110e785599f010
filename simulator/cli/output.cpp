#include "cli/output.hpp"

#include <fmt/format.h>

#include <cstdio>

#include "analysis/report/check_text.hpp"
#include "analysis/report/comparison_text.hpp"
#include "analysis/report/diagnosis_text.hpp"
#include "analysis/report/listing_text.hpp"
#include "analysis/report/run_text.hpp"
#include "cli/next_step.hpp"
#include "cli/terminal.hpp"
#include "scenario/catalogue.hpp"

namespace portdrought::cli {
namespace {

/// A command worth running after this one; from the record alone, so that `report` names the same.
std::optional<std::string> next_command(const record::RunRecord& record, const std::string& path) {
    const scenario::Scenario& scenario = record.scenario;
    if (scenario.variant.empty() || scenario::find_scenario(scenario.name) == nullptr)
        return "portdrought diagnose " + shell_word(path);
    return "portdrought compare " + scenario.name +
           (scenario.lab.engine == scenario::Engine::model ? " --engine model" : "");
}

}  // namespace

text::TextStyle style_of(const CommandLine& line) {
    return {terminal_width(), use_colour(line.colour), !speaks_utf8()};
}

void print_one(const FinishedRun& run, const CommandLine& line) {
    const text::TextStyle style = style_of(line);
    fmt::print("{}", report::render_text(report::summarise(run.record), style,
                                         {run.path, next_command(run.record, run.path)}));
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
