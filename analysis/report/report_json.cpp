#include "analysis/report/report_json.hpp"

#include <algorithm>

#include "analysis/report/agreement_json.hpp"
#include "analysis/report/check_json.hpp"
#include "analysis/report/knees_json.hpp"
#include "analysis/report/result_json.hpp"
#include "analysis/report/variant_cells.hpp"

namespace portdrought::report {
namespace {

using record::JsonWriter;

void write_headline(JsonWriter& json, const Headline& headline) {
    json.key("headline").begin_object(JsonWriter::Layout::packed);
    json.member("standing", name(headline.standing)).member("sentence", headline.sentence).end_object();
}

void write_sentences(JsonWriter& json, std::string_view name, const std::vector<std::string>& sentences) {
    json.key(name).begin_array();
    for (const std::string& sentence : sentences) json.value(sentence);
    json.end_array();
}

void write_line(JsonWriter& json, const VariantLine& line) {
    json.begin_object();
    json.member("variant", variant_name(line.variant)).member("standing", name(line.standing));
    if (line.decision) json.member("decision", compare::name(*line.decision)).member("effect", line.effect);
    json.member("words", line.words);
    if (!line.cost.empty()) json.member("cost", line.cost);
    write_sentences(json, "caveats", line.caveats);
    json.end_object();
}

void write_section(JsonWriter& json, const Section& section) {
    json.begin_object();
    json.member("scenario", section.scenario).member("title", section.title).member("question", section.question);
    write_sentences(json, "sources", section.sources);
    write_headline(json, section.headline);
    json.key("lines").begin_array(JsonWriter::Layout::lines);
    for (const VariantLine& line : section.lines) write_line(json, line);
    json.end_array().end_object();
}

/// Of all sections one after the other.
template <class T, class Get>
std::vector<T> gathered(const Report& report, Get get) {
    std::vector<T> all;
    for (const Section& section : report.sections) {
        const auto& own = get(section);
        all.insert(all.end(), own.begin(), own.end());
    }
    return all;
}

std::vector<Check> checks_of(const Report& report) {
    std::vector<Check> checks;
    for (const Section& section : report.sections)
        if (section.check) checks.push_back(*section.check);
    return checks;
}

}  // namespace

std::string report_json(const Report& report) {
    JsonWriter json;
    json.begin_object().member("schema", result_schema);
    json.member("command", report.command).member("tool", report.tool);
    write_headline(json, report.headline);
    json.key("sections").begin_array(JsonWriter::Layout::lines);
    for (const Section& section : report.sections) write_section(json, section);
    json.end_array();
    write_records(json, report);
    const std::vector<Check> checks = checks_of(report);
    const auto knees = gathered<KneeReport>(
        report, [](const Section& section) -> auto& { return section.knees; });
    const auto validated = gathered<Validated>(
        report, [](const Section& section) -> auto& { return section.validated; });
    if (!checks.empty()) write_checks(json, checks);
    if (!knees.empty()) write_knees(json, knees);
    if (!validated.empty()) write_agreements(json, validated);
    const bool is_compared = checks.empty() && knees.empty() && validated.empty() && report.sections.size() == 1;
    if (is_compared && !report.sections.front().runs.empty())
        write_comparison(json, report.sections.front().comparison);
    json.end_object();
    return json.take();
}

}  // namespace portdrought::report
