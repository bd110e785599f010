#include "analysis/report/diagnosis_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/findings/finding.hpp"
#include "analysis/findings/trust.hpp"
#include "analysis/report/result_json.hpp"
#include "core/printable.hpp"
#include "record/json/json_writer.hpp"

namespace portdrought::report {
namespace {

using record::JsonWriter;
using text::TextStyle;

constexpr std::size_t indent = 2, label_width = 11;

std::size_t width_of(const TextStyle& style) { return std::min(style.width, text::prose_width); }

/// The label in front of the first line, every line wrapped beside it.
std::string block(std::string_view label, const std::vector<std::string>& lines, const TextStyle& style) {
    std::string result;
    for (const std::string& line : lines) {
        const std::string first = text::pad_right(result.empty() ? label : "", label_width) + "- ";
        result += text::paragraph(line, indent, width_of(style), first);
    }
    return result;
}

std::string prose_block(std::string_view label, const std::string& words, const TextStyle& style) {
    return text::paragraph(words, indent, width_of(style), text::pad_right(label, label_width));
}

text::Mark mark_of(diagnose::Family family) {
    return family == diagnose::Family::none ? text::Mark::good : text::Mark::bad;
}

void write_lines(JsonWriter& json, std::string_view name, const std::vector<std::string>& lines) {
    json.key(name).begin_array(JsonWriter::Layout::lines);
    for (const std::string& line : lines) json.value(line);
    json.end_array();
}

}  // namespace

std::string render_text(const DiagnosedRun& run, const TextStyle& style) {
    const diagnose::Diagnosis& found = run.diagnosis;
    std::string result = text::marked(scenario::full_name(run.record->scenario), text::Mark::bold, style) + "  " +
                         text::marked(findings::engine_text(*run.record), text::Mark::faint, style) + "\n\n";
    for (const std::string& line : text::wrap(found.headline, width_of(style) - indent))
        result += std::string(indent, ' ') + text::marked(line, mark_of(family(found.cause)), style) + '\n';
    result += '\n';
    result += block("decides", found.decides, style);
    result += found.against.empty() ? prose_block("against", "nothing", style) : block("against", found.against, style);
    result += block("ruled out", found.ruled_out, style);
    result += prose_block("do", found.next, style);
    if (const std::string note = findings::unverified_note(findings::unverified(*run.record)); !note.empty())
        result += prose_block("trust", note, style);
    result += prose_block("record", core::printable(run.path), style);
    return text::finish(std::move(result), style);
}

std::string diagnosis_json(const std::vector<DiagnosedRun>& runs) {
    JsonWriter json;
    json.begin_object().member("schema", result_schema);
    json.key("diagnoses").begin_array(JsonWriter::Layout::lines);
    for (const DiagnosedRun& run : runs) {
        json.begin_object();
        json.member("scenario", run.record->scenario.name);
        json.member("variant", run.record->scenario.variant);
        json.member("engine", run.record->engine);
        json.member("path", run.path);
        json.member("valid", run.record->validity.valid);
        json.member("family", name(family(run.diagnosis.cause)));
        json.member("cause", name(run.diagnosis.cause));
        json.member("headline", run.diagnosis.headline);
        write_lines(json, "decides", run.diagnosis.decides);
        write_lines(json, "against", run.diagnosis.against);
        write_lines(json, "ruled_out", run.diagnosis.ruled_out);
        json.member("next", run.diagnosis.next);
        if (run.record->model) write_lines(json, "unverified", run.record->model->unverified);
        json.end_object();
    }
    json.end_array().end_object();
    return json.take();
}

}  // namespace portdrought::report
