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

std::string text_of(const std::string& label, const engine::Progress& progress) {
    std::string text = fmt::format("{}  {:.0f}/{:.0f} s", label, progress.elapsed_s, progress.planned_s);
    if (progress.time_wait) text += fmt::format("  TIME_WAIT {}/{}", *progress.time_wait, progress.ports_capacity);
    text += fmt::format("  failed {}  offered {:.0f}/s  made {:.0f}/s", progress.failed, progress.offered_per_s,
                        progress.achieved_per_s);
    if (progress.ports_free) text += fmt::format("  free at last count {}", *progress.ports_free);
    return text;
}

}  // namespace

ProgressLine::ProgressLine(const std::string& label, bool quiet)
    : label_(core::printable(label)),
      quiet_(quiet),
      terminal_(stderr_is_terminal()),
      next_(std::chrono::steady_clock::now()) {
    if (!terminal_) next_ += 5s;
}

ProgressLine::~ProgressLine() {
    if (terminal_ && shown_) put("\r\033[K");
}

void ProgressLine::show(const engine::Progress& progress) {
    const auto now = std::chrono::steady_clock::now();
    if (quiet_ || now < next_) return;
    next_ = now + (terminal_ ? 200ms : 5000ms);
    shown_ = true;
    std::string text = text_of(label_, progress);
    if (!terminal_) return put(text + '\n');
    // A line that wraps could not be rewritten in place.
    if (const std::size_t width = progress_width() - 1; text.size() > width) text.resize(width);
    put("\r\033[K" + text);
}

}  // namespace portdrought::cli
