// One worker: a single-threaded loop with its own listeners, clients, builtin server and enforcer. Construct it in the
// thread that may still fail (listeners open at once), run() it in its own thread, read tally() after that has ended; a
// HistogramWatch may follow its histograms meanwhile.
#pragma once

#include <array>
#include <atomic>
#include <memory>
#include <optional>
#include <vector>

#include "core/live_counters.hpp"
#include "load/client.hpp"
#include "load/closing.hpp"
#include "load/loop.hpp"
#include "load/server.hpp"
#include "load/tally.hpp"
#include "os/run_clock.hpp"
#include "scenario/scenario.hpp"
#include "timed_wait/enforcer.hpp"

namespace portdrought::load {

class Worker {
public:
    /// `real_time`: a valid scenario, already compressed; `share` < load.workers.
    Worker(const scenario::Scenario& real_time, unsigned share, const os::RunClock& clock);

    /// Returns when the load is over and its connections have ended, or soon after `stop` turns true.
    void run(const std::atomic<bool>& stop);

    const core::LiveCounters& live() const { return live_; }
    const Tally& tally() const { return tally_; }
    const timed_wait::Enforcer* enforcer() const { return enforcer_ ? &*enforcer_ : nullptr; }
    /// TIME-WAIT entries this worker takes care of, for other threads to ask.
    std::vector<timed_wait::Claims*> claims() const;

private:
    Surroundings surroundings();
    bool turn();
    std::array<timed_wait::Enforcer*, 2> enforcers();
    void enforce(core::Instant now);
    void sleep();
    bool finished() const;

    const os::RunClock& clock_;
    std::optional<timed_wait::Enforcer> enforcer_;
    // The relay's upstream stands for another machine, whose TIME-WAIT would not be on this host: removed at once.
    std::optional<timed_wait::Enforcer> upstream_enforcer_;
    core::LiveCounters live_;
    Tally tally_;
    Loop loop_;
    Closing closing_;
    Closing upstream_closing_;
    Client client_;
    Server server_;
    core::Duration grace_;
    core::Instant end_of_load_;
};

/// Endpoints that worker `share` listens on and connects to; the relay's upstream, if there is one, comes last.
std::vector<os::Endpoint> endpoints_of(const scenario::Scenario& scenario, unsigned share);
/// The same for all workers: what the census takes as the server's side. Upstreams are not among them.
std::vector<os::Endpoint> server_endpoints(const scenario::Scenario& scenario);

}  // namespace portdrought::load
