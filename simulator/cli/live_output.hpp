// Where progress goes: a line of stderr that is rewritten in place on a terminal, plain lines every five seconds
// elsewhere. It is a courtesy: where stderr is closed or full, the work goes on without it.
#pragma once

#include <chrono>
#include <string>

#include "analysis/text/layout.hpp"

namespace portdrought::cli {

class LiveOutput {
public:
    LiveOutput(bool quiet, bool colour);
    LiveOutput(const LiveOutput&) = delete;
    LiveOutput& operator=(const LiveOutput&) = delete;
    ~LiveOutput() { clear(); }

    /// It is time for something new; never where it is to be quiet.
    bool is_due();
    /// rewrite(), not add(), is for this one.
    bool rewrites() const { return rewrites_; }
    /// What a line may be, now: as wide as the terminal, less one column, since a line that wraps could not be
    /// rewritten.
    text::TextStyle style() const;
    void rewrite(const std::string& line);
    void add(const std::string& line);
    /// Before anything else is printed.
    void clear();

private:
    using Clock = std::chrono::steady_clock;

    bool quiet_, colour_, rewrites_;
    bool shown_ = false;
    Clock::time_point next_;
};

/// "34 s", "3 min", "1.5 h"
std::string rough(double seconds);

}  // namespace portdrought::cli
