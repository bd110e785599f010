// The live line of a command that makes runs, on stderr: rewritten in place on a terminal, plain lines at long
// intervals elsewhere. With several runs it says how many there are and how long they will take.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "cli/schedule.hpp"
#include "engine/engine.hpp"

namespace portdrought::cli {

class ProgressLine {
public:
    ProgressLine(const std::vector<PlannedRun>& runs, bool quiet);
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;
    ~ProgressLine() { clear(); }

    /// The next run starts; `label` says which, such as "timed-wait-delay, 60 s, 2 of 3".
    void begin(const std::string& label);
    void show(const engine::Progress& progress);
    /// The run has ended: clears the line for its result.
    void end();

private:
    using Clock = std::chrono::steady_clock;

    std::string text_of(const engine::Progress& progress) const;
    void clear();

    TimeLeft time_left_;
    std::string label_;
    bool quiet_;
    bool terminal_;
    bool shown_ = false;
    Clock::time_point next_, began_;
};

}  // namespace portdrought::cli
