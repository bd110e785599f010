#include "model/observation.hpp"

#include <algorithm>

#include "core/address.hpp"
#include "scenario/addresses.hpp"

namespace portdrought::model {
namespace {

constexpr std::int64_t most_looks = 20'000, most_censuses = 2'000;
constexpr core::Duration shortest_census_interval = std::chrono::seconds{1};
constexpr std::size_t listing_rows = 50;
constexpr std::uint64_t most_entries_to_age = 5'000'000;

}  // namespace

Observation::Observation(const scenario::Scenario& scenario, const scenario::Scenario& real, Hosts& hosts, Nat* nat,
                         const Workers& workers)
    : scenario_(scenario),
      real_(real),
      hosts_(hosts),
      nat_(nat),
      workers_(workers),
      capacity_(scenario::port_capacity(scenario) * scenario.topology.hosts),
      interval_(std::max(real.lab.sample, real.load.duration / most_looks)),
      census_interval_(std::max(shortest_census_interval, real.load.duration / most_censuses)),
      next_due_(interval_),
      next_census_(census_interval_) {
    for (const auto& worker : workers_) connects_.emplace_back(worker->tally().attempts.connect);
}

engine::Progress Observation::look(core::Instant now) {
    record::Sample sample = sample_at(now);
    core::SparseHistogram connects = new_connects();
    if (now >= next_census_) {
        count_sockets(sample, now);
        next_census_ += census_interval_;
    }
    const engine::Progress progress = progress_of(sample);
    previous_ = sample;
    samples_.add(std::move(sample), std::move(connects));
    ++looks_;
    next_due_ += interval_;
    return progress;
}

record::SampleCounters Observation::counters() const {
    std::uint64_t on_data = 0, on_close = 0, resets = 0, syns = 0;
    for (const auto& worker : workers_) {
        const ClosingTally& closing = worker->closing();
        on_data += closing.aborts_on_data;
        on_close += closing.aborts_on_close;
        resets += closing.resets_sent + worker->tally().refused;
        syns += worker->tally().syns_sent_again;
    }
    const Events& events = hosts_.events();
    return {{"Tcp.OutRsts", resets},
            {"TcpExt.TCPAbortOnClose", on_close},
            {"TcpExt.TCPAbortOnData", on_data},
            {"TcpExt.TCPSynRetrans", syns},
            {"TcpExt.TCPTimeWaitOverflow", events.overflow},
            {"TcpExt.TW", events.time_wait},
            {"TcpExt.TWRecycled", events.recycled}};
}

record::Sample Observation::sample_at(core::Instant now) {
    record::Sample sample;
    sample.t_s = core::seconds(now) * scenario_.lab.time_scale;
    for (const auto& worker : workers_) {
        const core::LiveCounters& live = worker->live();
        for (std::size_t i = 0; i < core::outcome_count; ++i) sample.outcomes.counts[i] += live.outcomes[i].value();
        sample.connected += live.connected.value();
        sample.attempts += live.attempts.value();
    }
    const Gauges& gauges = hosts_.gauges();
    sample.time_wait = gauges.parked();
    sample.time_wait_client = gauges.time_wait_client;
    sample.time_wait_server = gauges.time_wait_server;
    sample.fin_wait_2 = gauges.fin_wait_2();
    sample.established = 2 * gauges.open + gauges.close_wait;
    sample.counters = counters();
    if (nat_ != nullptr) {
        sample.nat_in_use = nat_->in_use(now);
        sample.nat_dropped = nat_->dropped();
    }
    return sample;
}

core::SparseHistogram Observation::new_connects() {
    core::SparseHistogram connects;
    for (core::HistogramWatch& worker : connects_) connects.merge(worker.take_new());
    return connects;
}

void Observation::count_sockets(record::Sample& sample, core::Instant now) {
    hosts_.forget_overtaken();
    const Gauges& gauges = hosts_.gauges();
    record::Census census;
    census.t_s = sample.t_s;
    census.time_wait_client = gauges.time_wait_client;
    census.time_wait_server = gauges.time_wait_server;
    census.fin_wait_2 = gauges.fin_wait_2();
    census.connected = gauges.open;
    census.parked = gauges.parked();
    const bool one_destination = scenario::destination_count(scenario_.host) == 1;
    if (scenario_.topology.hosts == 1 && (one_destination || !hosts_.ports_are_for_all())) {
        const std::vector<std::uint64_t> taken = hosts_.taken_by_tuple();
        for (std::size_t i = 0; i < taken.size(); ++i) {
            const auto destination = static_cast<std::uint32_t>(i / hosts_.sources());
            if (taken[i] > 0 && destination < scenario::destination_count(scenario_.host))
                census.ports_by_destination[destination_text(destination)] += taken[i];
        }
    }
    if (gauges.parked() <= most_entries_to_age)
        census.left_by_tenth = hosts_.left_by_tenth(now, scenario::time_wait_length(real_));
    censuses_.add(std::move(census));
    sample.ports_in_use = gauges.ports_in_use;
    sample.ports_free = capacity_ - std::min(capacity_, gauges.ports_in_use - gauges.ports_reusable);
    if (scenario_.host.timestamps)
        sample.ports_reusable =
            gauges.ports_reusable > 0 ? gauges.ports_reusable : hosts_.older_than(real_.host.tw_reuse_delay, now);
    else
        sample.ports_reusable = 0;
    keep_listing(sample.t_s);
}

std::string Observation::destination_text(std::uint32_t destination) const {
    const core::Address first = scenario::address_of(scenario_.server.address);
    const std::uint32_t port = scenario_.server.port + destination % scenario_.host.destinations;
    return core::endpoint_text(first.plus(destination / scenario_.host.destinations), static_cast<std::uint16_t>(port));
}

void Observation::keep_listing(double t_s) {
    const Gauges& gauges = hosts_.gauges();
    const std::uint64_t rows = gauges.parked() + 2 * gauges.open + gauges.close_wait;
    if (scenario_.topology.hosts > 1 || (listing_ && rows <= listing_->rows_total)) return;
    listing_ = record::Listing{t_s, rows, {}};
    const auto list = [&](const std::vector<Pair>& pairs, const char* state) {
        for (const Pair pair : pairs) {
            const core::Address source = scenario::source_address(scenario_, hosts_.source_of(pair));
            listing_->rows.push_back({core::endpoint_text(source, hosts_.port_of(pair)),
                                      destination_text(hosts_.destination_of(pair)), state, 0});
        }
    };
    list(hosts_.oldest(listing_rows), "TIME_WAIT");
    list(hosts_.oldest_half_closed(listing_rows - listing_->rows.size()), "FIN_WAIT_2");
}

engine::Progress Observation::progress_of(const record::Sample& sample) const {
    engine::Progress progress = engine::progress_at(sample, previous_, scenario_);
    progress.ports_capacity = capacity_;
    return progress;
}

void Observation::finish(core::Instant now, record::RunRecord& record) {
    record::Sample last = sample_at(now);
    core::SparseHistogram connects = new_connects();
    count_sockets(last, now);
    record.counters = {last.counters.begin(), last.counters.end()};
    samples_.add(std::move(last), std::move(connects));
    samples_.fill(record);
    record.censuses = censuses_.censuses();
    record.listing = std::move(listing_);
    record.probe.samples = looks_ + 1;
    record.totals.ports_capacity = capacity_;
}

}  // namespace portdrought::model
