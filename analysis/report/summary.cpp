#include "analysis/report/summary.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/findings/hazard.hpp"
#include "analysis/report/rows.hpp"
#include "analysis/text/numbers.hpp"
#include "record/totals.hpp"
#include "scenario/addresses.hpp"

namespace portdrought::report {
namespace {

using record::RunRecord;

/// sockstat counts orphaned FIN_WAIT_2 with TIME_WAIT; where those piled up, only censuses tell them apart.
std::vector<Point> time_wait_points(const RunRecord& record) {
    const bool mixed = record.totals.fin_wait_2_peak.value_or(0) > record::fin_wait_2_in_passing;
    std::vector<Point> points;
    for (const record::Sample& sample : record.samples) {
        if (sample.time_wait_client && sample.time_wait_server)
            points.push_back({sample.t_s, static_cast<double>(*sample.time_wait_client + *sample.time_wait_server)});
        else if (sample.time_wait && !mixed)
            points.push_back({sample.t_s, static_cast<double>(*sample.time_wait)});
    }
    return points;
}

bool holds_ports(const RunRecord& record) {
    return record.totals.time_wait_peak_client.value_or(record.totals.time_wait_peak.value_or(0)) > 0;
}

std::string every_port(const RunRecord& record) {
    const bool one = scenario::destination_count(record.scenario.host) * record.scenario.host.sources == 1;
    return fmt::format("{} = every {}", text::thousands(record.totals.ports_capacity), one ? "port" : "pair");
}

/// A full block is every port, unless TIME_WAIT stayed far below or holds no port of the client.
void scale(Trace& trace, const RunRecord& record) {
    const std::uint64_t peak = record.totals.time_wait_peak.value_or(0), capacity = record.totals.ports_capacity;
    if (holds_ports(record) && peak * 4 >= capacity && peak <= capacity) {
        trace.top = static_cast<double>(capacity);
        trace.caption = every_port(record);
    } else {
        const char* what =
            scenario::destination_count(record.scenario.host) * record.scenario.host.sources > 1 ? "pair" : "port";
        trace.top = static_cast<double>(peak);
        trace.caption =
            fmt::format("{} = the peak{}", text::thousands(peak),
                        holds_ports(record) ? fmt::format(", of {} {}s", text::thousands(capacity), what) : "");
    }
}

/// Without its scale; absent where nothing was counted.
std::optional<Trace> bare_trace(const RunRecord& record) {
    Trace trace;
    trace.points = time_wait_points(record);
    if (trace.points.empty()) return std::nullopt;
    trace.end_s = trace.axis_s = std::max({record::load_end_s(record), trace.points.back().t_s, 1e-9});
    trace.first_failure_s = record.totals.time_to_first_failure_s;
    return trace;
}

std::optional<Trace> trace_of(const RunRecord& record) {
    if (record.totals.time_wait_peak.value_or(0) == 0) return std::nullopt;
    std::optional<Trace> trace = bare_trace(record);
    if (trace) scale(*trace, record);
    return trace;
}

}  // namespace

Summary summarise(const RunRecord& record) {
    Summary summary;
    summary.title = scenario::full_name(record.scenario);
    summary.engine = fmt::format("{}, seed {}", findings::engine_text(record), record.scenario.lab.seed);
    if (record.repetition > 1) summary.engine += fmt::format(", repeat {}", record.repetition);
    summary.finding = findings::finding_of(record);
    summary.standing = standing_of(record);
    summary.valid = record.validity.valid;
    summary.notes = record.validity.notes;
    summary.verdict = findings::verdict(record);
    if (const std::string hazards = findings::hazards(record); !hazards.empty())
        summary.verdict.explanation += (summary.verdict.explanation.empty() ? "" : " ") + hazards;
    summary.rows = rows_of(record);
    summary.trace = trace_of(record);
    return summary;
}

std::optional<Trace> trace_to_compare(const RunRecord& record) {
    std::optional<Trace> trace = bare_trace(record);
    const std::uint64_t peak = record.totals.time_wait_peak.value_or(0);
    if (!trace || record.totals.ports_capacity == 0) return std::nullopt;
    const bool is_servers = peak > 0 && !holds_ports(record);
    trace->top = static_cast<double>(is_servers ? peak : record.totals.ports_capacity);
    trace->caption = is_servers ? fmt::format("{} = the peak, server", text::thousands(peak)) : every_port(record);
    return trace;
}

}  // namespace portdrought::report
