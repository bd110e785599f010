// What the serving process knows: the runs that have ended and the one that goes on, as a record of what was seen so
// far, in bounded memory; of ended runs the whole records, which a report is made of. No I/O but reading the records of
// ended runs.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/progress.hpp"
#include "record/run_record.hpp"
#include "record/sample_series.hpp"

namespace portdrought::serve {

/// A run to be shown; one that goes on is marked interrupted, so that nobody takes it for a whole one, and has no path.
struct ShownRun {
    const record::RunRecord* record;
    std::string path;
};

/// Makes the page of all runs so far.
using Page = std::function<std::string(const std::vector<ShownRun>&)>;

class LiveRuns {
public:
    using Clock = std::chrono::steady_clock;

    explicit LiveRuns(Page page) : page_(std::move(page)) {}

    /// `skeleton`: the record of the run that begins, as far as it is known before: scenario, engine, repetition.
    void begin(record::RunRecord skeleton, std::string label);
    void progress(const engine::Progress& now);
    /// Read when it is to be shown.
    void finished(std::string path);
    /// No further runs.
    void end();

    /// {"version": 3, "ended": false, "line": "run 2: article, as listed, 12 of 40 s"}; the version changes when there
    /// is more to be seen, at most once a second.
    std::string state(Clock::time_point now);
    /// As of the version that state(now) tells; the same until that changes. What cannot be made is said instead.
    std::shared_ptr<const std::string> page(Clock::time_point now);

private:
    struct Ended {
        std::string path;
        std::unique_ptr<record::RunRecord> record;  // null: not read yet
    };

    void update(Clock::time_point now);
    std::string render();
    record::RunRecord so_far() const;
    std::string line() const;

    Page page_;
    std::vector<Ended> ended_;
    std::optional<record::RunRecord> current_;  // without samples
    std::string label_;
    engine::Progress now_;
    record::SampleSeries samples_;
    bool over_ = false, changed_ = true;
    std::uint64_t version_ = 0, rendered_ = 0;
    Clock::time_point last_change_{};
    std::shared_ptr<const std::string> cached_;
};

}  // namespace portdrought::serve
