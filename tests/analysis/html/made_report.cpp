#include "made_report.hpp"

#include <cmath>
#include <deque>
#include <limits>

#include "analysis/made_records.hpp"

namespace portdrought::made {
namespace {

using namespace std::chrono_literals;
using charts::Chart;
using charts::MarkKind;
using charts::Panel;
using charts::Scale;
using charts::Series;
using charts::Unit;
using report::Report;
using report::Section;
using report::Standing;

constexpr std::size_t samples = 3000;
constexpr double end_s = 600, ports = 3976, nan = std::numeric_limits<double>::quiet_NaN();

/// Between -1 and 1, the same every time.
double noise(std::size_t i) {
    const double x = std::sin(static_cast<double>(i) * 12.9898) * 43758.5453;
    return 2 * (x - std::floor(x)) - 1;
}

struct Variant {
    std::string name;
    double time_wait_s;
    std::vector<std::string> caveats;
};

const std::vector<Variant>& variants() {
    static const std::vector<Variant> all{
        {"240 s", 240, {"compressed x60", "enforced 240 s as 4.000 s"}},
        {"120 s", 120, {"compressed x60", "enforced 120 s as 2.000 s"}},
        {"60 s", 60, {"modelled", "3 values unverified"}},
        {"30 s", 30, {"compressed x60", "not valid: the generator fell behind (1,500 of 19,980 attempts were late)"}}};
    return all;
}

std::vector<double> times() {
    std::vector<double> x;
    for (std::size_t i = 0; i < samples; ++i)
        x.push_back(end_s * static_cast<double>(i + 1) / samples + 0.01 * noise(i));
    return x;
}

/// A curve with a band around it of this width.
template <class F>
Series curve(std::string key, std::string label, const std::vector<double>& x, double band, F f) {
    Series series{std::move(key), std::move(label), {}, {}, {}, false};
    for (std::size_t i = 0; i < x.size(); ++i) {
        series.y.push_back(f(x[i], i));
        if (band <= 0) continue;
        series.low.push_back(std::max(0.0, series.y.back() - band * std::abs(noise(i + 7))));
        series.high.push_back(series.y.back() + band * std::abs(noise(i + 3)));
    }
    return series;
}

/// Percent of the ports in TIME_WAIT at a time.
double held(const Variant& variant, double t) {
    return std::min(100.0, 33.3 * std::min(t, variant.time_wait_s) / ports * 100);
}

bool is_full(const Variant& variant) { return 33.3 * variant.time_wait_s > ports; }

void add_upright_marks(Panel& panel, const Variant& variant) {
    if (!is_full(variant)) return;
    panel.marks.push_back({MarkKind::predicted, 119.4, "predicted: full after 119 s", std::nullopt});
    panel.marks.push_back({MarkKind::first_failure, 119.5, "first failure 119 s", std::nullopt});
    panel.marks.push_back({MarkKind::cliff, 55, "connect() slow from 55 to 61 s on", 61.0});
}

Panel panel_of(std::size_t subject, std::string text) {
    Panel panel;
    panel.subject = subject;
    panel.x = times();
    panel.text = std::move(text);
    return panel;
}

Chart time_wait_chart() {
    Chart chart{"time-wait",
                "TIME_WAIT, per cent of capacity",
                "At 100 % no port is left; by the side that holds it.",
                {"scenario time"},
                {"of capacity", Unit::percent},
                false,
                {}};
    for (std::size_t i = 0; i < variants().size(); ++i) {
        const Variant& variant = variants()[i];
        Panel panel = panel_of(i, "TIME_WAIT rises for " + variant.name + " and stays there.");
        panel.whole = i == 3 ? 2 * ports : ports;
        panel.series.push_back(curve("time_wait_client", "client-held", panel.x, 2, [&](double t, std::size_t at) {
            return std::min(100.0, held(variant, t) * 0.97 + 0.5 * noise(at));
        }));
        panel.series.push_back(curve("time_wait_server", "server-held", panel.x, 0,
                                     [&](double t, std::size_t) { return held(variant, t) * 0.03; }));
        panel.series.back().is_stacked = true;
        panel.marks.push_back({MarkKind::capacity, 100, "capacity: 3,976 ports", std::nullopt});
        add_upright_marks(panel, variant);
        chart.panels.push_back(std::move(panel));
    }
    return chart;
}

Chart ports_chart() {
    Chart chart{"ports",
                "Ports free or reusable, per cent of capacity",
                "Reusable ports would be given back by tw_reuse.",
                {"scenario time"},
                {"of capacity", Unit::percent},
                false,
                {}};
    for (std::size_t i = 0; i < variants().size(); ++i) {
        const Variant& variant = variants()[i];
        Panel panel = panel_of(i, "Free ports fall until pairs leave TIME_WAIT.");
        panel.whole = ports;
        panel.series.push_back(
            curve("ports_free", "free", panel.x, 1.5, [&](double t, std::size_t) { return 100 - held(variant, t); }));
        panel.series.push_back(curve("ports_reusable", "reusable", panel.x, 0,
                                     [&](double t, std::size_t) { return t < 1 ? nan : 0.8 * held(variant, t - 1); }));
        add_upright_marks(panel, variant);
        chart.panels.push_back(std::move(panel));
    }
    return chart;
}

Chart rates_chart() {
    Chart chart{"rates",
                "Attempts per second: offered, ok, failed",
                "",
                {"scenario time"},
                {"attempts", Unit::per_second},
                false,
                {}};
    for (std::size_t i = 0; i < variants().size(); ++i) {
        const Variant& variant = variants()[i];
        const auto fails = [&](double t) { return is_full(variant) && std::fmod(t, 240) > 119.5; };
        Panel panel = panel_of(i, "Offered evenly; what finds no port fails.");
        panel.series.push_back(curve("offered", "offered", panel.x, 0, [](double, std::size_t) { return 33.3; }));
        panel.series.push_back(curve("ok", "ok", panel.x, 3,
                                     [&](double t, std::size_t at) { return fails(t) ? 0.0 : 33.3 + 2 * noise(at); }));
        panel.series.push_back(curve("no_port_connect", "no port left", panel.x, 0,
                                     [&](double t, std::size_t at) { return fails(t) ? 33.3 + noise(at) : 0.0; }));
        add_upright_marks(panel, variant);
        chart.panels.push_back(std::move(panel));
    }
    return chart;
}

Chart latency_chart() {
    Chart chart{"latency",
                "connect() over time",
                "Logarithmic.",
                {"scenario time"},
                {"connect()", Unit::microseconds, Scale::logarithmic},
                false,
                {}};
    for (std::size_t i = 0; i < variants().size(); ++i) {
        const Variant& variant = variants()[i];
        Panel panel = panel_of(i, "connect() gets slow past half occupancy.");
        const auto factor = [&](double t) { return held(variant, t) > 50 ? 15.0 : 1.0; };
        panel.series.push_back(curve("connect_p50", "p50", panel.x, 0,
                                     [&](double t, std::size_t at) { return 24 * factor(t) * (1 + 0.1 * noise(at)); }));
        panel.series.push_back(curve("connect_p99", "p99", panel.x, 40, [&](double t, std::size_t at) {
            return 80 * factor(t) * (1 + 0.3 * noise(at + 5));
        }));
        add_upright_marks(panel, variant);
        chart.panels.push_back(std::move(panel));
    }
    return chart;
}

Chart distribution_chart() {
    Chart chart{"latency-distribution",
                "connect(): how long it took",
                "",
                {"share of connections", Unit::ratio, Scale::percentile},
                {"connect()", Unit::microseconds, Scale::logarithmic},
                true,
                {}};
    for (std::size_t i = 0; i < variants().size(); ++i) {
        Panel panel;
        panel.subject = i;
        for (double place = 0; place < 4; place += 0.05) panel.x.push_back(1 - std::pow(10, -place));
        panel.x.push_back(1);
        panel.text = "Half within 24 us.";
        panel.series.push_back(curve("connect", "from actual start", panel.x, 3, [&](double share, std::size_t) {
            const double place = -std::log10(std::max(1 - share, 5e-5));
            return 20 * std::exp(place * (1 - 0.17 * static_cast<double>(i)));
        }));
        chart.panels.push_back(std::move(panel));
    }
    return chart;
}

charts::Charts charts_of_all() {
    charts::Charts charts;
    for (const Variant& variant : variants())
        charts.subjects.push_back({variant.name, 1, variant.name == "30 s" ? 0U : 1U, variant.caveats});
    charts.charts = {time_wait_chart(), ports_chart(), rates_chart(), latency_chart(), distribution_chart()};
    return charts;
}

record::RunRecord record_of(const Variant& variant, std::uint32_t repeat) {
    scenario::Scenario scenario = article();
    scenario.name = "timed-wait-delay";
    scenario.title = "Does lowering TcpTimedWaitDelay help?";
    scenario.question = "Does lowering TcpTimedWaitDelay help at 33 connections a second?";
    scenario.variant = variant.name;
    scenario.host.timed_wait_delay = core::from_seconds(variant.time_wait_s);
    scenario.load.rate = core::Rate{33.3 + 0.2 * repeat};
    record::RunRecord record = play(scenario, repeat);
    if (variant.name == "30 s")
        record.validity = {false, {"The generator fell behind: 1,500 of 19,980 attempts were late."}};
    return record;
}

/// Never moved: reports point at them.
std::deque<record::RunRecord>& kept() {
    static std::deque<record::RunRecord> records;
    return records;
}

void add_runs(Section& section) {
    std::vector<const record::RunRecord*> records;
    for (std::uint32_t repeat = 1; repeat <= 4; ++repeat)
        for (const Variant& variant : variants()) {
            const record::RunRecord& record = kept().emplace_back(record_of(variant, repeat));
            records.push_back(&record);
            section.runs.push_back({&record,
                                    "runs/timed-wait-delay-" + variant.name + "-" + std::to_string(repeat) + ".json",
                                    report::summarise(record)});
        }
    section.comparison = compare::compare(records);
}

void add_lines(Section& section) {
    using compare::Decision;
    section.lines = {
        {"240 s", Standing::bad, std::nullopt, "",
         "Ports ran out after 119 s: 33.3/s x 240 s = 7,992 pairs wanted, 3,976 ports to hold them.", "none",
         variants()[0].caveats},
        {"120 s", Standing::bad, Decision::better, "better: +44.8 points [44.7, 44.9]",
         "Lasts to 33.1/s (3,976 ports / 120 s).", "none", variants()[1].caveats},
        {"60 s", Standing::good, Decision::no_difference, "no difference larger than 2 %",
         "No failure. CPU 51 us per connection.", "safe if no segment lives longer than 30 s", variants()[2].caveats},
        {"30 s", Standing::invalid, Decision::cannot_tell, "cannot tell, run more: 6 repeats",
         "Not valid: the generator fell behind.", "old duplicates are no longer kept apart", variants()[3].caveats}};
}

}  // namespace

Report four_variants() {
    Report report;
    report.command = "portdrought compare timed-wait-delay --repeat 4";
    report.tool = "portdrought 0.1.0 (0123456789ab)";
    Section& section = report.sections.emplace_back();
    section.scenario = "timed-wait-delay";
    section.title = "Does lowering TcpTimedWaitDelay help?";
    section.question = "Does lowering TcpTimedWaitDelay help at 33 connections a second?";
    section.sources = {"Microsoft, TcpTimedWaitDelay: 240 s by default, 30 s at the least"};
    section.headline = {
        Standing::bad,
        "With 240 s the ports run out after 119 s; from 60 s down they last, and 120 s is just not enough."};
    report.headline = section.headline;
    add_runs(section);
    add_lines(section);
    section.charts = charts_of_all();
    return report;
}

Report swept() {
    Report report;
    report.command =
        "portdrought sweep port-cliff --vary load.rate=200/s..800/s:100 --vary host.timed_wait_delay=1s,2s,4s";
    report.tool = "portdrought 0.1.0 (0123456789ab)";
    Section& section = report.sections.emplace_back();
    section.scenario = "port-cliff";
    section.question = "From which rate on do ports run out?";
    section.headline = {Standing::open, "Of 21 points 10 had attempts without a port."};
    report.headline = section.headline;
    charts::HeatMap map{"sweep-ok",
                        "Attempts that were ok",
                        "The line divides points with failures from those without.",
                        "load.rate",
                        "host.timed_wait_delay",
                        {},
                        {"1s", "2s", "4s"},
                        Unit::percent,
                        {},
                        {},
                        {},
                        "Failures begin at 500/s for 1 s, at 300/s for 2 s."};
    for (int rate = 200; rate <= 800; rate += 100) map.x_values.push_back(std::to_string(rate) + "/s");
    for (int row = 0; row < 3; ++row)
        for (int column = 0; column < 7; ++column) {
            const double share = std::min(100.0, 40000.0 / ((column + 2) * 100 * (row + 1)));
            map.cells.push_back(row == 2 && column == 6 ? std::nullopt : std::optional{share});
            map.measured.push_back(map.cells.back().has_value());
            map.fails.push_back(map.measured.back() && share < 100);
        }
    section.charts.maps.push_back(std::move(map));
    section.charts.subjects = {{"port-cliff (model)", 21, 20, {"compressed x60", "modelled", "3 values unverified"}}};
    return report;
}

// --- hostile
// ------------------------------------------------------------------------------------------------------------

const std::vector<std::string>& hostile_texts() {
    static const std::vector<std::string> all{
        "</script><img src=x onerror=injected=true>",
        "<!--<script>injected=true</script>",
        "\"><svg onload=injected=true>",
        "' onfocus=injected=true autofocus '",
        "]]><script>injected=true</script>",
        "\xe2\x80\xaegnp.exe\xe2\x80\xa6",                // U+202E
        std::string{"a\0b\x1b[31m", 8} + "\xe2\x80\xa8",  // NUL, an escape sequence, U+2028
        "\xff\xfe\xc0\xaf\xed\xa0\x80\xf5",               // no UTF-8
        "=HYPERLINK(\"http://127.0.0.1/\")",
        "{{constructor.constructor('injected=true')()}}",
        "javascript:injected=true",
        "</textarea></title></style></noscript>&lt;b&gt;"};
    return all;
}

namespace {

/// All of them in one line, different from one call to the next.
std::string hostile_text() {
    static std::size_t number = 0;
    std::string text = std::to_string(++number) + ' ';
    for (const std::string& part : hostile_texts()) text += part + ' ';
    return text;
}

void spoil(scenario::Scenario& scenario, const std::string& variant) {
    scenario.name = hostile_text();
    scenario.title = hostile_text();
    scenario.question = hostile_text();
    scenario.source = {hostile_text()};
    scenario.expected = hostile_text();
    scenario.variant = variant;
    scenario.load.trace = hostile_text();
}

void spoil(record::RunRecord& record, const std::string& variant) {
    spoil(record.scenario, variant);
    record.tool_version = hostile_text();
    record.git_revision = hostile_text();
    record.started_at = hostile_text();
    record.engine = hostile_text();
    record.host.kernel = hostile_text();
    record.host.machine = hostile_text();
    record.host.sysctls[hostile_text()] = hostile_text();
    record.validity.notes.push_back(hostile_text());
    record.listing.emplace().rows = {{hostile_text(), hostile_text(), hostile_text(), 0}};
    record.model.emplace().costs_source = hostile_text();
    record.model->unverified = {hostile_text()};
}

void spoil(charts::Charts& charts, const std::vector<std::string>& names) {
    for (std::size_t i = 0; i < charts.subjects.size(); ++i) {
        charts.subjects[i].name = names[i];
        charts.subjects[i].caveats = {hostile_text(), "not valid: " + hostile_text()};
    }
    for (Chart& chart : charts.charts) {
        chart.id = chart.title = hostile_text();
        chart.note = chart.x.label = chart.y.label = hostile_text();
        for (Panel& panel : chart.panels) {
            panel.text = hostile_text();
            for (Series& series : panel.series) series.key = series.label = hostile_text();
            for (charts::Mark& mark : panel.marks) mark.label = hostile_text();
        }
    }
    for (charts::HeatMap& map : charts.maps) {
        map.id = map.title = map.note = map.text = map.x_key = map.y_key = hostile_text();
        for (std::string& value : map.x_values) value = hostile_text();
        for (std::string& value : map.y_values) value = hostile_text();
    }
}

}  // namespace

Report hostile() {
    Report report = four_variants();
    report.command = hostile_text();
    report.tool = hostile_text();
    report.headline.sentence = hostile_text();
    Section& section = report.sections.front();
    section.charts.maps = swept().sections.front().charts.maps;
    std::vector<std::string> names;
    for (std::size_t i = 0; i < 4; ++i) names.push_back(hostile_text());
    section.runs.clear();
    std::vector<const record::RunRecord*> records;
    for (std::size_t i = 0; i < 4; ++i) {
        record::RunRecord& record = kept().emplace_back(record_of(variants()[i], 1));
        spoil(record, names[i]);
        records.push_back(&record);
        section.runs.push_back({&record, hostile_text(), report::summarise(record)});
    }
    section.comparison = compare::compare(records);
    section.scenario = section.title = section.question = hostile_text();
    section.sources = {hostile_text()};
    section.headline.sentence = hostile_text();
    for (std::size_t i = 0; i < section.lines.size(); ++i) {
        report::VariantLine& line = section.lines[i];
        line.variant = names[i];
        line.effect = line.words = line.cost = hostile_text();
        line.caveats = {hostile_text()};
    }
    section.check.emplace().judgements.push_back({});
    section.check->judgements.front().that = section.check->judgements.front().reason = hostile_text();
    section.check->left_out = {hostile_text()};
    spoil(section.charts, names);
    return report;
}

}  // namespace portdrought::made
