#include "cli/live_output.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstdio>

#include "cli/terminal.hpp"

namespace portdrought::cli {
namespace {

using namespace std::chrono_literals;

void put(const std::string& text) {
    std::fputs(text.c_str(), stderr);
    std::fflush(stderr);
}

}  // namespace

LiveOutput::LiveOutput(bool quiet, bool colour)
    : quiet_(quiet),
      colour_(use_colour_on_stderr(colour)),
      rewrites_(stderr_can_rewrite()),
      next_(Clock::now() + (rewrites_ ? 0ms : 5000ms)) {}

bool LiveOutput::is_due() {
    const auto now = Clock::now();
    if (quiet_ || now < next_) return false;
    next_ = now + (rewrites_ ? 200ms : 5000ms);
    return true;
}

text::TextStyle LiveOutput::style() const { return {progress_width() - 1, colour_, !speaks_utf8()}; }

void LiveOutput::rewrite(const std::string& line) {
    shown_ = true;
    put("\r\033[K" + line);
}

void LiveOutput::add(const std::string& line) { put(line + '\n'); }

void LiveOutput::clear() {
    if (shown_) put("\r\033[K");
    shown_ = false;
}

std::string rough(double seconds) {
    if (seconds < 90) return fmt::format("{:.0f} s", std::ceil(seconds));
    return seconds < 5400 ? fmt::format("{:.0f} min", seconds / 60) : fmt::format("{:.1f} h", seconds / 3600);
}

}  // namespace portdrought::cli
