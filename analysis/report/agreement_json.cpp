#include "analysis/report/agreement_json.hpp"

#include <cmath>

#include "record/json/json_writer.hpp"

namespace portdrought::report {
namespace {

using agreement::Figure;
using record::JsonWriter;

/// A moment that never came is no number.
void write_value(JsonWriter& json, const char* name, double value) {
    if (std::isinf(value))
        json.member(name, "never");
    else
        json.member(name, value);
}

void write_figure(JsonWriter& json, const Figure& figure) {
    json.begin_object(JsonWriter::Layout::packed);
    json.member("what", figure.what).member("unit", metrics::name(figure.unit));
    write_value(json, "kernel", figure.kernel);
    write_value(json, "model_low", figure.model_low);
    write_value(json, "model_high", figure.model_high);
    if (std::isfinite(figure.difference)) json.member("difference", figure.difference);
    json.member("limit", figure.limit).member("within", figure.within).member("at_s", figure.at_s);
    json.end_object();
}

void write_agreement(JsonWriter& json, const Validated& validated) {
    const agreement::Agreement& found = validated.agreement;
    json.begin_object();
    json.member("scenario", validated.kernel->scenario.name).member("variant", validated.kernel->scenario.variant);
    json.member("record", validated.path).member("verdict", agreement::name(found.verdict));
    if (!found.reason.empty()) json.member("reason", found.reason);
    if (!found.figures.empty())
        json.member("model_runs", found.chances)
            .member("deterministic", found.is_deterministic)
            .member("time_shift_s", found.time_shift_s);
    json.key("figures").begin_array(JsonWriter::Layout::lines);
    for (const Figure& figure : found.figures) write_figure(json, figure);
    json.end_array().key("not_compared").begin_array(JsonWriter::Layout::lines);
    for (const agreement::Uncompared& item : found.not_compared) {
        json.begin_object(JsonWriter::Layout::packed);
        json.member("what", item.what).member("reason", item.reason).end_object();
    }
    json.end_array().end_object();
}

}  // namespace

void write_agreements(JsonWriter& json, const std::vector<Validated>& all) {
    json.key("agreements").begin_array(JsonWriter::Layout::lines);
    for (const Validated& each : all) write_agreement(json, each);
    json.end_array();
}

}  // namespace portdrought::report
