#include "analysis/html/chart_data.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/html/columns.hpp"
#include "analysis/html/escape.hpp"
#include "record/json/json_writer.hpp"

namespace portdrought::html {
namespace {

using charts::Chart;
using charts::Panel;
using charts::Scale;
using charts::Series;
using charts::Unit;
using record::JsonWriter;

/// A band thinner than this share of the chart's height is not seen.
constexpr double least_band = 0.004;

const char* name(Unit unit) {
    switch (unit) {
        case Unit::percent: return "percent";
        case Unit::count: return "count";
        case Unit::per_second: return "per_second";
        case Unit::microseconds: return "microseconds";
        case Unit::seconds: return "seconds";
        case Unit::ratio: return "ratio";
    }
    return "";
}

const char* name(Scale scale) {
    switch (scale) {
        case Scale::linear: return "linear";
        case Scale::logarithmic: return "logarithmic";
        case Scale::percentile: return "percentile";
    }
    return "";
}

const char* name(charts::MarkKind kind) {
    switch (kind) {
        case charts::MarkKind::capacity: return "capacity";
        case charts::MarkKind::limit: return "limit";
        case charts::MarkKind::first_failure: return "first_failure";
        case charts::MarkKind::cliff: return "cliff";
        case charts::MarkKind::predicted: return "predicted";
        case charts::MarkKind::ceiling: return "ceiling";
    }
    return "";
}

double largest(const std::vector<double>& values) {
    double most = 0;
    for (const double value : values)
        if (std::isfinite(value)) most = std::max(most, std::abs(value));
    return most;
}

double largest_y(const std::vector<Panel>& panels) {
    double most = 0;
    for (const Panel& panel : panels)
        for (const Series& series : panel.series) most = std::max({most, largest(series.y), largest(series.high)});
    return most;
}

double largest_x(const std::vector<Panel>& panels) {
    double most = 0;
    for (const Panel& panel : panels) most = std::max(most, largest(panel.x));
    return most;
}

void write_axis(JsonWriter& json, const char* key, const charts::Axis& axis, int exponent) {
    json.key(key).begin_object(JsonWriter::Layout::packed);
    json.member("label", clean(axis.label)).member("unit", name(axis.unit)).member("scale", name(axis.scale));
    json.member("exponent", exponent).end_object();
}

/// How far `bound` lies from `y`, in steps; nothing where one of them is unknown.
std::vector<long> distance(const std::vector<long>& y, const std::vector<long>& bound) {
    std::vector<long> result(y.size());
    for (std::size_t i = 0; i < y.size(); ++i)
        if (y[i] != unknown && bound[i] != unknown) result[i] = std::abs(bound[i] - y[i]);
    return result;
}

bool is_seen(const std::vector<long>& below, const std::vector<long>& above, long height) {
    for (std::size_t i = 0; i < below.size(); ++i)
        if (static_cast<double>(below[i] + above[i]) > least_band * static_cast<double>(height)) return true;
    return false;
}

void write_series(JsonWriter& json, const Series& series, const Packing& packing, long height) {
    const std::vector<long> y = steps_of(series.y, packing);
    json.begin_object(JsonWriter::Layout::packed);
    json.member("key", clean(series.key)).member("label", clean(series.label)).member("y", packed(y));
    if (series.low.size() == y.size() && series.high.size() == y.size()) {
        const std::vector<long> below = distance(y, steps_of(series.low, packing));
        const std::vector<long> above = distance(y, steps_of(series.high, packing));
        if (is_seen(below, above, height)) json.member("below", packed(below)).member("above", packed(above));
    }
    if (series.is_stacked) json.member("stacked", true);
    json.end_object();
}

void write_marks(JsonWriter& json, const std::vector<charts::Mark>& marks) {
    json.key("marks").begin_array();
    for (const charts::Mark& mark : marks) {
        json.begin_object(JsonWriter::Layout::packed);
        json.member("kind", name(mark.kind))
            .member("at", mark.at)
            .member("label", clean(mark.label))
            .member("to", mark.to)
            .end_object();
    }
    json.end_array();
}

/// How many steps the chart is high: a logarithmic one has a thousand for each power of ten.
long height_of(const Packing& packing, double most) {
    if (packing.scale != Scale::linear) return 4000;
    return steps_of({most}, packing).front();
}

void write_panel(JsonWriter& json, const Panel& whole, const Packing& x, const Packing& y, long height) {
    const Panel panel = thinned(whole, most_places);
    json.begin_object(JsonWriter::Layout::packed);
    json.member("subject", panel.subject).member("x", packed_evenly(steps_of(panel.x, x)));
    if (panel.whole && *panel.whole > 0) json.member("whole", *panel.whole);
    json.key("series").begin_array();
    for (const Series& series : panel.series) write_series(json, series, y, height);
    json.end_array();
    write_marks(json, panel.marks);
    json.end_object();
}

void write_chart(JsonWriter& json, const Chart& chart) {
    const double most = largest_y(chart.panels);
    const Packing y = packing_for(most, chart.y.scale, chart.y.unit);
    Packing x = packing_for(largest_x(chart.panels), chart.x.scale, chart.x.unit);
    if (x.scale == Scale::linear) --x.exponent;  // times that are evenly apart are to stay so
    json.begin_object(JsonWriter::Layout::packed);
    json.member("id", clean(chart.id)).member("title", clean(chart.title)).member("overlaid", chart.is_overlaid);
    write_axis(json, "x", chart.x, x.exponent);
    write_axis(json, "y", chart.y, y.exponent);
    json.key("panels").begin_array();
    for (const Panel& panel : chart.panels) write_panel(json, panel, x, y, height_of(y, most));
    json.end_array().end_object();
}

void write_section(JsonWriter& json, const report::Section& section) {
    json.begin_object(JsonWriter::Layout::packed).member("name", clean(section.scenario));
    json.key("subjects").begin_array();
    for (const charts::Subject& subject : section.charts.subjects) {
        json.begin_object(JsonWriter::Layout::packed).member("name", clean(subject.name));
        json.key("caveats").begin_array();
        for (const std::string& caveat : subject.caveats) json.value(clean(caveat));
        json.end_array().end_object();
    }
    json.end_array().key("charts").begin_array();
    for (const Chart& chart : section.charts.charts) write_chart(json, chart);
    json.end_array().end_object();
}

}  // namespace

std::string chart_data(const report::Report& report) {
    JsonWriter json;
    json.begin_object(JsonWriter::Layout::packed).key("sections").begin_array();
    for (const report::Section& section : report.sections) write_section(json, section);
    json.end_array().end_object();
    return for_script(json.take());
}

}  // namespace portdrought::html
