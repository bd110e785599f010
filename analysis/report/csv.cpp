#include "analysis/report/csv.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <concepts>
#include <optional>
#include <vector>

#include "analysis/text/utf8.hpp"
#include "core/outcome.hpp"
#include "core/printable.hpp"

namespace portdrought::report {
namespace {

using record::RunRecord;
using record::Sample;

constexpr std::string_view line_end = "\r\n";

template <class T>
requires std::integral<T> || std::floating_point<T>
void append(std::string& line, T number) {
    std::array<char, 32> digits;
    line.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr);
}

template <class T>
void append(std::string& line, const std::optional<T>& number) {
    if (number) append(line, *number);
}

void append(std::string& line, bool truth) { line += truth ? "true" : "false"; }

using Gauge = std::optional<std::uint64_t> Sample::*;
struct GaugeColumn {
    std::string_view name;
    Gauge member;
};

constexpr std::array gauges{
    GaugeColumn{"time_wait", &Sample::time_wait},
    GaugeColumn{"established", &Sample::established},
    GaugeColumn{"time_wait_client", &Sample::time_wait_client},
    GaugeColumn{"time_wait_server", &Sample::time_wait_server},
    GaugeColumn{"fin_wait_2", &Sample::fin_wait_2},
    GaugeColumn{"ports_in_use", &Sample::ports_in_use},
    GaugeColumn{"ports_free", &Sample::ports_free},
    GaugeColumn{"ports_reusable", &Sample::ports_reusable},
    GaugeColumn{"nat_in_use", &Sample::nat_in_use},
    GaugeColumn{"nat_dropped", &Sample::nat_dropped},
};

/// Every counter that an engine may sample (simulator/probe/counters.hpp).
constexpr std::array<std::string_view, 20> counters{
    "TcpExt.TW",
    "TcpExt.TWRecycled",
    "TcpExt.TWKilled",
    "TcpExt.TCPTimeWaitOverflow",
    "TcpExt.TCPAbortOnData",
    "TcpExt.TCPAbortOnClose",
    "TcpExt.ListenOverflows",
    "TcpExt.ListenDrops",
    "TcpExt.TCPSynRetrans",
    "TcpExt.PAWSActive",
    "TcpExt.PAWSEstab",
    "TcpExt.TCPACKSkippedTimeWait",
    "TcpExt.TCPChallengeACK",
    "TcpExt.TCPReqQFullDrop",
    "Tcp.OutRsts",
    "Tcp.ActiveOpens",
    "Tcp.PassiveOpens",
    "Tcp.AttemptFails",
    "Tcp.EstabResets",
    "Tcp.RetransSegs",
};

std::string samples_header() {
    std::string header = "scenario,variant,engine,repetition,seed,rate_per_s,valid,t_s,attempts,connected";
    for (std::size_t i = 0; i < core::outcome_count; ++i)
        header.append(",outcomes.").append(core::name(static_cast<core::Outcome>(i)));
    for (const GaugeColumn& gauge : gauges) header.append(1, ',').append(gauge.name);
    header += ",connect_us.p50,connect_us.p99,connect_us.max";
    for (const std::string_view counter : counters) header.append(",counters.").append(counter);
    return header.append(line_end);
}

/// What all rows of a run begin with, the comma behind it included.
std::string identity(const RunRecord& record) {
    std::string text;
    for (const std::string& name : {record.scenario.name, record.scenario.variant, record.engine})
        text += csv_field(name) + ',';
    append(text, record.repetition);
    append(text += ',', record.scenario.lab.seed);
    text += ',';
    if (record.scenario.load.rate) append(text, record.scenario.load.rate->per_second);
    append(text += ',', record.validity.valid);
    return text + ',';
}

void append_connect(std::string& text, const std::optional<record::ConnectTimes>& connect) {
    for (const auto member : {&record::ConnectTimes::p50, &record::ConnectTimes::p99, &record::ConnectTimes::max}) {
        text += ',';
        if (connect) append(text, static_cast<double>(((*connect).*member).count()) / 1e3);
    }
}

void append_row(std::string& text, const std::string& run, const Sample& sample) {
    append(text += run, sample.t_s);
    append(text += ',', sample.attempts);
    append(text += ',', sample.connected);
    for (const std::uint64_t count : sample.outcomes.counts) append(text += ',', count);
    for (const GaugeColumn& gauge : gauges) append(text += ',', sample.*gauge.member);
    append_connect(text, sample.connect);
    for (const std::string_view counter : counters) {
        const auto found =
            std::ranges::find(sample.counters, counter, [](const auto& item) { return std::string_view{item.first}; });
        text += ',';
        if (found != sample.counters.end()) append(text, found->second);
    }
    text += line_end;
}

bool is_axis(const SweepTable& table, std::string_view key) {
    return std::ranges::any_of(table.header.axes, [&](const record::SweepAxis& axis) { return axis.key == key; });
}

void append_point(std::string& text, const SweepTable& table, const record::SweepRow& row) {
    const record::SweepHeader& header = table.header;
    text += csv_field(scenario::text_in(header.scenario, "name")) + ',';
    if (!is_axis(table, "variant")) text += csv_field(scenario::text_in(header.scenario, "variant")) + ',';
    text += csv_field(header.engine) + ',';
    append(text, row.point);
    const std::vector<std::size_t> place = header.place_of(row.point);
    for (std::size_t i = 0; i < place.size(); ++i) text += ',' + csv_field(header.axes[i].values[place[i]]);
    append(text += ',', row.valid);
    append(text += ',', row.attempts);
    append(text += ',', row.ok);
    append(text += ',', row.time_to_first_failure_s);
    append(text += ',', row.achieved_rate_per_s);
    append(text += ',', row.sustained_rate_per_s);
    append(text += ',', row.time_wait_peak);
    append(text += ',', row.ports_min_free);
    text += line_end;
}

}  // namespace

std::string csv_field(std::string_view text) {
    std::string field = text::well_formed(core::printable(text));
    constexpr std::string_view formula = "=+-@";
    if (!field.empty() && formula.find(field.front()) != formula.npos) field.insert(0, 1, '\'');
    if (field.find_first_of(",\"\n\r") == field.npos) return field;
    std::string quoted = "\"";
    for (const char c : field) quoted.append(c == '"' ? 2 : 1, c);
    return quoted + '"';
}

std::string samples_csv(const Report& report) {
    std::size_t rows = 1;
    for (const Section& section : report.sections)
        for (const ReportedRun& run : section.runs) rows += run.record->samples.size();
    std::string text;
    constexpr std::size_t usual_row = 256;
    text.reserve(rows * usual_row);
    text += samples_header();
    for (const Section& section : report.sections)
        for (const ReportedRun& run : section.runs) {
            const std::string who = identity(*run.record);
            for (const Sample& sample : run.record->samples) append_row(text, who, sample);
        }
    return text;
}

std::string sweep_csv(const SweepTable& table) {
    std::string text = is_axis(table, "variant") ? "scenario,engine,point" : "scenario,variant,engine,point";
    for (const record::SweepAxis& axis : table.header.axes) text += ',' + csv_field(axis.key);
    text +=
        ",valid,attempts,ok,time_to_first_failure_s,achieved_rate_per_s,sustained_rate_per_s,time_wait_peak,"
        "ports_min_free";
    text += line_end;
    for (const record::SweepRow& row : table.rows) append_point(text, table, row);
    return text;
}

std::string csv(const Report& report) {
    for (const Section& section : report.sections)
        if (section.sweep) return sweep_csv(*section.sweep);
    return samples_csv(report);
}

}  // namespace portdrought::report
