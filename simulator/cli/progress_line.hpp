// The live line of a running scenario, on stderr: rewritten in place on a terminal, plain lines at long intervals
// elsewhere.
#pragma once

#include <chrono>
#include <string>

#include "engine/engine.hpp"

namespace portdrought::cli {

class ProgressLine {
public:
    /// `label`: which run this is, such as "timed-wait-delay, 60 s, 2 of 3".
    ProgressLine(const std::string& label, bool quiet);
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;
    /// Clears the line.
    ~ProgressLine();

    void show(const engine::Progress& progress);

private:
    std::string label_;
    bool quiet_;
    bool terminal_;
    bool shown_ = false;
    std::chrono::steady_clock::time_point next_;
};

}  // namespace portdrought::cli
