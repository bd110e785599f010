// SIGINT and SIGTERM as a flag to look at: a run ends cleanly and keeps its record. One object per process at a time.
// Handlers restart interrupted reads and writes; poll(2) and epoll_wait(2) return early all the same.
#pragma once

#include <array>
#include <csignal>
#include <optional>

namespace portdrought::os {

class StopSignal {
public:
    /// Installs the handlers and ignores SIGPIPE and SIGXFSZ, so that a vanished reader and a file at its limit
    /// (ulimit -f) are errors of write(2). Clears the flag.
    StopSignal();
    StopSignal(const StopSignal&) = delete;
    StopSignal& operator=(const StopSignal&) = delete;
    /// Puts the former handlers back.
    ~StopSignal();

    static bool requested() { return number().has_value(); }
    /// The signal that came last.
    static std::optional<int> number();

private:
    std::array<struct sigaction, 4> former_{};
};

}  // namespace portdrought::os
