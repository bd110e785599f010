#include "analysis/report/check_json.hpp"

#include <cmath>

#include "analysis/expect/quantity.hpp"
#include "record/json/json_writer.hpp"

namespace portdrought::report {
namespace {

using record::JsonWriter;

/// A moment that never came is no number: "never".
void write_figure(JsonWriter& json, std::string_view name, const std::optional<double>& figure) {
    if (!figure) return;
    if (std::isinf(*figure))
        json.member(name, "never");
    else
        json.member(name, *figure);
}

void write_judgement(JsonWriter& json, const Check& check, const expect::Judgement& judgement) {
    json.begin_object();
    json.member("scenario", check.scenario);
    json.member("that", judgement.that);
    json.member("variant", judgement.variant);
    json.member("verdict", expect::name(judgement.verdict));
    json.member("unit", metrics::name(judgement.unit));
    write_figure(json, "measured", judgement.measured);
    write_figure(json, "limit", judgement.limit);
    if (judgement.margin && std::isfinite(*judgement.margin)) json.member("margin", *judgement.margin);
    json.member("runs", judgement.runs);
    if (judgement.run) json.member("record", record_of(check, judgement));
    json.member("words", measured_words(judgement));
    json.end_object();
}

void write_regression(JsonWriter& json, const Check& check, const expect::Regression& regression) {
    json.begin_object();
    json.member("scenario", check.scenario);
    json.member("variant", regression.variant);
    json.member("metric", regression.metric);
    json.member("unit", metrics::name(regression.unit));
    write_figure(json, "before", regression.before);
    write_figure(json, "now", regression.now);
    json.member("words", words(regression));
    json.end_object();
}

void write_notes(JsonWriter& json, const std::vector<Check>& checks) {
    json.key("notes").begin_array(JsonWriter::Layout::lines);
    for (const Check& check : checks) {
        for (const std::string& problem : unmentioned_problems(check)) json.value(problem);
        for (const std::string& note : check.left_out) json.value(note);
        if (!check.regressions) continue;
        for (const std::string& note : check.regressions->notes) json.value(note);
    }
    json.end_array();
}

}  // namespace

void write_checks(JsonWriter& json, const std::vector<Check>& checks) {
    json.key("expectations").begin_array(JsonWriter::Layout::lines);
    for (const Check& check : checks)
        for (const expect::Judgement& judgement : check.judgements) write_judgement(json, check, judgement);
    json.end_array().key("regressions").begin_array(JsonWriter::Layout::lines);
    for (const Check& check : checks)
        if (check.regressions)
            for (const expect::Regression& regression : check.regressions->found)
                write_regression(json, check, regression);
    json.end_array();
    write_notes(json, checks);
}

}  // namespace portdrought::report
