// What run and compare share: every variant, repeated and interleaved (A B C A B C …), with progress and a record each.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "cli/command_line.hpp"
#include "record/run_record.hpp"
#include "scenario/scenario.hpp"

namespace portdrought::cli {

struct FinishedRun {
    record::RunRecord record;  // as read back from its file, so that `report` says the same
    std::string path;
};

struct Runs {
    std::vector<FinishedRun> finished;
    bool interrupted = false;

    /// 130 when interrupted, 4 when a measurement is not valid, 0 otherwise.
    int exit_code() const;
};

/// The folder that records go to, as "runs/".
std::string records_folder(const CommandLine& line);

/// The first run that is not valid, else the first; empty for no runs.
std::string worth_a_look(const std::vector<FinishedRun>& runs);

/// The records at `paths`. Throws UsageError for one that is not there or is no record.
std::vector<FinishedRun> read_runs(const std::vector<std::string>& paths);

/// The record files (*.json) of a folder, by name.
std::vector<std::string> record_files(const std::string& folder);

class Serving;

/// What the runs are part of, for the live line and the live page.
struct Stage {
    std::string label = {};                                           // "at 8.13/s"
    std::optional<std::chrono::steady_clock::time_point> until = {};  // the end of the whole at the latest
    Serving* serving = nullptr;                                       // told of every run, those found by --resume too
};

/// Each record is written as soon as its run has ended, then shown to `finished`. With --resume only the runs are made
/// that the folder does not hold yet.
Runs perform(
    const std::vector<scenario::Scenario>& variants, std::uint32_t repeat, const CommandLine& line,
    const std::function<void(const FinishedRun&)>& finished = [](const FinishedRun&) {}, const Stage& stage = {});

}  // namespace portdrought::cli
