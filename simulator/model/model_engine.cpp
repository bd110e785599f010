#include "model/model_engine.hpp"

#include <algorithm>
#include <memory>

#include "model/lifecycle.hpp"
#include "model/observation.hpp"
#include "model/unmodelled.hpp"
#include "record/totals.hpp"
#include "record/validity.hpp"
#include "scenario/addresses.hpp"
#include "scenario/compress.hpp"
#include "scenario/profile.hpp"

namespace portdrought::model {
namespace {

using core::Instant;

/// One run: hosts, NAT and workers, and the clock they share.
class Simulation {
public:
    Simulation(const scenario::Scenario& scenario, const core::Costs& costs)
        : scenario_(scenario),
          real_(scenario::compress(scenario)),
          costs_(costs),
          lifecycle_(lifecycle_of(real_)),
          hosts_(real_, costs_),
          nat_(scenario.nat.is_there() ? std::make_unique<Nat>(real_.nat, real_.topology.hosts,
                                                               scenario::destination_count(real_.host), real_.lab.seed)
                                       : nullptr) {
        const Surroundings around{hosts_, nat_.get(), lifecycle_, costs_, costs_are_known(scenario)};
        for (unsigned share = 0; share < real_.load.workers; ++share)
            workers_.push_back(std::make_unique<Worker>(real_, share, around));
        observation_.emplace(scenario_, real_, hosts_, nat_.get(), workers_);
    }

    /// False where it was stopped.
    bool play(const engine::Observer& observer) {
        while (!is_over()) {
            if (workers_.size() == 1) now_ = workers_.front()->play_until(observation_->next_due());
            if (is_over()) break;
            Worker& next = next_worker();
            const Instant due = next.next_due();
            if (observation_->next_due() < due) {
                if (!look(observer)) return false;
                continue;
            }
            now_ = due;
            hosts_.advance(now_);
            next.turn(now_);
        }
        return true;
    }

    void fill(record::RunRecord& record);

private:
    bool is_over() const {
        return std::ranges::all_of(workers_, [&](const auto& worker) { return worker->is_over(now_); });
    }

    /// The one whose turn comes first; of several, the first.
    Worker& next_worker() {
        return **std::ranges::min_element(workers_, {}, [](const auto& worker) { return worker->next_due(); });
    }

    bool look(const engine::Observer& observer) {
        now_ = observation_->next_due();
        hosts_.advance(now_);
        observer.progress(observation_->look(now_));
        return !observer.stop_requested();
    }

    void add_worker(record::RunRecord& record, const Worker& worker, core::AttemptTally& attempts) const;
    void add_costs(record::RunRecord& record) const;

    const scenario::Scenario& scenario_;
    const scenario::Scenario real_;
    const core::Costs& costs_;
    const Lifecycle lifecycle_;
    Hosts hosts_;
    std::unique_ptr<Nat> nat_;
    Workers workers_;
    std::optional<Observation> observation_;
    Instant now_{0};
};

void add_error(std::map<std::string, std::uint64_t>& errors, const char* name, std::uint64_t count) {
    if (count > 0) errors[name] += count;
}

void Simulation::add_worker(record::RunRecord& record, const Worker& worker, core::AttemptTally& attempts) const {
    const WorkerTally& tally = worker.tally();
    record::Totals& totals = record.totals;
    attempts.merge(tally.attempts);
    totals.attempts += worker.live().attempts.value();
    totals.connected += worker.live().connected.value();
    for (std::size_t i = 0; i < core::outcome_count; ++i)
        totals.outcomes.counts[i] += worker.live().outcomes[i].value();
    add_error(totals.errors, "connect/EADDRNOTAVAIL", tally.no_port_connect);
    add_error(totals.errors, "bind/EADDRINUSE", tally.no_port_bind);
    add_error(totals.errors, "connect/ECONNREFUSED", tally.refused);
    add_error(totals.errors, "connect/ETIMEDOUT", tally.timed_out);
    add_error(totals.errors, "receive/ECONNRESET", worker.closing().reset_reads);
    add_error(totals.relay_errors, "connect/EADDRNOTAVAIL", tally.upstream_without_port);
    totals.cost.resets_seen_by_peer += worker.closing().resets_seen_by_peer;
    record.cpu.workers_s += core::seconds(tally.cpu);
    record.cpu.in_connect_s += core::seconds(tally.in_connect);
    if (record.pool) *record.pool += tally.pool;
}

void Simulation::add_costs(record::RunRecord& record) const {
    record::Cost& cost = record.totals.cost;
    cost.time_wait_overflow = hosts_.events().overflow;
    cost.ports_reused_early = hosts_.events().recycled;
    cost.connect_stalls = record.counters.at("TcpExt.TCPSynRetrans");
    if (losses_are_known(scenario_)) {
        cost.transfers_cut = cost.bytes_lost = 0;
        for (const auto& worker : workers_) {
            *cost.transfers_cut += worker->closing().transfers_cut;
            *cost.bytes_lost += worker->closing().bytes_lost;
        }
    }
    const std::uint64_t served = record.totals.connected + (record.pool ? record.pool->reused : 0);
    if (served > 0 && record.cpu.workers_s > 0)
        cost.cpu_us_per_connection = record.cpu.workers_s * 1e6 / static_cast<double>(served);
}

void Simulation::fill(record::RunRecord& record) {
    if (record.interrupted)
        for (const auto& worker : workers_) worker->abandon();
    observation_->finish(now_, record);
    if (scenario_.load.pool_size > 0) record.pool.emplace();
    core::AttemptTally attempts;
    for (const auto& worker : workers_) {
        add_worker(record, *worker, attempts);
        const auto& drop = worker->tally().first_nat_drop;
        if (drop && (!attempts.first_without_port || *drop < *attempts.first_without_port))
            attempts.first_without_port = drop;
    }
    if (nat_) record.nat = nat_->use();
    if (nat_ && record.nat->first_drop_s) *record.nat->first_drop_s *= scenario_.lab.time_scale;
    // Without costs only the waiting for SYNs that are sent again takes time.
    if (costs_are_known(scenario_) || record.counters.at("TcpExt.TCPSynRetrans") > 0) {
        record.connect = attempts.connect;
        record.connect_intended = attempts.connect_intended;
    } else {
        for (record::Sample& sample : record.samples) sample.connect.reset();
    }
    if (costs_are_known(scenario_)) record.start_lag = attempts.start_lag;
    record.totals.retries = attempts.retries;
    if (attempts.first_without_port)
        record.totals.time_to_first_failure_s = core::seconds(*attempts.first_without_port) * scenario_.lab.time_scale;
    record.totals.ports_bound = scenario_.host.unconnected_ports;
    record.cpu.real_s = core::seconds(now_);
    add_costs(record);
}

}  // namespace

record::RunRecord ModelEngine::run(const scenario::Scenario& scenario, std::uint32_t repetition,
                                   const engine::Observer& observer) {
    record::RunRecord record;
    record.engine = "model";
    record.scenario = scenario;
    record.repetition = repetition;
    record.model = record::ModelFacts{costs_, costs_source_, scenario::unverified(scenario)};
    Simulation simulation(scenario, costs_);
    record.interrupted = !simulation.play(observer);
    simulation.fill(record);
    record::derive_totals(record);
    record.validity = record::judge(record);
    const std::vector<std::string> unknown = unmodelled(scenario);
    if (!unknown.empty()) record.validity.valid = false;
    std::ranges::copy(unknown, std::back_inserter(record.validity.notes));
    return record;
}

}  // namespace portdrought::model
