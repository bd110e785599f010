#include "cli/progress_line.hpp"

#include <fmt/format.h>

#include "cli/terminal.hpp"

namespace portdrought::cli {
namespace {

using namespace std::chrono_literals;

std::string text_of(const std::string& label, const engine::Progress& progress) {
    std::string text = fmt::format("{}  {:.0f}/{:.0f} s  offered {:.0f}/s  made {:.0f}/s", label, progress.elapsed_s,
                                   progress.planned_s, progress.offered_per_s, progress.achieved_per_s);
    if (progress.time_wait) text += fmt::format("  TIME_WAIT {}", *progress.time_wait);
    if (progress.ports_free) text += fmt::format("  free {}/{}", *progress.ports_free, progress.ports_capacity);
    return text + fmt::format("  failed {}", progress.failed);
}

}  // namespace

ProgressLine::ProgressLine(std::string label, bool quiet)
    : label_(std::move(label)),
      quiet_(quiet),
      terminal_(stderr_is_terminal()),
      next_(std::chrono::steady_clock::now()) {
    if (!terminal_) next_ += 5s;
}

ProgressLine::~ProgressLine() {
    if (terminal_ && shown_) fmt::print(stderr, "\r\033[K");
}

void ProgressLine::show(const engine::Progress& progress) {
    const auto now = std::chrono::steady_clock::now();
    if (quiet_ || now < next_) return;
    next_ = now + (terminal_ ? 200ms : 5000ms);
    shown_ = true;
    std::string text = text_of(label_, progress);
    if (!terminal_) return fmt::print(stderr, "{}\n", text);
    // A line that wraps could not be rewritten in place.
    if (const std::size_t width = terminal_width() - 1; text.size() > width) text.resize(width);
    fmt::print(stderr, "\r\033[K{}", text);
}

}  // namespace portdrought::cli
