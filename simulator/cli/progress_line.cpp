#include "cli/progress_line.hpp"

#include <fmt/format.h>

#include "analysis/text/numbers.hpp"
#include "cli/live_line.hpp"
#include "cli/live_output.hpp"
#include "core/printable.hpp"

namespace portdrought::cli {
namespace {

using namespace std::chrono_literals;
using text::Mark;

std::string left_of(const LiveRun& run) {
    if (!run.left) return "";
    const std::string time = rough(std::chrono::duration<double>(*run.left).count());
    return run.at_most ? fmt::format("{} left at most", time) : fmt::format("{} left", time);
}

std::string number_of(const LiveRun& run) { return run.of > 1 ? fmt::format("run {}/{}", run.number, run.of) : ""; }

std::string moment(const engine::Progress& progress) {
    return fmt::format("{:.0f}/{:.0f} s", progress.t_s, progress.planned_s);
}

/// All ports taken is what one came to see, and what hurts.
Mark mark_of(double share) {
    constexpr double full = 0.995;
    return share >= full ? Mark::bad : Mark::good;
}

/// TIME_WAIT against the ports where the client holds it: what the server holds takes none of them.
struct TimeWait {
    std::uint64_t pairs;
    std::uint64_t of;  // 0: of no ports
};

std::optional<TimeWait> time_wait_of(const engine::Progress& now) {
    if (!now.time_wait) return std::nullopt;
    if (*now.time_wait == 0) return TimeWait{0, now.ports_capacity};
    const std::uint64_t client = now.time_wait_client.value_or(0);
    return client > 0 ? TimeWait{client, now.ports_capacity} : TimeWait{*now.time_wait, 0};
}

}  // namespace

std::string live_text(const LiveRun& run, const text::TextStyle& style) {
    const engine::Progress& now = run.progress;
    std::vector<LivePart> parts{{run.label, 5, Mark::bold, {}, true}, {number_of(run), 6}, {moment(now), 7}};
    if (const auto time_wait = time_wait_of(now)) {
        const std::string count = text::thousands(time_wait->pairs);
        const double share = share_of(time_wait->pairs, time_wait->of);
        parts.push_back({"TIME_WAIT", 3});
        if (time_wait->of > 0) parts.push_back({"", 0, mark_of(share), share});
        parts.push_back({time_wait->of > 0 ? count + '/' + text::thousands(time_wait->of) : count, 4});
    }
    const std::uint64_t failed = now.outcomes.failed();
    parts.push_back(
        {fmt::format("failed {}", text::thousands(failed)), 1, failed > 0 ? std::optional{Mark::bad} : std::nullopt});
    parts.push_back({fmt::format("made {}/s", text::figure(now.achieved_per_s)), 2});
    parts.push_back({fmt::format("of {}/s", text::figure(now.offered_per_s)), 8});
    parts.push_back({left_of(run), 2});
    return live_line(std::move(parts), style);
}

std::string plain_text(const LiveRun& run) {
    const engine::Progress& now = run.progress;
    std::string text = run.label;
    for (const std::string& part : {number_of(run), left_of(run), moment(now)})
        if (!part.empty()) text += "  " + part;
    if (const auto time_wait = time_wait_of(now)) {
        text += fmt::format("  TIME_WAIT {}", time_wait->pairs);
        if (time_wait->of > 0) text += fmt::format("/{}", time_wait->of);
    }
    text += fmt::format("  failed {}  offered {:.0f}/s  made {:.0f}/s", now.outcomes.failed(), now.offered_per_s,
                        now.achieved_per_s);
    if (now.ports_free) text += fmt::format("  free at last count {}", *now.ports_free);
    return text;
}

ProgressLine::ProgressLine(const std::vector<PlannedRun>& runs, bool quiet, bool colour,
                           std::optional<Clock::time_point> until)
    : time_left_(runs), until_(until), output_(quiet, colour) {}

void ProgressLine::begin(const std::string& label) {
    label_ = core::printable(label);
    began_ = Clock::now();
    client_held_.reset();
    free_.reset();
}

void ProgressLine::end() {
    time_left_.ended(Clock::now() - began_);
    output_.clear();
}

LiveRun ProgressLine::run_of(const engine::Progress& progress) const {
    const auto now = Clock::now();
    const double played = progress.planned_s > 0 ? progress.t_s / progress.planned_s : 0;
    LiveRun run{label_, time_left_.ended() + 1, time_left_.runs(), progress, time_left_.left(now - began_, played)};
    if (!until_) return run;
    run.left = std::max<std::chrono::nanoseconds>(*until_ - now, 0ns);
    run.at_most = true;
    return run;
}

void ProgressLine::show(const engine::Progress& progress) {
    if (progress.time_wait_client) client_held_ = progress.time_wait_client;
    if (progress.ports_free) free_ = progress.ports_free;
    if (!output_.is_due()) return;
    LiveRun run = run_of(progress);
    run.progress.time_wait_client = client_held_;
    run.progress.ports_free = free_;
    if (output_.rewrites())
        output_.rewrite(live_text(run, output_.style()));
    else
        output_.add(plain_text(run));
}

}  // namespace portdrought::cli
