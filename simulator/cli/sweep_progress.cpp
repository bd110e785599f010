#include "cli/sweep_progress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>

#include "cli/terminal.hpp"

namespace portdrought::cli {
namespace {

using namespace std::chrono_literals;

void put(const std::string& text) {
    std::fputs(text.c_str(), stderr);
    std::fflush(stderr);
}

std::string rough(double seconds) {
    if (seconds < 90) return fmt::format("about {:.0f} s", std::ceil(seconds));
    return seconds < 5400 ? fmt::format("about {:.0f} min", seconds / 60)
                          : fmt::format("about {:.1f} h", seconds / 3600);
}

}  // namespace

SweepProgress::SweepProgress(std::size_t points, bool quiet)
    : points_(points),
      quiet_(quiet),
      terminal_(stderr_is_terminal()),
      began_(Clock::now()),
      last_made_(began_),
      next_(began_) {
    if (!terminal_) next_ += 5s;
}

void SweepProgress::made() {
    ++made_;
    last_made_ = Clock::now();
}

void SweepProgress::show() {
    const auto now = Clock::now();
    if (quiet_ || now < next_) return;
    next_ = now + (terminal_ ? 200ms : 5000ms);
    shown_ = true;
    std::string text = fmt::format("sweep  {} of {} points made, {} left", made_, points_, points_ - made_);
    if (made_ > 0) {
        const double each = std::chrono::duration<double>(last_made_ - began_).count() / static_cast<double>(made_);
        const double since = std::chrono::duration<double>(now - last_made_).count();
        text += ", " + rough(std::max(each * static_cast<double>(points_ - made_) - since, 0.0));
    }
    if (!terminal_) return put(text + '\n');
    // A line that wraps could not be rewritten in place.
    if (const std::size_t width = progress_width() - 1; text.size() > width) text.resize(width);
    put("\r\033[K" + text);
}

void SweepProgress::clear() {
    if (terminal_ && shown_) put("\r\033[K");
    shown_ = false;
}

}  // namespace portdrought::cli
