#include "cli/progress_line.hpp"

#include <fmt/format.h>

#include <cstdio>

#include "cli/terminal.hpp"
#include "core/printable.hpp"

namespace portdrought::cli {
namespace {

using namespace std::chrono_literals;

/// Progress is a courtesy: where stderr is closed or full, the run goes on without it.
void put(const std::string& text) {
    std::fputs(text.c_str(), stderr);
    std::fflush(stderr);
}

/// "about 3 min"
std::string rough(std::chrono::nanoseconds time) {
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(time).count();
    if (seconds < 90) return fmt::format("about {} s", seconds);
    return fmt::format("about {} min", (seconds + 30) / 60);
}

}  // namespace

ProgressLine::ProgressLine(const std::vector<PlannedRun>& runs, bool quiet)
    : time_left_(runs), quiet_(quiet), terminal_(stderr_is_terminal()), next_(Clock::now()) {
    if (!terminal_) next_ += 5s;
}

void ProgressLine::begin(const std::string& label) {
    label_ = core::printable(label);
    began_ = Clock::now();
}

void ProgressLine::end() {
    time_left_.ended(Clock::now() - began_);
    clear();
}

void ProgressLine::clear() {
    if (terminal_ && shown_) put("\r\033[K");
    shown_ = false;
}

std::string ProgressLine::text_of(const engine::Progress& progress) const {
    std::string text = label_;
    if (time_left_.runs() > 1)
        text += fmt::format("  run {}/{}, {} left", time_left_.ended() + 1, time_left_.runs(),
                            rough(time_left_.left(Clock::now() - began_)));
    text += fmt::format("  {:.0f}/{:.0f} s", progress.elapsed_s, progress.planned_s);
    if (progress.time_wait) text += fmt::format("  TIME_WAIT {}/{}", *progress.time_wait, progress.ports_capacity);
    text += fmt::format("  failed {}  offered {:.0f}/s  made {:.0f}/s", progress.failed, progress.offered_per_s,
                        progress.achieved_per_s);
    if (progress.ports_free) text += fmt::format("  free at last count {}", *progress.ports_free);
    return text;
}

void ProgressLine::show(const engine::Progress& progress) {
    const auto now = Clock::now();
    if (quiet_ || now < next_) return;
    next_ = now + (terminal_ ? 200ms : 5000ms);
    shown_ = true;
    std::string text = text_of(progress);
    if (!terminal_) return put(text + '\n');
    // A line that wraps could not be rewritten in place.
    if (const std::size_t width = progress_width() - 1; text.size() > width) text.resize(width);
    put("\r\033[K" + text);
}

}  // namespace portdrought::cli
