// The live line of a sweep, on stderr: how many points are made, how many are left and for how long.
#pragma once

#include <chrono>
#include <cstddef>

namespace portdrought::cli {

class SweepProgress {
public:
    SweepProgress(std::size_t points, bool quiet);
    SweepProgress(const SweepProgress&) = delete;
    SweepProgress& operator=(const SweepProgress&) = delete;
    ~SweepProgress() { clear(); }

    /// A point has been made.
    void made();
    /// As often as one likes.
    void show();

private:
    using Clock = std::chrono::steady_clock;
    void clear();

    std::size_t points_, made_ = 0;
    bool quiet_, terminal_, shown_ = false;
    Clock::time_point began_, last_made_, next_;
};

}  // namespace portdrought::cli
