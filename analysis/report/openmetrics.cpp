#include "analysis/report/openmetrics.hpp"

#include <array>
#include <chrono>
#include <cstdio>
#include <functional>

#include "analysis/report/metric_families.hpp"
#include "analysis/report/variant_cells.hpp"
#include "core/outcome.hpp"

namespace portdrought::report {
namespace {

using record::RunRecord;
using record::Sample;

/// A run with what its series are called by, and when it ended where times are wanted.
struct Run {
    const RunRecord* record;
    std::string path;
    Labels labels;
    double began_s = 0;  // since 1970; 0 where the record does not say
    std::optional<double> stamp;
};

using Runs = std::vector<Run>;

Labels with(Labels labels, std::string_view label, std::string value) {
    labels.emplace_back(label, std::move(value));
    return labels;
}

/// "2026-05-04T03:02:01Z"
double seconds_since_1970(const std::string& utc) {
    int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
    if (std::sscanf(utc.c_str(), "%4d-%2d-%2dT%2d:%2d:%2dZ", &year, &month, &day, &hour, &minute, &second) != 6)
        return 0;
    const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month(static_cast<unsigned>(month)),
                                           std::chrono::day(static_cast<unsigned>(day))};
    if (!date.ok()) return 0;
    const auto days = std::chrono::sys_days{date}.time_since_epoch();
    return static_cast<double>(std::chrono::seconds{days}.count() + hour * 3600 + minute * 60 + second);
}

/// Real time of a moment in the run.
double time_of(const Run& run, double t_s) { return run.began_s + t_s / run.record->scenario.lab.time_scale; }

double end_of(const RunRecord& record) {
    return record.samples.empty() ? core::seconds(record.scenario.load.duration) : record.samples.back().t_s;
}

Runs runs_of(const Report& report, Series series) {
    Runs runs;
    for (const Section& section : report.sections)
        for (const ReportedRun& each : section.runs) {
            const RunRecord& record = *each.record;
            Run run{&record, each.path, {}, seconds_since_1970(record.started_at), {}};
            run.labels = {{"run", std::to_string(runs.size() + 1)},
                          {"scenario", record.scenario.name},
                          {"variant", record.scenario.variant},
                          {"engine", record.engine},
                          {"repetition", std::to_string(record.repetition)}};
            if (series == Series::samples) run.stamp = time_of(run, end_of(record));
            runs.push_back(std::move(run));
        }
    return runs;
}

/// A family with one number per run; absent ones are left out.
struct Figure {
    std::string_view name, type, unit, help;
    std::function<std::optional<double>(const RunRecord&)> value;
};

template <class T>
std::optional<double> number(const std::optional<T>& value) {
    return value ? std::optional{static_cast<double>(*value)} : std::nullopt;
}
std::optional<double> number(std::uint64_t value) { return static_cast<double>(value); }

const std::vector<Figure>& figures() {
    static const std::vector<Figure> all{
        {"valid", "gauge", "", "1 where the measurement counts, 0 where it does not.",
         [](const RunRecord& r) { return r.validity.valid ? 1.0 : 0.0; }},
        {"interrupted", "gauge", "", "1 where the run was stopped before its end.",
         [](const RunRecord& r) { return r.interrupted ? 1.0 : 0.0; }},
        {"time_scale_ratio", "gauge", "ratio", "Scenario time per real time.",
         [](const RunRecord& r) { return r.scenario.lab.time_scale; }},
        {"connections", "counter", "", "Connections made.",
         [](const RunRecord& r) { return number(r.totals.connected); }},
        {"retries", "counter", "", "Calls made again for the same attempt.",
         [](const RunRecord& r) { return number(r.totals.retries); }},
        {"fin_wait_2_peak", "gauge", "", "Most pairs in FIN_WAIT_2 at one time.",
         [](const RunRecord& r) { return number(r.totals.fin_wait_2_peak); }},
        {"ports_capacity", "gauge", "", "Source, destination and port tuples that connect() can choose from.",
         [](const RunRecord& r) { return number(r.totals.ports_capacity); }},
        {"ports_free_least", "gauge", "", "Fewest of them free at one time.",
         [](const RunRecord& r) { return number(r.totals.ports_min_free); }},
        {"first_failure_seconds", "gauge", "seconds", "Scenario time of the first attempt without a port.",
         [](const RunRecord& r) { return r.totals.time_to_first_failure_s; }},
        {"achieved_connections_per_second", "gauge", "", "Connections made per second of scenario time.",
         [](const RunRecord& r) { return r.totals.achieved_rate_per_s; }},
        {"sustained_connections_per_second", "gauge", "", "Connections made per second once every port was taken.",
         [](const RunRecord& r) { return r.totals.sustained_rate_per_s; }},
        {"resets_seen", "counter", "", "Connections that the peer saw reset.",
         [](const RunRecord& r) { return number(r.totals.cost.resets_seen_by_peer); }},
        {"transfers_cut", "counter", "", "Transfers that ended before all was read.",
         [](const RunRecord& r) { return number(r.totals.cost.transfers_cut); }},
        {"lost_bytes", "counter", "bytes", "Bytes sent that nobody read.",
         [](const RunRecord& r) { return number(r.totals.cost.bytes_lost); }},
        {"time_wait_skipped", "counter", "", "Closes without TIME_WAIT because there were too many.",
         [](const RunRecord& r) { return number(r.totals.cost.time_wait_overflow); }},
        {"ports_reused_early", "counter", "", "Ports taken over from TIME_WAIT by tw_reuse.",
         [](const RunRecord& r) { return number(r.totals.cost.ports_reused_early); }},
        {"connect_stalls", "counter", "", "SYNs and SYN-ACKs sent again.",
         [](const RunRecord& r) { return number(r.totals.cost.connect_stalls); }},
        {"worker_cpu_seconds", "counter", "seconds", "CPU time of generator, builtin server and enforcer, real.",
         [](const RunRecord& r) { return r.model ? std::nullopt : std::optional{r.cpu.workers_s}; }},
    };
    return all;
}

void write_figures(MetricFamilies& families, const Runs& runs) {
    for (const Figure& figure : figures()) {
        families.family(figure.name, figure.type, figure.unit, figure.help);
        for (const Run& run : runs)
            if (const auto value = figure.value(*run.record))
                families.sample(figure.type == "counter" ? "_total" : "", run.labels, *value, run.stamp);
    }
}

void write_info(MetricFamilies& families, const Runs& runs) {
    families.family("run", "info", "", "What was run, and by what.");
    for (const Run& run : runs) {
        const RunRecord& record = *run.record;
        Labels labels = run.labels;
        labels.emplace_back("seed", std::to_string(record.scenario.lab.seed));
        labels.emplace_back("record", run.path);
        labels.emplace_back("started_at", record.started_at);
        labels.emplace_back("tool_version", record.tool_version);
        labels.emplace_back("git_revision", record.git_revision);
        labels.emplace_back("kernel", record.host.kernel);
        families.sample("_info", labels, std::uint64_t{1}, run.stamp);
    }
}

void write_attempts(MetricFamilies& families, const Runs& runs) {
    families.family("attempts", "counter", "", "Attempts offered, by how they ended.");
    for (const Run& run : runs)
        for (std::size_t i = 0; i < core::outcome_count; ++i)
            families.sample("_total",
                            with(run.labels, "outcome", std::string{core::name(static_cast<core::Outcome>(i))}),
                            run.record->totals.outcomes.counts[i], run.stamp);
}

void write_time_wait(MetricFamilies& families, const Runs& runs) {
    families.family("time_wait_peak", "gauge", "", "Most pairs in TIME_WAIT at one time, by the side that holds them.");
    for (const Run& run : runs) {
        const record::Totals& totals = run.record->totals;
        const auto side = [&](const char* name, const std::optional<std::uint64_t>& peak) {
            if (peak) families.sample("", with(run.labels, "side", name), *peak, run.stamp);
        };
        side("both", totals.time_wait_peak);
        side("client", totals.time_wait_peak_client);
        side("server", totals.time_wait_peak_server);
    }
}

/// Counts whole buckets of the histogram at or below each bound, so a value at most 1.6 % below one may be in the next.
void write_connect(MetricFamilies& families, const Runs& runs) {
    struct Bound {
        std::int64_t ns;
        const char* le;
    };
    static constexpr std::array bounds{
        Bound{10'000, "1e-05"},       Bound{20'000, "2e-05"},      Bound{50'000, "5e-05"},
        Bound{100'000, "0.0001"},     Bound{200'000, "0.0002"},    Bound{500'000, "0.0005"},
        Bound{1'000'000, "0.001"},    Bound{2'000'000, "0.002"},   Bound{5'000'000, "0.005"},
        Bound{10'000'000, "0.01"},    Bound{20'000'000, "0.02"},   Bound{50'000'000, "0.05"},
        Bound{100'000'000, "0.1"},    Bound{200'000'000, "0.2"},   Bound{500'000'000, "0.5"},
        Bound{1'000'000'000, "1.0"},  Bound{2'000'000'000, "2.0"}, Bound{5'000'000'000, "5.0"},
        Bound{10'000'000'000, "10.0"}};
    families.family("connect_seconds", "histogram", "seconds",
                    "Real time from the start of an attempt to its connection.");
    for (const Run& run : runs) {
        const core::Histogram& connect = run.record->connect;
        if (connect.count() == 0) continue;
        const auto buckets = connect.buckets();
        auto bucket = buckets.begin();
        std::uint64_t count = 0;
        for (const Bound& bound : bounds) {
            for (; bucket != buckets.end() && bucket->upper.count() <= bound.ns; ++bucket) count += bucket->count;
            families.sample("_bucket", with(run.labels, "le", bound.le), count, run.stamp);
        }
        families.sample("_bucket", with(run.labels, "le", "+Inf"), connect.count(), run.stamp);
        families.sample("_count", run.labels, connect.count(), run.stamp);
        families.sample("_sum", run.labels, core::seconds(connect.sum()), run.stamp);
    }
}

/// When everything had ended: of what is about several runs.
std::optional<double> last_stamp(const Runs& runs) {
    std::optional<double> last;
    for (const Run& run : runs)
        if (run.stamp && (!last || *run.stamp > *last)) last = run.stamp;
    return last;
}

void write_standings(MetricFamilies& families, const Report& report, std::optional<double> stamp) {
    families.family("standing", "stateset", "", "The verdict on a variant.");
    std::size_t place = 0;
    for (const Section& section : report.sections) {
        ++place;
        for (const VariantLine& line : section.lines)
            for (const Standing each :
                 {Standing::good, Standing::mixed, Standing::bad, Standing::open, Standing::invalid})
                families.sample("",
                                {{"section", std::to_string(place)},
                                 {"scenario", section.scenario},
                                 {"variant", variant_name(line.variant)},
                                 {"portdrought_standing", name(each)}},
                                std::uint64_t{each == line.standing}, stamp);
    }
}

void write_expectations(MetricFamilies& families, const Report& report, std::optional<double> stamp) {
    families.family("expectation", "stateset", "", "What a scenario expects, and whether it holds.");
    std::size_t place = 0;
    for (const Section& section : report.sections) {
        ++place;
        if (!section.check) continue;
        std::size_t number = 0;
        for (const expect::Judgement& judgement : section.check->judgements) {
            ++number;
            for (const auto each : {expect::Verdict::pass, expect::Verdict::fail, expect::Verdict::invalid})
                families.sample("",
                                {{"section", std::to_string(place)},
                                 {"scenario", section.scenario},
                                 {"variant", variant_name(judgement.variant)},
                                 {"number", std::to_string(number)},
                                 {"that", judgement.that},
                                 {"portdrought_expectation", std::string{expect::name(each)}}},
                                std::uint64_t{each == judgement.verdict}, stamp);
        }
    }
}

using Gauge = std::optional<std::uint64_t> Sample::*;

void write_sampled(MetricFamilies& families, const Runs& runs, std::string_view name, std::string_view help,
                   Gauge member) {
    families.family(name, "gauge", "", help);
    for (const Run& run : runs)
        for (const Sample& sample : run.record->samples)
            if (const auto& value = sample.*member) families.sample("", run.labels, *value, time_of(run, sample.t_s));
}

void write_sampled_attempts(MetricFamilies& families, const Runs& runs) {
    families.family("sampled_attempts", "counter", "", "Attempts that had ended by then, by how.");
    for (const Run& run : runs)
        for (std::size_t i = 0; i < core::outcome_count; ++i) {
            if (run.record->totals.outcomes.counts[i] == 0) continue;
            const Labels labels = with(run.labels, "outcome", std::string{core::name(static_cast<core::Outcome>(i))});
            for (const Sample& sample : run.record->samples)
                families.sample("_total", labels, sample.outcomes.counts[i], time_of(run, sample.t_s));
        }
}

void write_sampled_connect(MetricFamilies& families, const Runs& runs) {
    families.family("sampled_connect_seconds", "gauge", "seconds",
                    "What connect() took since the sample before, real time.");
    for (const Run& run : runs)
        for (const auto& [quantile, member] :
             {std::pair{"0.5", &record::ConnectTimes::p50}, std::pair{"0.99", &record::ConnectTimes::p99},
              std::pair{"1", &record::ConnectTimes::max}})
            for (const Sample& sample : run.record->samples)
                if (sample.connect)
                    families.sample("", with(run.labels, "quantile", quantile),
                                    core::seconds((*sample.connect).*member), time_of(run, sample.t_s));
}

void write_samples(MetricFamilies& families, const Runs& runs) {
    write_sampled_attempts(families, runs);
    write_sampled_connect(families, runs);
    write_sampled(families, runs, "sampled_time_wait", "Pairs in TIME_WAIT, as sockstat counts them.",
                  &Sample::time_wait);
    write_sampled(families, runs, "sampled_time_wait_client", "Of these on the client's side.",
                  &Sample::time_wait_client);
    write_sampled(families, runs, "sampled_time_wait_server", "Of these on the server's side.",
                  &Sample::time_wait_server);
    write_sampled(families, runs, "sampled_established", "Connections that are open.", &Sample::established);
    write_sampled(families, runs, "sampled_ports_free", "Tuples that connect() could take.", &Sample::ports_free);
    write_sampled(families, runs, "sampled_ports_reusable",
                  "TIME_WAIT tuples that tw_reuse gives, or would give, back.", &Sample::ports_reusable);
    write_sampled(families, runs, "sampled_nat_in_use", "Ports of the NAT that are taken.", &Sample::nat_in_use);
}

}  // namespace

std::string openmetrics(const Report& report, Series series) {
    const Runs runs = runs_of(report, series);
    MetricFamilies families;
    write_info(families, runs);
    write_attempts(families, runs);
    write_time_wait(families, runs);
    write_figures(families, runs);
    write_connect(families, runs);
    write_standings(families, report, last_stamp(runs));
    write_expectations(families, report, last_stamp(runs));
    if (series == Series::samples) write_samples(families, runs);
    return families.take();
}

}  // namespace portdrought::report
