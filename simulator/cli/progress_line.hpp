// The live line of a command that makes runs, on stderr: rewritten in place on a terminal, plain lines at long
// intervals elsewhere. With several runs it says how many there are and how long they will take.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "analysis/text/layout.hpp"
#include "cli/live_output.hpp"
#include "cli/schedule.hpp"
#include "engine/engine.hpp"

namespace portdrought::cli {

/// What is known of a run while it goes on.
struct LiveRun {
    std::string label;                             // "timed-wait-delay, 60 s, 2 of 3"
    std::size_t number, of;                        // among the runs of the command
    engine::Progress progress;                     // with what the last census found
    std::optional<std::chrono::nanoseconds> left;  // of all of them, real time
    bool at_most = false;                          // the time left is a bound
};

/// For a terminal: never wider than the style. Without a bar where the server alone holds TIME_WAIT, or nobody knows.
std::string live_text(const LiveRun& run, const text::TextStyle& style);
/// For a file: all of it, without a bar.
std::string plain_text(const LiveRun& run);

class ProgressLine {
public:
    using Clock = std::chrono::steady_clock;

    /// `until`: when the command is over at the latest, where that is what bounds it.
    ProgressLine(const std::vector<PlannedRun>& runs, bool quiet, bool colour,
                 std::optional<Clock::time_point> until = {});

    /// The next run starts; `label` says which, such as "timed-wait-delay, 60 s, 2 of 3".
    void begin(const std::string& label);
    void show(const engine::Progress& progress);
    /// The run has ended: clears the line for its result.
    void end();

private:
    LiveRun run_of(const engine::Progress& progress) const;

    TimeLeft time_left_;
    std::optional<Clock::time_point> until_;
    std::string label_;
    LiveOutput output_;
    Clock::time_point began_;
    std::optional<std::uint64_t> client_held_, free_;  // at the last census
};

}  // namespace portdrought::cli
