// Looks at a modelled run as the probe looks at a real one: samples at the scenario's interval, censuses once a second,
// and what goes into the record from them. Long runs are looked at less often, because a record keeps 2048 samples
// anyway.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "core/histogram_watch.hpp"
#include "engine/engine.hpp"
#include "model/hosts.hpp"
#include "model/worker.hpp"
#include "record/run_record.hpp"
#include "record/sample_series.hpp"
#include "scenario/scenario.hpp"

namespace portdrought::model {

using Workers = std::vector<std::unique_ptr<Worker>>;

class Observation {
public:
    /// `scenario` in scenario time; `real_time` the same, compressed.
    Observation(const scenario::Scenario& scenario, const scenario::Scenario& real_time, Hosts& hosts, Nat* nat,
                const Workers& workers);

    core::Instant next_due() const { return next_due_; }
    /// Hosts must be at `now`.
    engine::Progress look(core::Instant now);
    /// The last look, always with a census; then everything goes into the record.
    void finish(core::Instant now, record::RunRecord& record);

private:
    record::Sample sample_at(core::Instant now);
    core::SparseHistogram new_connects();
    void count_sockets(record::Sample& sample, core::Instant now);
    void keep_listing(double t_s);
    std::string destination_text(std::uint32_t destination) const;
    engine::Progress progress_of(const record::Sample& sample) const;
    record::SampleCounters counters() const;

    const scenario::Scenario& scenario_;
    const scenario::Scenario& real_;
    Hosts& hosts_;
    Nat* nat_;
    const Workers& workers_;
    std::vector<core::HistogramWatch> connects_;  // by worker
    std::uint64_t capacity_;
    core::Duration interval_, census_interval_;
    core::Instant next_due_, next_census_;
    record::SampleSeries samples_;
    record::CensusSeries censuses_;
    std::uint64_t looks_ = 0;
    std::optional<record::Listing> listing_;
    record::Sample previous_;
};

}  // namespace portdrought::model
