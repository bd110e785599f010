#include "analysis/metrics/table.hpp"

#include <array>
#include <string>
#include <utility>

namespace portdrought::metrics {
namespace {

using core::Histogram;
using core::Outcome;
using record::Cost;
using record::Duplicates;
using record::Enforced;
using record::PoolUse;
using record::RunRecord;
using record::Totals;

/// As records write them, to the last digit.
double microseconds(core::Duration duration) { return static_cast<double>(duration.count()) / 1e3; }

template <class T>
std::optional<double> as_number(const std::optional<T>& value) {
    return value ? std::optional{static_cast<double>(*value)} : std::nullopt;
}
template <class T>
std::optional<double> as_number(const T& value) {
    return static_cast<double>(value);
}

class Builder {
public:
    template <class Figure>
    void add(std::string name, Unit unit, Better better, std::string meaning, Figure figure,
             Absence absence = Absence::unknown) {
        rows_.push_back({{std::move(name), unit, better, std::move(meaning), absence},
                         [figure](const RunRecord& record) { return as_number(figure(record)); }});
    }

    /// A member of a part that not every record has.
    template <class Part>
    void add_count(std::optional<Part> RunRecord::*part, std::uint64_t Part::*member, std::string name, Better better,
                   std::string meaning) {
        add(std::move(name), Unit::count, better, std::move(meaning), [part, member](const RunRecord& record) {
            const auto& found = record.*part;
            return found ? std::optional{(*found).*member} : std::nullopt;
        });
    }

    template <class Find>
    void add_distribution(const std::string& name, Better better, const std::string& meaning, Find find) {
        constexpr std::array<std::pair<const char*, double>, 4> quantiles{
            {{"p50", 0.5}, {"p90", 0.9}, {"p99", 0.99}, {"p999", 0.999}}};
        for (const auto& [quantile, fraction] : quantiles)
            add(name + '.' + quantile, Unit::microseconds, better, meaning,
                [find, share = fraction](const RunRecord& record) -> std::optional<double> {
                    const Histogram* histogram = find(record);
                    if (histogram == nullptr || histogram->count() == 0) return std::nullopt;
                    return microseconds(histogram->quantile(share));
                });
        add(name + ".max", Unit::microseconds, better, meaning,
            [find](const RunRecord& record) -> std::optional<double> {
                const Histogram* histogram = find(record);
                if (histogram == nullptr || histogram->count() == 0) return std::nullopt;
                return microseconds(histogram->max());
            });
    }

    std::vector<Row> rows() && { return std::move(rows_); }

private:
    std::vector<Row> rows_;
};

std::optional<double> ok_share(const RunRecord& record) {
    if (record.totals.attempts == 0) return std::nullopt;
    return static_cast<double>(record.totals.outcomes[Outcome::ok]) / static_cast<double>(record.totals.attempts);
}

void add_attempts(Builder& builder) {
    builder.add("attempts", Unit::count, Better::neither, "attempts offered",
                [](const RunRecord& record) { return record.totals.attempts; });
    builder.add("connected", Unit::count, Better::neither, "connections made",
                [](const RunRecord& record) { return record.totals.connected; });
    builder.add("self_connects", Unit::count, Better::lower, "connections whose two ends are one socket",
                [](const RunRecord& record) { return record.totals.self_connects; });
    builder.add("retries", Unit::count, Better::lower, "further tries within attempts",
                [](const RunRecord& record) { return record.totals.retries; });
    builder.add("ok_share", Unit::share, Better::higher, "share of the attempts that ended ok; absent without attempts",
                ok_share);
}

struct OutcomeRow {
    Outcome outcome;
    Better better;
    const char* meaning;
};

constexpr std::array<OutcomeRow, core::outcome_count> outcome_rows{{
    {Outcome::ok, Better::higher, "attempts whose whole exchange was done"},
    {Outcome::no_port_connect, Better::lower, "attempts for which connect() found no port"},
    {Outcome::no_port_bind, Better::lower, "attempts for which bind() found no port"},
    {Outcome::refused, Better::lower, "attempts refused because nobody listened"},
    {Outcome::reset, Better::lower, "attempts whose connection was reset"},
    {Outcome::timeout, Better::lower, "attempts without an end in time"},
    {Outcome::fd_limit, Better::lower, "attempts without a descriptor"},
    {Outcome::no_memory, Better::lower, "attempts without memory"},
    {Outcome::cut_short, Better::lower, "attempts whose response was cut short"},
    {Outcome::refused_locally, Better::lower, "attempts that admission control did not let through"},
    {Outcome::late, Better::lower, "attempts that found no in-flight slot"},
    {Outcome::unfinished, Better::neither, "attempts under way when the run was stopped"},
    {Outcome::other, Better::lower, "attempts that ended in any other way"},
}};

void add_outcomes(Builder& builder) {
    for (const OutcomeRow& row : outcome_rows)
        builder.add("outcomes." + std::string{core::name(row.outcome)}, Unit::count, row.better, row.meaning,
                    [outcome = row.outcome](const RunRecord& record) { return record.totals.outcomes[outcome]; });
}

void add_total(Builder& builder, std::optional<std::uint64_t> Totals::*member, const char* name, Better better,
               const char* meaning) {
    builder.add(name, Unit::count, better, meaning,
                [member](const RunRecord& record) { return record.totals.*member; });
}

void add_pairs(Builder& builder) {
    add_total(builder, &Totals::time_wait_peak, "time_wait.peak", Better::neither, "most pairs in TIME_WAIT at a time");
    add_total(builder, &Totals::time_wait_peak_client, "time_wait.peak_client", Better::neither,
              "the same on the side that connects");
    add_total(builder, &Totals::time_wait_peak_server, "time_wait.peak_server", Better::neither,
              "the same on the side that listens");
    add_total(builder, &Totals::fin_wait_2_peak, "fin_wait_2.peak", Better::lower,
              "most pairs in FIN_WAIT_2 without an owner");
    builder.add("ports.capacity", Unit::count, Better::neither, "pairs that connect() can choose from",
                [](const RunRecord& record) { return record.totals.ports_capacity; });
    add_total(builder, &Totals::ports_min_free, "ports.min_free", Better::higher, "fewest it could take at one time");
    add_total(builder, &Totals::ports_bound, "ports.bound", Better::neither,
              "ports of the range held by sockets that are bound and never connect");
}

void add_rates(Builder& builder) {
    builder.add(
        "time_to_first_failure_s", Unit::seconds, Better::higher,
        "start of the first attempt that found no port; none: never",
        [](const RunRecord& record) { return record.totals.time_to_first_failure_s; }, Absence::never);
    builder.add("sustained_rate_per_s", Unit::per_second, Better::higher,
                "ok per second after the first failure, over whole times that a port of the host, or of the NAT, stays "
                "taken; absent without one",
                [](const RunRecord& record) { return record.totals.sustained_rate_per_s; });
    builder.add("achieved_rate_per_s", Unit::per_second, Better::higher, "connections made per second",
                [](const RunRecord& record) { return record.totals.achieved_rate_per_s; });
}

void add_latencies(Builder& builder) {
    builder.add_distribution("connect_us", Better::lower, "from the start of an attempt to its connection",
                             [](const RunRecord& record) { return &record.connect; });
    builder.add_distribution("connect_intended_us", Better::lower,
                             "the same from when it was due; absent in a closed loop",
                             [](const RunRecord& record) { return &record.connect_intended; });
    builder.add_distribution("start_lag_us", Better::neither, "from due to started; absent in a closed loop",
                             [](const RunRecord& record) { return &record.start_lag; });
}

template <class Member>
void add_cost(Builder& builder, Member Cost::*member, const char* name, Unit unit, const char* meaning) {
    builder.add(name, unit, Better::lower, meaning,
                [member](const RunRecord& record) { return record.totals.cost.*member; });
}

void add_costs(Builder& builder) {
    add_cost(builder, &Cost::resets_seen_by_peer, "cost.resets_seen_by_peer", Unit::count,
             "connections in which the passive side read a reset");
    add_cost(builder, &Cost::transfers_cut, "cost.transfers_cut", Unit::count,
             "connections in which it was owed bytes at that moment");
    add_cost(builder, &Cost::bytes_lost, "cost.bytes_lost", Unit::bytes, "how many bytes, all together");
    add_cost(builder, &Cost::time_wait_overflow, "cost.time_wait_overflow", Unit::count,
             "closes that skipped TIME_WAIT at the limit of entries");
    add_cost(builder, &Cost::ports_reused_early, "cost.ports_reused_early", Unit::count,
             "ports taken over before their TIME-WAIT was over");
    add_cost(builder, &Cost::connect_stalls, "cost.connect_stalls", Unit::count, "SYNs and SYN-ACKs sent again");
    add_cost(builder, &Cost::cpu_us_per_connection, "cost.cpu_us_per_connection", Unit::microseconds,
             "CPU of generator, server and enforcer per connection made, with a pool per request served");
}

void add_pool(Builder& builder) {
    const auto add = [&](std::uint64_t PoolUse::*member, const char* name, Better better, const char* meaning) {
        builder.add_count(&RunRecord::pool, member, name, better, meaning);
    };
    add(&PoolUse::reused, "pool.reused", Better::higher, "attempts served by a connection that was open already");
    add(&PoolUse::closed_full, "pool.closed_full", Better::lower, "connections closed because the pool was full");
    add(&PoolUse::closed_idle, "pool.closed_idle", Better::lower, "connections closed because they were idle too long");
    add(&PoolUse::closed_worn, "pool.closed_worn", Better::lower, "connections closed at their limit of requests");
    add(&PoolUse::closed_unread, "pool.closed_unread", Better::lower,
        "connections closed because a response was not read to its end");
}

void add_nat(Builder& builder) {
    const auto add = [&](std::uint64_t record::NatUse::*member, const char* name, Better better, const char* meaning) {
        builder.add_count(&RunRecord::nat, member, name, better, meaning);
    };
    add(&record::NatUse::capacity, "nat.capacity", Better::neither, "flows a NAT holds towards one destination");
    add(&record::NatUse::peak, "nat.peak", Better::neither, "most of its ports taken at one time");
    add(&record::NatUse::flows, "nat.flows", Better::neither, "flows that got a port");
    add(&record::NatUse::dropped, "nat.dropped", Better::lower, "SYNs it dropped for want of a port");
    add(&record::NatUse::evicted, "nat.evicted", Better::lower, "ports it took from closed flows before their time");
    builder.add(
        "nat.first_drop_s", Unit::seconds, Better::higher, "when it first dropped a SYN; none: never",
        [](const RunRecord& record) { return record.nat ? record.nat->first_drop_s : std::nullopt; }, Absence::never);
}

void add_duplicates(Builder& builder) {
    const auto add = [&](std::uint64_t Duplicates::*member, const char* name, Better better, const char* meaning) {
        builder.add_count(&RunRecord::duplicates, member, name, better, meaning);
    };
    add(&Duplicates::trials, "duplicates.trials", Better::neither, "trials with segments of an old connection");
    add(&Duplicates::pair_refused, "duplicates.pair_refused", Better::neither, "trials in which TIME-WAIT protected");
    add(&Duplicates::accepted, "duplicates.accepted", Better::lower, "old data in the window reached the application");
    add(&Duplicates::dropped_paws, "duplicates.dropped_paws", Better::neither, "it was dropped by its timestamp");
    add(&Duplicates::dropped_other, "duplicates.dropped_other", Better::neither, "it was dropped otherwise");
    add(&Duplicates::killed, "duplicates.killed", Better::lower, "the new connection ended of it");
    add(&Duplicates::stale_accepted, "duplicates.stale_accepted", Better::lower,
        "data with old sequence numbers reached the application");
    add(&Duplicates::stale_dropped, "duplicates.stale_dropped", Better::neither, "it was dropped");
    add(&Duplicates::stale_killed, "duplicates.stale_killed", Better::lower, "the new connection ended of it");
    add(&Duplicates::time_wait_killed, "duplicates.time_wait_killed", Better::lower,
        "pairs whose TIME-WAIT a stale segment ended");
    add(&Duplicates::time_wait_kept, "duplicates.time_wait_kept", Better::neither, "pairs that stayed in TIME-WAIT");
}

void add_enforced(Builder& builder) {
    const auto add = [&](std::uint64_t Enforced::*member, const char* name, const char* meaning) {
        builder.add_count(&RunRecord::enforced, member, name, Better::neither, meaning);
    };
    add(&Enforced::entries, "enforced.entries", "pairs that entered TIME-WAIT under the enforcer");
    add(&Enforced::already_gone, "enforced.already_gone", "of these, gone before their time");
    add(&Enforced::refreshes, "enforced.refreshes", "stale ACKs that renewed the kernel's 60 s");
    add(&Enforced::foreign, "enforced.foreign", "entries of sockets closed by a process that is not ours");
    builder.add_distribution(
        "enforced.lateness_us", Better::neither, "how much too late pairs were removed",
        [](const RunRecord& record) { return record.enforced ? &record.enforced->lateness : nullptr; });
}

void add_cpu(Builder& builder) {
    const auto add = [&](double record::Cpu::*member, const char* name, const char* meaning) {
        builder.add(name, Unit::seconds, Better::neither, meaning,
                    [member](const RunRecord& record) { return record.cpu.*member; });
    };
    add(&record::Cpu::workers_s, "cpu.workers_s", "CPU of generator, server and enforcer");
    add(&record::Cpu::enforcer_s, "cpu.enforcer_s", "of these, for removing entries");
    add(&record::Cpu::probe_s, "cpu.probe_s", "CPU of watching");
    add(&record::Cpu::in_connect_s, "cpu.in_connect_s", "real time spent inside connect()");
    add(&record::Cpu::real_s, "cpu.real_s", "real length of the run");
}

std::vector<Row> build() {
    Builder builder;
    add_attempts(builder);
    add_outcomes(builder);
    add_pairs(builder);
    add_rates(builder);
    add_latencies(builder);
    add_costs(builder);
    add_pool(builder);
    add_nat(builder);
    add_duplicates(builder);
    add_enforced(builder);
    add_cpu(builder);
    return std::move(builder).rows();
}

}  // namespace

const std::vector<Row>& table() {
    static const std::vector<Row> rows = build();
    return rows;
}

}  // namespace portdrought::metrics
