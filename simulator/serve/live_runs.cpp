#include "serve/live_runs.hpp"

#include <fmt/format.h>

#include "record/json/json_writer.hpp"
#include "record/record_file.hpp"
#include "record/totals.hpp"

namespace portdrought::serve {
namespace {

constexpr std::size_t kept_samples = 512;

std::string excuse(std::string_view why) {
    std::string text;
    for (const char c : why) {
        if (c == '<' || c == '&')
            text += c == '<' ? "&lt;" : "&amp;";
        else
            text += c;
    }
    return fmt::format(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>portdrought</title>\n"
        "<p>The report could not be made: {}</p>\n</html>\n",
        text);
}

}  // namespace

void LiveRuns::begin(record::RunRecord skeleton, std::string label) {
    current_ = std::move(skeleton);
    label_ = std::move(label);
    now_ = {};
    samples_ = record::SampleSeries(kept_samples);
    changed_ = true;
}

void LiveRuns::progress(const engine::Progress& now) {
    now_ = now;
    samples_.add({now, {}, {}});
    changed_ = true;
}

void LiveRuns::finished(std::string path) {
    ended_.push_back({std::move(path), nullptr});
    current_.reset();
    changed_ = true;
}

void LiveRuns::end() {
    over_ = changed_ = true;
    current_.reset();
}

std::string LiveRuns::line() const {
    if (over_) return fmt::format("{} runs, all have ended", ended_.size());
    if (!current_) return fmt::format("{} runs have ended", ended_.size());
    return fmt::format("run {}: {}, {:.0f} of {:.0f} s, {} attempts, {} failed", ended_.size() + 1, label_, now_.t_s,
                       now_.planned_s, now_.attempts, now_.outcomes.failed());
}

void LiveRuns::update(Clock::time_point now) {
    constexpr auto pause = std::chrono::seconds{1};
    if (!changed_ || (version_ != 0 && !over_ && now - last_change_ < pause)) return;
    ++version_;
    last_change_ = now;
    changed_ = false;
}

std::string LiveRuns::state(Clock::time_point now) {
    update(now);
    record::JsonWriter json;
    json.begin_object(record::JsonWriter::Layout::packed);
    json.member("version", version_).member("ended", over_).member("line", line()).end_object();
    return json.take();
}

record::RunRecord LiveRuns::so_far() const {
    record::RunRecord record = *current_;
    samples_.fill(record);
    record.totals.attempts = now_.attempts;
    record.totals.connected = now_.connected;
    record.totals.outcomes = now_.outcomes;
    // Those that are under way have no end yet, and every attempt of a record has one.
    const std::uint64_t ended = now_.outcomes.total();
    if (now_.attempts > ended) record.totals.outcomes[core::Outcome::unfinished] += now_.attempts - ended;
    record.interrupted = true;
    record::derive_totals(record);
    record.validity.notes = {fmt::format("This run goes on: {:.0f} of {:.0f} s so far.", now_.t_s, now_.planned_s)};
    return record;
}

std::string LiveRuns::render() {
    for (Ended& run : ended_)
        if (!run.record) run.record = std::make_unique<record::RunRecord>(record::read_file(run.path));
    std::vector<ShownRun> shown;
    for (const Ended& run : ended_) shown.push_back({run.record.get(), run.path});
    std::optional<record::RunRecord> partial;
    if (current_ && !samples_.samples().empty()) {
        partial = so_far();
        shown.push_back({&*partial, ""});
    }
    return page_(shown);
}

std::shared_ptr<const std::string> LiveRuns::page(Clock::time_point now) {
    update(now);
    if (cached_ && rendered_ == version_) return cached_;
    rendered_ = version_;
    try {
        cached_ = std::make_shared<const std::string>(render());
    } catch (const std::exception& error) {
        cached_ = std::make_shared<const std::string>(excuse(error.what()));
    }
    return cached_;
}

}  // namespace portdrought::serve
