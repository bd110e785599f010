#include "kernel/sampler.hpp"

#include "load/worker.hpp"
#include "scenario/addresses.hpp"
#include "scenario/compress.hpp"

namespace portdrought::kernel {
namespace {

constexpr core::Duration census_interval = std::chrono::seconds{1};
constexpr std::uint32_t listing_rows = 50;

probe::CensusQuestion question_for(const scenario::Scenario& scenario) {
    const scenario::Scenario real = scenario::compress(scenario);
    probe::CensusQuestion question;
    // Destinations are consecutive ports of consecutive addresses.
    const auto servers = load::server_endpoints(scenario);
    question.servers = {
        {servers.front().address, scenario.host.destination_addresses, {servers.front().port, servers.back().port}}};
    question.ports = scenario::port_range(real.host);
    question.reserved = real.host.reserved_ports;
    question.capacity = scenario::port_capacity(scenario);
    const bool at_once = scenario::bind_reuses_time_wait(real.host);
    const bool by_connect = scenario::tw_reuse_works(real) && !scenario::bind_takes_port(real.host);
    question.tw_reuse = at_once || by_connect;
    question.tw_reuse_delay =
        at_once ? std::chrono::milliseconds{0} : std::chrono::ceil<std::chrono::milliseconds>(real.host.tw_reuse_delay);
    question.time_wait_length = scenario::time_wait_length(real);
    question.listing_rows = listing_rows;
    return question;
}

record::Census census_record(const probe::CensusCount& count, const std::optional<std::uint64_t>& sockstat,
                             double t_s) {
    record::Census census;
    census.t_s = t_s;
    census.time_wait_client = count.time_wait_client;
    census.time_wait_server = count.time_wait_server;
    census.fin_wait_2 = count.fin_wait_2;
    census.connected = count.connected;
    census.parked = count.parked;
    census.sockstat_time_wait = sockstat;
    census.interrupted = count.interrupted;
    census.cpu_us = core::seconds(count.cpu) * 1e6;
    for (const auto& [endpoint, ports] : count.ports_by_destination)
        census.ports_by_destination[os::to_string(endpoint)] = ports;
    census.left_by_tenth = count.left_by_tenth;
    return census;
}

}  // namespace

Sampler::Sampler(const scenario::Scenario& scenario, const os::RunClock& clock,
                 std::vector<const core::LiveCounters*> live, const std::vector<const core::Histogram*>& connects)
    : scenario_(scenario),
      clock_(clock),
      live_(std::move(live)),
      question_(question_for(scenario)),
      counters_before_(host_.take().counters),
      next_census_(census_interval) {
    for (const core::Histogram* connect : connects) connects_.emplace_back(*connect);
}

engine::Progress Sampler::look() {
    record::Sample sample = sample_now();
    core::SparseHistogram connects = new_connects();
    if (clock_.now() >= next_census_) count_sockets(sample);
    const engine::Progress progress = progress_of(sample);
    previous_ = sample;
    samples_.add(std::move(sample), std::move(connects));
    schedule(clock_.now());
    return progress;
}

void Sampler::schedule(core::Instant now) {
    const core::Duration interval = scenario_.lab.sample;
    ++work_.samples;
    next_due_ += interval;
    if (now < next_due_) return;
    ++work_.overruns;
    next_due_ += (now - next_due_) / interval * interval;  // what was missed is not made up for
}

record::Sample Sampler::sample_now() {
    record::Sample sample;
    const probe::HostSample host = host_.take();
    sample.t_s = core::seconds(clock_.now()) * scenario_.lab.time_scale;
    // Outcomes before attempts: an attempt may start in between, but none may be counted that has not started.
    for (const core::LiveCounters* live : live_) {
        for (std::size_t i = 0; i < core::outcome_count; ++i) sample.outcomes.counts[i] += live->outcomes[i].value();
        sample.connected += live->connected.value();
        sample.attempts += live->attempts.value();
    }
    sample.time_wait = host.sockstat.time_wait;
    sample.established = host.counters.established;
    const auto counted = probe::deltas(counters_before_, host.counters);
    sample.counters.insert(boost::container::ordered_unique_range, counted.begin(), counted.end());
    return sample;
}

core::SparseHistogram Sampler::new_connects() {
    core::SparseHistogram connects;
    for (core::HistogramWatch& worker : connects_) connects.merge(worker.take_new());
    return connects;
}

void Sampler::count_sockets(record::Sample& sample) {
    const probe::CensusCount count = census_.take(question_);
    censuses_.add(census_record(count, host_.sockstat().time_wait, sample.t_s));
    sample.time_wait_client = count.time_wait_client;
    sample.time_wait_server = count.time_wait_server;
    sample.fin_wait_2 = count.fin_wait_2;
    sample.ports_in_use = count.ports_in_use;
    sample.ports_free = count.ports_free(question_);
    // Without timestamps nothing can ever be reused (tcp_twsk_unique() needs one from the old connection).
    sample.ports_reusable = scenario_.host.timestamps ? count.reusable : 0;
    keep_listing(count, sample.t_s);
    next_census_ = clock_.now() + census_interval;
}

void Sampler::keep_listing(const probe::CensusCount& count, double t_s) {
    if (listing_ && count.rows_total <= listing_->rows_total) return;
    listing_ = record::Listing{t_s, count.rows_total, {}};
    for (const probe::SocketEntry& entry : count.rows)
        listing_->rows.push_back({os::to_string(entry.tuple.local), os::to_string(entry.tuple.remote),
                                  probe::name(entry.state), entry.inode});
}

engine::Progress Sampler::progress_of(const record::Sample& sample) {
    engine::Progress progress = engine::progress_at(sample, previous_, scenario_);
    progress.ports_capacity = question_.capacity;
    return progress;
}

void Sampler::finish(record::RunRecord& record) {
    record::Sample last = sample_now();
    core::SparseHistogram connects = new_connects();
    count_sockets(last);
    record.counters = {last.counters.begin(), last.counters.end()};
    samples_.add(std::move(last), std::move(connects));
    ++work_.samples;
    samples_.fill(record);
    record.censuses = censuses_.censuses();
    record.listing = std::move(listing_);
    record.probe = work_;
}

}  // namespace portdrought::kernel
