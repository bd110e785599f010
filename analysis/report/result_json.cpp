#include "analysis/report/result_json.hpp"

#include "record/totals_json.hpp"

namespace portdrought::report {
namespace {

using compare::Comparison;
using compare::Spread;
using compare::VariantResult;
using record::JsonWriter;

void write_sentences(JsonWriter& json, std::string_view name, const std::vector<std::string>& sentences) {
    json.key(name).begin_array(JsonWriter::Layout::lines);
    for (const std::string& sentence : sentences) json.value(sentence);
    json.end_array();
}

void write_notes(JsonWriter& json, const std::vector<std::string>& notes) { write_sentences(json, "notes", notes); }

void write_run(JsonWriter& json, const ReportedRun& run) {
    const record::RunRecord& record = *run.record;
    json.begin_object();
    json.member("scenario", record.scenario.name);
    json.member("variant", record.scenario.variant);
    json.member("engine", record.engine);
    json.member("repetition", record.repetition);
    json.member("time_scale", record.scenario.lab.time_scale);
    json.member("valid", record.validity.valid);
    json.member("interrupted", record.interrupted);
    write_notes(json, record.validity.notes);
    json.member("path", run.path);
    record::write_totals(json.key("totals"), record);
    if (record.model) write_sentences(json, "unverified", record.model->unverified);
    record::write_pool(json, record);
    record::write_duplicates(json, record);
    json.end_object();
}

void write_spread(JsonWriter& json, std::string_view name, const std::optional<Spread>& spread) {
    if (!spread) return;
    json.key(name).begin_object(JsonWriter::Layout::packed);
    json.member("median", spread->median).member("min", spread->least).member("max", spread->most);
    json.member("runs", spread->runs).end_object();
}

void write_judgement(JsonWriter& json, const compare::Judgement& judgement) {
    json.begin_object(JsonWriter::Layout::packed);
    json.member("verdict", compare::name(judgement.decision));
    json.member("shift", judgement.shift);
    if (judgement.interval) {
        json.key("interval").begin_array();
        json.value(judgement.interval->lower).value(judgement.interval->upper).end_array();
        json.member("confidence", judgement.interval->confidence);
    }
    json.member("p", judgement.p).member("p_holm", judgement.p_holm).member("exact", judgement.exact);
    json.member("a12", judgement.a12);
    json.key("n").begin_array().value(judgement.first_runs).value(judgement.runs).end_array();
    json.member("paired", judgement.paired);
    if (judgement.decision == compare::Decision::no_difference) json.member("within", judgement.bound);
    if (judgement.repeats_needed > 0) json.member("repeats_needed", judgement.repeats_needed);
    json.member("words", compare::words_of(judgement));
    json.end_object();
}

void write_judgements(JsonWriter& json, const std::vector<compare::Judgement>& judgements) {
    if (judgements.empty()) return;
    json.key("against_first").begin_object();
    for (const compare::Judgement& judgement : judgements) {
        json.key(judgement.criterion->metric);
        write_judgement(json, judgement);
    }
    json.end_object();
}

void write_variant(JsonWriter& json, const VariantResult& variant) {
    json.begin_object();
    json.member("variant", variant.variant);
    json.member("runs", variant.runs);
    json.member("valid", variant.valid);
    write_spread(json, "ok_share", variant.ok_share);
    json.key("failures").begin_object();
    for (const auto& [outcome, spread] : variant.failures) write_spread(json, core::name(outcome), spread);
    json.end_object();
    write_spread(json, "time_wait_peak", variant.time_wait_peak);
    write_spread(json, "ports_capacity", variant.ports_capacity);
    write_spread(json, "ports_min_free", variant.ports_min_free);
    write_spread(json, "time_to_first_failure_s", variant.first_failure_s);
    write_spread(json, "achieved_rate_per_s", variant.achieved_per_s);
    write_spread(json, "connect_p50_us", variant.connect_p50_us);
    write_spread(json, "connect_p99_us", variant.connect_p99_us);
    write_spread(json, "resets_seen_by_peer", variant.resets);
    write_spread(json, "bytes_lost", variant.bytes_lost);
    write_spread(json, "transfers_cut", variant.transfers_cut);
    write_spread(json, "cpu_us_per_connection", variant.cpu_us_per_connection);
    write_spread(json, "time_wait_overflow", variant.time_wait_skipped);
    write_spread(json, "ports_reused_early", variant.ports_reused_early);
    write_spread(json, "connect_stalls", variant.connect_stalls);
    write_judgements(json, variant.judgements);
    if (variant.safety) json.member("safety", variant.safety->words);
    json.member("words", variant.words);
    json.end_object();
}

}  // namespace

void write_records(JsonWriter& json, const Report& report) {
    json.key("records").begin_array(JsonWriter::Layout::lines);
    for (const Section& section : report.sections)
        for (const ReportedRun& run : section.runs) write_run(json, run);
    json.end_array();
}

void write_comparison(JsonWriter& json, const Comparison& comparison) {
    json.key("comparison").begin_object();
    json.member("scenario", comparison.scenario);
    json.member("title", comparison.title);
    json.member("runs", comparison.runs);
    json.member("valid", comparison.valid);
    write_notes(json, comparison.notes);
    json.key("variants").begin_array(JsonWriter::Layout::lines);
    for (const VariantResult& variant : comparison.variants) write_variant(json, variant);
    json.end_array().end_object();
}

}  // namespace portdrought::report
