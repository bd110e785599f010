// The live line of a sweep, on stderr: how many points are made, how fast, how many of them had failures, how many are
// left and for how long; and of one that is made by itself, how full its ports are.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "cli/live_output.hpp"
#include "engine/progress.hpp"

namespace portdrought::cli {

/// What is known of a sweep while it goes on.
struct LiveSweep {
    std::size_t points, made, with_failures;
    double elapsed_s;                          // since it began
    std::optional<double> left_s;              // absent until a point is made
    std::optional<engine::Progress> now = {};  // the point in the making, where there is only one
};

/// For a terminal: never wider than the style.
std::string live_text(const LiveSweep& sweep, const text::TextStyle& style);
/// For a file.
std::string plain_text(const LiveSweep& sweep);

class SweepProgress {
public:
    SweepProgress(std::size_t points, bool quiet, bool colour);

    /// A point has been made, of which this is the row (record::read_sweep_row).
    void made(std::string_view row);
    /// As often as one likes.
    void show(const std::optional<engine::Progress>& now = {});

private:
    using Clock = std::chrono::steady_clock;
    LiveSweep state() const;

    std::size_t points_, made_ = 0, with_failures_ = 0;
    LiveOutput output_;
    Clock::time_point began_, last_made_;
    std::optional<std::uint64_t> client_held_;  // at the last census of the point in the making
};

}  // namespace portdrought::cli
