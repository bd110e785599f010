// --serve: a live page of the runs a command makes. Does nothing where the line does not ask for it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "analysis/report/report.hpp"
#include "cli/command_line.hpp"
#include "cli/runs.hpp"
#include "cli/schedule.hpp"
#include "engine/progress.hpp"
#include "serve/live_server.hpp"

namespace portdrought::cli {

/// The sections of a report, of the runs so far; the last one may still go on. Called in another process, so whatever
/// it refers to is as it was when Serving was made.
using Sections = std::function<std::vector<report::Section>(std::vector<report::ReportedRun>)>;

/// All of them beside each other.
std::vector<report::Section> one_section(std::vector<report::ReportedRun> runs);

class Serving {
public:
    /// Says on stderr where the page is. Throws UsageError for an address that is not this machine's loopback,
    /// os::EnvironmentError for one that is taken. To be made before anything is run.
    Serving(const CommandLine& line, const Sections& sections);

    void begin(const PlannedRun& planned, const std::string& label);
    void show(const engine::Progress& now);
    void finished(const FinishedRun& run);
    /// No further runs. On a terminal the page stays until Ctrl-C, unless the runs were interrupted; elsewhere it goes
    /// with the command.
    void end(bool interrupted);

private:
    std::optional<serve::LiveServer> server_;
};

}  // namespace portdrought::cli
