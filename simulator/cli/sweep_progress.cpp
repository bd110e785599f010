#include "cli/sweep_progress.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/text/numbers.hpp"
#include "cli/live_line.hpp"
#include "record/sweep_file.hpp"

namespace portdrought::cli {
namespace {

using text::Mark;

std::string left_of(const LiveSweep& sweep) { return sweep.left_s ? fmt::format("{} left", rough(*sweep.left_s)) : ""; }

/// Of the point in the making: of the ports, which what the server holds takes none of.
std::string time_wait_of(const LiveSweep& sweep) {
    if (!sweep.now || sweep.now->time_wait_client.value_or(0) == 0 || sweep.now->ports_capacity == 0) return "";
    return fmt::format("TIME_WAIT {:.0f} %", 100 * share_of(*sweep.now->time_wait_client, sweep.now->ports_capacity));
}

}  // namespace

std::string live_text(const LiveSweep& sweep, const text::TextStyle& style) {
    const double pace = sweep.elapsed_s > 0 ? static_cast<double>(sweep.made) / sweep.elapsed_s : 0;
    return live_line(
        {{"sweep", 6, Mark::bold},
         {"", 0, Mark::good, share_of(sweep.made, sweep.points)},
         {fmt::format("{} of {} points", text::thousands(sweep.made), text::thousands(sweep.points)), 1},
         {sweep.made > 0 ? text::figure(pace) + "/s" : "", 4},
         {time_wait_of(sweep), 5},
         {sweep.with_failures > 0 ? text::thousands(sweep.with_failures) + " with failures" : "", 3, Mark::bad},
         {left_of(sweep), 2}},
        style);
}

std::string plain_text(const LiveSweep& sweep) {
    std::string text =
        fmt::format("sweep  {} of {} points made, {} left", sweep.made, sweep.points, sweep.points - sweep.made);
    if (sweep.with_failures > 0) text += fmt::format(", {} with failures", sweep.with_failures);
    if (sweep.left_s) text += ", " + left_of(sweep);
    return text;
}

SweepProgress::SweepProgress(std::size_t points, bool quiet, bool colour)
    : points_(points), output_(quiet, colour), began_(Clock::now()), last_made_(began_) {}

void SweepProgress::made(std::string_view text) {
    ++made_;
    client_held_.reset();
    last_made_ = Clock::now();
    const record::SweepRow row = record::read_sweep_row(text, "point");
    if (row.ok < row.attempts) ++with_failures_;
}

LiveSweep SweepProgress::state() const {
    const auto now = Clock::now();
    const auto seconds = [](Clock::duration time) { return std::chrono::duration<double>(time).count(); };
    LiveSweep sweep{points_, made_, with_failures_, seconds(now - began_), {}};
    if (made_ > 0) {
        const double each = seconds(last_made_ - began_) / static_cast<double>(made_);
        sweep.left_s = std::max(each * static_cast<double>(points_ - made_) - seconds(now - last_made_), 0.0);
    }
    return sweep;
}

void SweepProgress::show(const std::optional<engine::Progress>& now) {
    if (now && now->time_wait_client) client_held_ = now->time_wait_client;
    if (!output_.is_due()) return;
    LiveSweep sweep = state();
    sweep.now = now;
    if (sweep.now) sweep.now->time_wait_client = client_held_;
    if (output_.rewrites())
        output_.rewrite(live_text(sweep, output_.style()));
    else
        output_.add(plain_text(sweep));
}

}  // namespace portdrought::cli
