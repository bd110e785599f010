#include "cli/delivery.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "analysis/html/page.hpp"
#include "analysis/report/csv.hpp"
#include "analysis/report/junit_xml.hpp"
#include "analysis/report/markdown.hpp"
#include "analysis/report/openmetrics.hpp"
#include "analysis/report/report_json.hpp"
#include "analysis/report/section.hpp"
#include "analysis/report/section_charts.hpp"
#include "cli/sweep_setup.hpp"
#include "cli/version.hpp"
#include "os/atomic_file.hpp"
#include "os/system_error.hpp"

namespace portdrought::cli {
namespace {

/// Nothing that is read or written by the same command under another name.
void refuse_other_files(const char* option, const std::string& path, const std::vector<std::string>& others) {
    std::error_code nothing;
    for (const std::string& other : others)
        if (path == other || std::filesystem::equivalent(path, other, nothing))
            throw UsageError(fmt::format("--{}: {} is a file of this command already; name another", option, path));
}

void prepare(const char* option, const std::string& path, const char* example, const std::vector<std::string>& others) {
    std::error_code nothing;
    if (path.empty() || std::filesystem::is_directory(path, nothing))
        throw UsageError(
            fmt::format("--{}: \"{}\" is no name for a file; write for example {}", option, path, example));
    refuse_other_files(option, path, others);
    if (os::is_special_file(path)) return;
    const std::string trial = path + ".trial";
    try {
        const auto folder = std::filesystem::path(path).parent_path();
        os::prepare_folder(folder.empty() ? "." : folder.string());
        os::write_file_atomically(trial, "");
        std::filesystem::remove(trial, nothing);
    } catch (const os::SystemError& error) {
        throw UsageError(fmt::format("--{}: {}; name a file you may write", option, error.what()));
    }
}

void write_files(const report::Report& report, const CommandLine& line) {
    if (line.junit) os::write_into(*line.junit, report::junit_xml(report));
    if (line.html) os::write_into(*line.html, html::html_page(report));
}

bool is_of_a_sweep(const report::Report& report) { return !report.sections.empty() && report.sections.front().sweep; }

/// Absent where the command prints it by itself.
std::optional<std::string> text_of(const report::Report& report, Format format) {
    switch (format) {
        case Format::text:
        case Format::github: return std::nullopt;
        case Format::json: return is_of_a_sweep(report) ? std::nullopt : std::optional{report::report_json(report)};
        case Format::markdown: return report::markdown(report);
        case Format::csv: return report::csv(report);
        case Format::junit: return report::junit_xml(report);
        case Format::openmetrics: return report::openmetrics(report);
        case Format::openmetrics_samples: return report::openmetrics(report, report::Series::samples);
    }
    return std::nullopt;
}

void print_in_form(const report::Report& report, const CommandLine& line, const std::function<void()>& print) {
    if (const auto text = text_of(report, line.format))
        fmt::print("{}", *text);
    else
        print();
}

}  // namespace

void prepare_files(const CommandLine& line) {
    std::vector<std::string> others = line.names;
    if (line.command == "sweep" || line.command == "merge") others.push_back(sweep_path(line));
    if (line.html) {
        prepare("html", *line.html, "report.html", others);
        others.push_back(*line.html);
    }
    if (line.junit) prepare("junit", *line.junit, "results.xml", others);
}

std::vector<report::ReportedRun> reported_runs(const std::vector<FinishedRun>& runs) {
    std::vector<report::ReportedRun> result;
    for (const FinishedRun& run : runs) result.push_back(report::reported(run.record, run.path));
    return result;
}

report::Report report_of(std::vector<report::Section> sections, const CommandLine& line) {
    return report_of(std::move(sections), line, line.html.has_value());
}

report::Report report_of(std::vector<report::Section> sections, const CommandLine& line, bool is_drawn) {
    report::Report report{line.typed, fmt::format("portdrought {} ({})", version, git_revision),
                          report::headline_over(sections), std::move(sections)};
    if (is_drawn)
        for (report::Section& section : report.sections)
            section.charts = report::charts_of(section, report.sections.size());
    return report;
}

void deliver(const report::Report& report, const CommandLine& line, const std::function<void()>& print) {
    try {
        write_files(report, line);
    } catch (const os::SystemError&) {
        print_in_form(report, line, print);
        throw;
    }
    print_in_form(report, line, print);
}

}  // namespace portdrought::cli
