#include "kernel/run_process.hpp"

#include <fmt/chrono.h>

#include <atomic>
#include <memory>
#include <thread>

#include "hazard/duplicate_trials.hpp"
#include "kernel/foreign_time_wait.hpp"
#include "kernel/messages.hpp"
#include "kernel/sampler.hpp"
#include "lab/lab.hpp"
#include "load/silent_sockets.hpp"
#include "load/worker.hpp"
#include "os/clock.hpp"
#include "os/process/child_process.hpp"
#include "os/process/limits.hpp"
#include "os/process/pipe.hpp"
#include "os/process/stop_signal.hpp"
#include "os/system_error.hpp"
#include "probe/bound_sockets.hpp"
#include "record/record_file.hpp"
#include "record/totals.hpp"
#include "record/validity.hpp"
#include "scenario/addresses.hpp"
#include "scenario/compress.hpp"

namespace portdrought::kernel {
namespace {

using Workers = std::vector<std::unique_ptr<load::Worker>>;

constexpr auto head_start = std::chrono::milliseconds{20};     // for the threads to be there at the first due time
constexpr auto watch_interval = std::chrono::milliseconds{5};  // how soon the end of the load and a stop are noticed

/// Runs the workers, one thread each; this thread samples until all are done.
class WorkerThreads {
public:
    explicit WorkerThreads(Workers& workers) : running_(workers.size()) {
        for (const auto& worker : workers) threads_.emplace_back([this, &worker] { work(*worker); });
    }

    WorkerThreads(const WorkerThreads&) = delete;
    WorkerThreads& operator=(const WorkerThreads&) = delete;
    /// Waits for the threads; when that is because something failed here, they need not finish their load.
    ~WorkerThreads() { stop(); }

    bool are_running() const { return running_.load(std::memory_order_acquire) > 0; }
    void stop() { stop_.store(true, std::memory_order_relaxed); }

    /// Throws what a worker threw.
    void join() {
        threads_.clear();
        if (failure_) std::rethrow_exception(failure_);
    }

private:
    void work(load::Worker& worker) {
        try {
            worker.run(stop_);
        } catch (...) {
            if (!failed_.exchange(true)) failure_ = std::current_exception();
            stop();
        }
        running_.fetch_sub(1, std::memory_order_release);
    }

    std::atomic<bool> stop_{false};
    std::atomic<bool> failed_{false};
    std::atomic<std::size_t> running_;
    std::exception_ptr failure_;         // written once, read after the threads have ended
    std::vector<std::jthread> threads_;  // last: they use what stands above
};

void sample_until_done(Sampler& sampler, std::optional<ForeignTimeWait>& foreign, WorkerThreads& threads,
                       const os::RunClock& clock, int parent_fd) {
    while (threads.are_running()) {
        if (os::StopSignal::requested()) threads.stop();
        if (foreign) foreign->turn();
        if (clock.now() >= sampler.next_due())
            os::write_frame(parent_fd, static_cast<std::uint32_t>(Message::progress), bytes_of(sampler.look()));
        core::Instant soon = std::min(clock.now() + watch_interval, sampler.next_due());
        if (foreign) soon = std::min(soon, foreign->next_due());
        std::this_thread::sleep_until(clock.at(std::max(soon, clock.now())));
    }
}

void add_tally(record::RunRecord& record, const load::Tally& tally, double time_scale) {
    record.connect = tally.attempts.connect;
    record.connect_intended = tally.attempts.connect_intended;
    record.start_lag = tally.attempts.start_lag;
    record.totals.retries = tally.attempts.retries;
    record.totals.self_connects = tally.self_connects;
    record.totals.errors = tally.errors.by_name();
    record.totals.relay_errors = tally.relay_errors.by_name();
    record.totals.cost.resets_seen_by_peer = tally.losses.resets_seen;
    record.totals.cost.transfers_cut = tally.losses.transfers_cut;
    record.totals.cost.bytes_lost = tally.losses.bytes_lost;
    if (record.scenario.load.pool_size > 0) record.pool = tally.pool;
    if (tally.attempts.first_without_port)
        record.totals.time_to_first_failure_s = core::seconds(*tally.attempts.first_without_port) * time_scale;
    record.cpu.workers_s = core::seconds(tally.cpu);
    record.cpu.in_connect_s = core::seconds(tally.in_connect);
}

std::optional<ForeignTimeWait> foreign_for(const scenario::Scenario& real, const Workers& workers,
                                           const os::RunClock& clock) {
    if (!real.host.timed_wait_delay) return std::nullopt;
    std::vector<timed_wait::Claims*> ours;
    for (const auto& worker : workers) {
        const auto claims = worker->claims();
        ours.insert(ours.end(), claims.begin(), claims.end());
    }
    return std::optional<ForeignTimeWait>(std::in_place, *real.host.timed_wait_delay, std::move(ours), clock);
}

void add_enforcer(record::RunRecord& record, const timed_wait::Enforcer& enforcer) {
    if (!record.enforced) record.enforced.emplace();
    record.enforced->lifetimes.merge(enforcer.lifetimes());
    record.enforced->lateness.merge(enforcer.lateness());
    record.enforced->entries += enforcer.entries();
    record.enforced->already_gone += enforcer.already_gone();
    record.enforced->refreshes += enforcer.refreshes();
}

/// Its CPU time is the sampling thread's, and so part of the probe's.
void add_foreign(record::RunRecord& record, const timed_wait::ForeignEnforcer& foreign) {
    add_enforcer(record, foreign.enforcer());
    record.enforced->foreign = foreign.enforcer().entries();
    record.enforced->foreign_precision = foreign.precision();
}

void add_workers(record::RunRecord& record, const Workers& workers, double time_scale) {
    load::Tally all;
    for (const auto& worker : workers) {
        all.merge(worker->tally());
        record.totals.attempts += worker->live().attempts.value();
        record.totals.connected += worker->live().connected.value();
        for (std::size_t i = 0; i < core::outcome_count; ++i)
            record.totals.outcomes.counts[i] += worker->live().outcomes[i].value();
        if (worker->enforcer() == nullptr) continue;
        add_enforcer(record, *worker->enforcer());
        record.cpu.enforcer_s += core::seconds(worker->enforcer()->cpu());
    }
    add_tally(record, all, time_scale);
}

std::optional<std::uint64_t> counted(const record::RunRecord& record, const char* counter) {
    const auto found = record.counters.find(counter);
    return found != record.counters.end() ? std::optional{found->second} : std::nullopt;
}

void add_costs(record::RunRecord& record) {
    record::Cost& cost = record.totals.cost;
    cost.time_wait_overflow = counted(record, "TcpExt.TCPTimeWaitOverflow");
    cost.ports_reused_early = counted(record, "TcpExt.TWRecycled");
    cost.connect_stalls = counted(record, "TcpExt.TCPSynRetrans");
    // With a pool per request, which is what a connection without one serves.
    const std::uint64_t served = record.totals.connected + (record.pool ? record.pool->reused : 0);
    if (served > 0) cost.cpu_us_per_connection = record.cpu.workers_s * 1e6 / static_cast<double>(served);
}

/// The load alone: everything it opened is closed again when this returns.
record::RunRecord measure_load(const scenario::Scenario& scenario, int parent_fd) {
    record::RunRecord record;
    record.scenario = scenario;
    record.started_at = fmt::format("{:%FT%TZ}", fmt::gmtime(std::time(nullptr)));
    const scenario::Scenario real = scenario::compress(scenario);
    const os::RunClock clock(os::RunClock::Steady::now() + head_start);
    const std::vector<os::FileDescriptor> silent =
        load::bind_silently(scenario.host.unconnected_ports, scenario::is_ipv6(scenario));
    Workers workers;
    std::vector<const core::LiveCounters*> live;
    std::vector<const core::Histogram*> connects;
    for (unsigned share = 0; share < scenario.load.workers; ++share) {
        workers.push_back(std::make_unique<load::Worker>(real, share, clock));
        live.push_back(&workers.back()->live());
        connects.push_back(&workers.back()->tally().attempts.connect);
    }
    Sampler sampler(scenario, clock, live, connects);
    std::optional<ForeignTimeWait> foreign = foreign_for(real, workers, clock);
    const core::Duration cpu_before = os::thread_cpu_time();
    // Not before the probe and the workers have what they need: only the connections are to feel the limit.
    if (scenario.lab.descriptors) os::limit_descriptors(*scenario.lab.descriptors);
    WorkerThreads threads(workers);
    sample_until_done(sampler, foreign, threads, clock, parent_fd);
    threads.join();
    record.cpu.real_s = core::seconds(clock.now());
    os::raise_descriptor_limit();
    sampler.finish(record);
    record.totals.ports_bound = probe::count_bound_sockets(scenario.host.ports, scenario::is_ipv6(scenario));
    record.cpu.probe_s = core::seconds(os::thread_cpu_time() - cpu_before);
    add_workers(record, workers, scenario.lab.time_scale);
    if (foreign) add_foreign(record, foreign->enforcer());
    if (record.enforced) record.enforced->wanted = *real.host.timed_wait_delay;
    add_costs(record);
    record.interrupted = os::StopSignal::requested();
    return record;
}

/// What is to be said of the trials. A load that has been measured is not lost for their sake.
std::optional<std::string> try_duplicates(record::RunRecord& record) {
    const std::uint32_t wanted = record.scenario.lab.duplicates;
    if (wanted == 0 || record.interrupted) return std::nullopt;
    try {
        record.duplicates = hazard::try_duplicates(record.scenario, os::StopSignal::requested);
    } catch (const std::exception& error) {
        return fmt::format("No trials with delayed duplicates: {}.", error.what());
    }
    if (record.duplicates->trials == wanted) return std::nullopt;
    return fmt::format("{} of {} trials with delayed duplicates were made: {}.", record.duplicates->trials, wanted,
                       os::StopSignal::requested() ? "the run was stopped" : "no more pairs could be opened");
}

record::RunRecord run_in_lab(const scenario::Scenario& scenario, std::uint32_t repetition, pid_t parent,
                             int parent_fd) {
    const record::HostFacts host = lab::enter(lab::plan_for(scenario));
    os::die_with_parent(parent);  // entering a user namespace made the kernel forget it
    record::RunRecord record = measure_load(scenario, parent_fd);
    const std::optional<std::string> about_trials = try_duplicates(record);
    record.host = host;
    if (scenario.lab.descriptors) record.host.descriptor_limit = *scenario.lab.descriptors;
    record.repetition = repetition;
    record::derive_totals(record);
    record.validity = record::judge(record);
    if (about_trials) record.validity.notes.push_back(*about_trials);
    return record;
}

}  // namespace

int run_and_report(const scenario::Scenario& scenario, std::uint32_t repetition, int parent_fd) {
    const auto tell = [&](Message message, std::string_view bytes) {
        os::write_frame(parent_fd, static_cast<std::uint32_t>(message), bytes);
        return message == Message::record ? 0 : 1;
    };
    const os::StopSignal stop;
    try {
        return tell(Message::record,
                    record::to_json(run_in_lab(scenario, repetition, os::parent_process(), parent_fd)));
    } catch (const os::EnvironmentError& error) {
        return tell(Message::environment, error.what());
    } catch (const std::exception& error) {
        return tell(Message::failure, error.what());
    }
}

}  // namespace portdrought::kernel
