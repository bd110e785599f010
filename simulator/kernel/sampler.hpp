// Watches a run with the probe: cheap looks at the sample interval, a census once a second and one at the end. Turns
// what it sees into samples and censuses of the record and into progress. Used by one thread; reads the workers' live
// counters and their histograms of connect() while they run.
#pragma once

#include <optional>
#include <vector>

#include "core/histogram_watch.hpp"
#include "core/live_counters.hpp"
#include "engine/engine.hpp"
#include "os/run_clock.hpp"
#include "probe/host_sampler.hpp"
#include "probe/socket_census.hpp"
#include "record/run_record.hpp"
#include "record/sample_series.hpp"
#include "scenario/scenario.hpp"

namespace portdrought::kernel {

class Sampler {
public:
    /// `scenario` in scenario time. Takes the counters' values from which the run's deltas are made. `connects`: what
    /// connect() took, by worker.
    Sampler(const scenario::Scenario& scenario, const os::RunClock& clock, std::vector<const core::LiveCounters*> live,
            const std::vector<const core::Histogram*>& connects);

    /// When the next look is due.
    core::Instant next_due() const { return next_due_; }
    /// Looks now, with a census if one is due.
    engine::Progress look();
    /// The last look, always with a census; then everything goes into the record.
    void finish(record::RunRecord& record);

private:
    record::Sample sample_now();
    core::SparseHistogram new_connects();
    void count_sockets(record::Sample& sample);
    void keep_listing(const probe::CensusCount& count, double t_s);
    engine::Progress progress_of(const record::Sample& sample);
    void schedule(core::Instant now);

    const scenario::Scenario& scenario_;
    const os::RunClock& clock_;
    std::vector<const core::LiveCounters*> live_;
    std::vector<core::HistogramWatch> connects_;
    probe::CensusQuestion question_;
    probe::HostSampler host_;
    probe::SocketCensus census_;
    probe::CounterValues counters_before_;
    core::Instant next_due_{0};
    core::Instant next_census_{0};
    record::SampleSeries samples_;
    record::CensusSeries censuses_;
    record::ProbeWork work_;
    std::optional<record::Listing> listing_;
    record::Sample previous_;
};

}  // namespace portdrought::kernel
