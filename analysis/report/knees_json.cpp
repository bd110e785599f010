#include "analysis/report/knees_json.hpp"

#include <cmath>

#include "analysis/knees/simulation.hpp"
#include "analysis/report/plan_text.hpp"
#include "record/json/json_writer.hpp"

namespace portdrought::report {
namespace {

using knees::Forecast;
using record::JsonWriter;

/// Absent where there is no such rate, infinite ones included.
void write_knee(JsonWriter& json, const char* name, const Forecast::Knee& knee) {
    json.key(name).begin_object();
    json.member("per_s", knee.per_s);
    json.member("why", knee.why).end_object();
}

void write_forecast(JsonWriter& json, const Forecast& forecast) {
    json.member("ports", forecast.law.capacity);
    if (forecast.law.holding != laws::Holding::never_closed)
        json.member("taken_for_s", core::seconds(forecast.law.residence()));
    write_knee(json, "latency_cliff", forecast.cliff);
    write_knee(json, "first_failure", forecast.first_failure);
    write_knee(json, "steady_ceiling", forecast.ceiling);
    json.member("cpu_per_s", forecast.steady_cpu_per_s);
    json.member("connect_before_us", core::seconds(forecast.connect_before) * 1e6);
    json.member("connect_after_us", core::seconds(forecast.connect_after) * 1e6);
}

void write_pool(JsonWriter& json, const laws::ChainPool& pool) {
    json.begin_object().member("name", name(pool.kind)).member("of_each_host", pool.of_each_host);
    json.member("capacity", pool.capacity).member("reachable", pool.reachable).member("share", pool.share);
    if (pool.unserved > 0) json.member("unserved", pool.unserved);
    json.member("open_s", core::seconds(pool.open));
    if (pool.residence() < core::Duration::max() / 2) json.member("after_close_s", core::seconds(pool.after_close));
    if (std::isfinite(pool.sustainable_per_s)) json.member("sustainable_per_s", pool.sustainable_per_s);
    if (pool.exhaustion) json.member("time_to_exhaustion_s", core::seconds(*pool.exhaustion));
    json.member("accepted_per_s", pool.accepted_per_s);
    json.member("symptom", name(pool.symptom)).end_object();
}

void write_chain(JsonWriter& json, const laws::Chain& chain) {
    json.key("chain").begin_object().member("hosts", chain.hosts);
    if (chain.offered) json.member("offered_per_s", chain.offered->per_second);
    json.member("first", name(chain.weakest().kind));
    json.key("pools").begin_array(JsonWriter::Layout::lines);
    for (const laws::ChainPool& pool : chain.pools) write_pool(json, pool);
    json.end_array().end_object();
}

void write_played(JsonWriter& json, const knees::Expected& expected, const knees::Played& played) {
    json.key("simulated").begin_object().member("duration_s", played.duration_s);
    json.member("expected_sustained_per_s", expected.sustained_per_s);
    json.member("sustained_per_s", played.sustained_per_s);
    json.member("expected_first_full_s", expected.first_full_s).member("first_full_s", played.first_full_s);
    json.member("failed_share", played.failed_share).member("valid", played.note.empty()).end_object();
}

void write_mitigation(JsonWriter& json, const knees::Mitigation& item) {
    json.begin_object().member("name", item.name);
    json.key("settings").begin_array();
    for (const std::string& setting : item.settings) json.value(setting);
    json.end_array();
    json.member("ports", item.forecast.law.capacity);
    json.member("lasts_per_s", item.lasts_per_s);
    json.member("factor", item.factor);
    if (item.chain) json.member("then_first", name(item.chain->weakest().kind));
    json.member("effect", item.effect).member("cost", item.cost);
    if (item.played) write_played(json, knees::expected(item), *item.played);
    json.end_object();
}

void write_plan(JsonWriter& json, const knees::Plan& plan) {
    json.begin_object().member("scenario", plan.scenario.name).member("variant", plan.scenario.variant);
    const laws::Prediction& law = plan.forecast.law;
    if (law.offered) json.member("offered_per_s", law.offered->per_second);
    if (law.exhaustion) json.member("time_to_exhaustion_s", core::seconds(*law.exhaustion));
    const bool is_known = !law.pairs_at_most || plan.failing_share > 0 || !law.exhaustion;
    if (is_known) json.member("failing_share", plan.failing_share);
    if (law.pairs_at_most) json.member("pairs_at_most", *law.pairs_at_most);
    write_forecast(json, plan.forecast);
    if (plan.chain) write_chain(json, *plan.chain);
    if (plan.played) write_played(json, knees::expected(plan), *plan.played);
    json.member("words", plan_words(plan));
    json.key("unverified").begin_array();
    for (const std::string& sentence : plan.unverified) json.value(sentence);
    json.end_array();
    json.key("mitigations").begin_array(JsonWriter::Layout::lines);
    for (const knees::Mitigation& item : plan.mitigations) write_mitigation(json, item);
    json.end_array().end_object();
}

const char* name(knees::Status status) {
    switch (status) {
        case knees::Status::bracketed: return "bracketed";
        case knees::Status::not_seen: return "not_seen";
        case knees::Status::from_start: return "from_start";
        case knees::Status::beyond: return "beyond";
        case knees::Status::no_latency: return "no_latency";
        case knees::Status::unknown: break;
    }
    return "unknown";
}

const char* name(Ending ending) {
    switch (ending) {
        case Ending::complete: return "complete";
        case Ending::budget: return "budget";
        case Ending::interrupted: return "interrupted";
        case Ending::hopeless: break;
    }
    return "hopeless";
}

void write_measured(JsonWriter& json, const char* key, const knees::Judgement& item, knees::Status status,
                    const Forecast::Knee& knee) {
    json.key(key).begin_object();
    json.member("status", name(status)).member("low_per_s", item.low).member("high_per_s", item.high);
    json.member("predicted_per_s", item.predicted_per_s).member("why", knee.why);
    json.member("verdict", knees::name(item.verdict)).member("off", item.off);
    json.end_object();
}

void write_report(JsonWriter& json, const KneeReport& report) {
    const auto judged = knees::judge(report.forecast, report.knees, report.scenario);
    const knees::Knees& knees = report.knees;
    json.begin_object().member("scenario", report.scenario.name).member("variant", report.scenario.variant);
    write_measured(json, "latency_cliff", judged[0], knees.cliff.status, report.forecast.cliff);
    write_measured(json, "first_failure", judged[1], knees.first_failure.status, report.forecast.first_failure);
    write_measured(json, "steady_ceiling", judged[2], knees.ceiling.status, report.forecast.ceiling);
    if (knees.plateau) json.member("plateau_connect_us", core::seconds(*knees.plateau) * 1e6);
    json.member("overload_per_s", knees.ceiling.overload);
    json.member("runs", knees.runs).member("not_held", knees.not_held).member("disturbed", knees.disturbed);
    json.member("ending", name(report.ending)).member("elapsed_s", report.elapsed_s);
    json.key("words").begin_array(JsonWriter::Layout::lines);
    for (const std::string& sentence : knee_words(report)) json.value(sentence);
    json.end_array().end_object();
}

}  // namespace

std::string plan_json(const std::vector<knees::Plan>& plans) {
    JsonWriter json;
    json.begin_object().member("schema", result_schema);
    json.key("records").begin_array().end_array();
    json.key("plan").begin_array(JsonWriter::Layout::lines);
    for (const knees::Plan& plan : plans) write_plan(json, plan);
    json.end_array().end_object();
    return json.take();
}

void write_knees(JsonWriter& json, const std::vector<KneeReport>& reports) {
    json.key("knees").begin_array(JsonWriter::Layout::lines);
    for (const KneeReport& report : reports) write_report(json, report);
    json.end_array();
}

}  // namespace portdrought::report
