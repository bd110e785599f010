#include "analysis/charts/sweep_charts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "analysis/charts/caveats.hpp"
#include "analysis/charts/words.hpp"
#include "analysis/stats/values.hpp"
#include "analysis/text/numbers.hpp"
#include "scenario/catalogue.hpp"
#include "scenario/keys/value_text.hpp"
#include "scenario/profile.hpp"

namespace portdrought::charts {
namespace {

using record::SweepAxis;
using record::SweepHeader;
using record::SweepRow;

constexpr const char* repetition = "repetition";

/// What all repetitions of a point showed.
struct Cell {
    std::vector<double> ok_percent, first_failure_s;  // of the valid ones; of those that had a failure
    bool fails = false;
    std::size_t invalid = 0;

    std::optional<double> ok() const { return middle(ok_percent); }
    /// Of a point at which most repetitions had no failure, none.
    std::optional<double> first_failure() const {
        return 2 * first_failure_s.size() < ok_percent.size() ? std::nullopt : middle(first_failure_s);
    }

private:
    static std::optional<double> middle(const std::vector<double>& values) {
        return values.empty() ? std::nullopt : std::optional{stats::median(values)};
    }
};

void add(Cell& cell, const SweepRow& row) {
    if (!row.valid) return void(++cell.invalid);
    if (row.attempts == 0) return;
    cell.ok_percent.push_back(100 * static_cast<double>(row.ok) / static_cast<double>(row.attempts));
    if (!row.time_to_first_failure_s) return;
    cell.fails = true;
    cell.first_failure_s.push_back(*row.time_to_first_failure_s);
}

/// The axes that are drawn, and those whose combinations have a map each.
struct Plan {
    std::size_t across = 0;
    std::optional<std::size_t> down;
    std::vector<std::size_t> others;
};

std::optional<Plan> plan_of(const SweepHeader& header) {
    std::vector<std::size_t> axes;
    for (std::size_t i = 0; i < header.axes.size(); ++i)
        if (header.axes[i].values.size() > 1 && header.axes[i].key != repetition) axes.push_back(i);
    if (axes.empty()) return std::nullopt;
    std::vector<std::size_t> by_size = axes;
    std::ranges::stable_sort(by_size, std::greater{},
                             [&](std::size_t axis) { return header.axes[axis].values.size(); });
    Plan plan{by_size[0], {}, {}};
    if (by_size.size() > 1) {
        plan.down = std::min(by_size[0], by_size[1]);
        plan.across = std::max(by_size[0], by_size[1]);
    }
    for (const std::size_t axis : axes)
        if (axis != plan.across && axis != plan.down) plan.others.push_back(axis);
    return plan;
}

/// Of one combination of the other axes.
struct Grid {
    std::string others;  // "host.sources = 2"
    std::vector<std::string> x_values, y_values;
    std::vector<Cell> cells;  // row by row
};

std::vector<std::string> first_of(const std::vector<std::string>& values) {
    return {values.begin(), values.begin() + static_cast<std::ptrdiff_t>(std::min(values.size(), most_cells_across))};
}

std::string words_for(const SweepHeader& header, const Plan& plan, const std::vector<std::size_t>& place) {
    std::string words;
    for (const std::size_t axis : plan.others)
        words += fmt::format("{}{} = {}", words.empty() ? "" : ", ", header.axes[axis].key,
                             header.axes[axis].values[place[axis]]);
    return words;
}

/// By the places on the other axes, in the order of the sweep.
std::vector<Grid> grids_of(const SweepHeader& header, const std::vector<SweepRow>& rows, const Plan& plan) {
    std::map<std::vector<std::size_t>, Grid> grids;
    for (const SweepRow& row : rows) {
        const std::vector<std::size_t> place = header.place_of(row.point);
        std::vector<std::size_t> key;
        for (const std::size_t axis : plan.others) key.push_back(place[axis]);
        Grid& grid = grids[key];
        if (grid.cells.empty()) {
            grid.others = words_for(header, plan, place);
            grid.x_values = first_of(header.axes[plan.across].values);
            if (plan.down) grid.y_values = first_of(header.axes[*plan.down].values);
            grid.cells.resize(grid.x_values.size() * std::max<std::size_t>(grid.y_values.size(), 1));
        }
        const std::size_t x = place[plan.across], y = plan.down ? place[*plan.down] : 0;
        if (x < grid.x_values.size() && (y == 0 || y < grid.y_values.size()))
            add(grid.cells[y * grid.x_values.size() + x], row);
    }
    std::vector<Grid> result;
    for (auto& [key, grid] : grids) result.push_back(std::move(grid));
    return result;
}

struct Kind {
    const char *id, *title, *note;
    Unit unit;
    std::optional<double> (Cell::*value)() const;
    std::string (*format)(double);
};

std::string as_seconds(double value) { return text::seconds(value); }

constexpr Kind kinds[] = {
    {"sweep-ok", "Attempts that were ok", "The line divides points with failures from those without.", Unit::percent,
     &Cell::ok, as_percent},
    {"sweep-first-failure", "Time to the first failure", "Scenario time; empty where no attempt was without a port.",
     Unit::seconds, &Cell::first_failure, as_seconds}};

std::string place_words(const HeatMap& map, std::size_t cell) {
    const std::size_t across = map.x_values.size();
    std::string words = fmt::format("{} = {}", map.x_key, map.x_values[cell % across]);
    if (!map.y_key.empty()) words += fmt::format(", {} = {}", map.y_key, map.y_values[cell / across]);
    return words;
}

/// The least and most, and how many points have failures.
std::string map_text(const HeatMap& map, const Grid& grid, const Kind& kind) {
    std::size_t known = 0, failing = 0, invalid = 0;
    std::optional<std::size_t> least, most;
    for (std::size_t i = 0; i < map.cells.size(); ++i) {
        invalid += grid.cells[i].invalid;
        if (grid.cells[i].ok()) ++known;
        if (map.fails[i]) ++failing;
        if (!map.cells[i]) continue;
        if (!least || *map.cells[i] < *map.cells[*least]) least = i;
        if (!most || *map.cells[i] > *map.cells[*most]) most = i;
    }
    std::string words = fmt::format("Of {} measured, {} had attempts without a port.", text::counted(known, "point"),
                                    text::thousands(failing));
    if (least && most)
        words += fmt::format(" Least {} at {}; most {} at {}.", kind.format(*map.cells[*least]),
                             place_words(map, *least), kind.format(*map.cells[*most]), place_words(map, *most));
    if (invalid > 0) words += fmt::format(" Left out as not valid: {}.", text::counted(invalid, "run"));
    return words;
}

HeatMap map_of(const SweepHeader& header, const Plan& plan, const Grid& grid, const Kind& kind, std::size_t number) {
    HeatMap map;
    map.id = kind.id + (number == 0 ? "" : fmt::format("-{}", number + 1));
    map.title = kind.title + (grid.others.empty() ? "" : ": " + grid.others);
    map.note = kind.note;
    map.x_key = header.axes[plan.across].key;
    if (plan.down) map.y_key = header.axes[*plan.down].key;
    map.x_values = grid.x_values;
    map.y_values = grid.y_values;
    map.unit = kind.unit;
    for (const Cell& cell : grid.cells) {
        map.cells.push_back((cell.*kind.value)());
        map.measured.push_back(cell.ok().has_value());
        map.fails.push_back(cell.fails);
    }
    map.text = map_text(map, grid, kind);
    return map;
}

/// What does not fit is told with the first map.
std::string left_out_words(const SweepHeader& header, const Plan& plan, std::size_t grids) {
    std::string words;
    if (grids > most_maps)
        words += fmt::format(" {} of {} combinations of the other axes are drawn; the file has all.", most_maps, grids);
    for (const std::optional<std::size_t> axis : {std::optional{plan.across}, plan.down})
        if (axis && header.axes[*axis].values.size() > most_cells_across)
            words += fmt::format(" Of {} the first {} of {} values are drawn.", header.axes[*axis].key,
                                 most_cells_across, header.axes[*axis].values.size());
    return words;
}

struct Place {
    double x;
    const Cell* cell;
};

/// The values of an axis in rising order; empty where they are not numbers of one kind, or not all different.
std::vector<Place> rising(const Grid& grid) {
    std::vector<Place> places;
    std::optional<Unit> unit;
    for (std::size_t i = 0; i < grid.x_values.size(); ++i) {
        const auto quantity = quantity_of(grid.x_values[i]);
        if (!quantity || quantity->unit != unit.value_or(quantity->unit)) return {};
        unit = quantity->unit;
        places.push_back({quantity->value, &grid.cells[i]});
    }
    std::ranges::sort(places, {}, &Place::x);
    if (std::ranges::adjacent_find(places, {}, &Place::x) != places.end()) return {};
    return places;
}

std::string quantity_words(double value, Unit unit) {
    if (unit == Unit::per_second) return as_per_second(value);
    return unit == Unit::seconds ? text::seconds(value) : text::figure(value);
}

/// Where more is worse failures begin at some place; where more is better, as of ports, they end at one.
std::optional<Mark> failures_mark(const std::vector<Place>& places, Unit unit) {
    const auto fails = [](const Place& place) { return place.cell->fails; };
    const auto first = std::ranges::find_if(places, fails);
    if (first == places.end()) return std::nullopt;
    const bool ends = first == places.begin() && !fails(places.back());
    const double at = ends ? std::ranges::find_if(places.rbegin(), places.rend(), fails)->x : first->x;
    return Mark{MarkKind::first_failure,
                at,
                fmt::format("failures {} {}", ends ? "up to" : "from", quantity_words(at, unit)),
                {}};
}

Chart chart_of(const SweepHeader& header, const Plan& plan, const Grid& grid, const std::vector<Place>& places,
               const Kind& kind) {
    Chart chart{kind.id,
                kind.title,
                "",
                {header.axes[plan.across].key, quantity_of(grid.x_values[0])->unit, Scale::linear},
                {kind.title, kind.unit, Scale::linear},
                false,
                {}};
    chart.note = kind.unit == Unit::seconds ? kind.note : "The band is the least and most over repetitions.";
    if (places.front().x > 0 && places.back().x > 8 * places.front().x) chart.x.scale = Scale::logarithmic;
    Panel panel;
    Series series{kind.unit == Unit::percent ? "ok" : "first_failure", kind.title, {}, {}, {}, false};
    for (const Place& place : places) {
        panel.x.push_back(place.x);
        const std::vector<double>& all =
            kind.unit == Unit::percent ? place.cell->ok_percent : place.cell->first_failure_s;
        const auto value = (place.cell->*kind.value)();
        series.y.push_back(value.value_or(NAN));
        series.low.push_back(value ? std::ranges::min(all) : NAN);
        series.high.push_back(value ? std::ranges::max(all) : NAN);
    }
    const auto differs = [](double a, double b) { return !std::isnan(a) && a != b; };
    if (std::ranges::equal(series.low, series.high, std::not_fn(differs))) series.low.clear(), series.high.clear();
    panel.series.push_back(std::move(series));
    if (auto mark = failures_mark(places, chart.x.unit)) panel.marks.push_back(std::move(*mark));
    panel.text = map_text(map_of(header, plan, grid, kind, 0), grid, kind);
    chart.panels.push_back(std::move(panel));
    return chart;
}

bool varies(const SweepHeader& header, std::string_view key) {
    return std::ranges::find(header.axes, key, &SweepAxis::key) != header.axes.end();
}

/// Of the values that the axes go through, whether one names a profile with values that nobody could check.
bool has_unverified_profiles(const SweepHeader& header) {
    const auto is_unverified = [](const std::string& name) {
        const scenario::CatalogueEntry* entry = scenario::find_profile(name);
        return entry != nullptr && !scenario::unverified(scenario::profile_of(*entry)).empty();
    };
    return std::ranges::any_of(header.axes, [&](const SweepAxis& axis) {
        return (axis.key == "host.profile" || axis.key == "nat.profile") &&
               std::ranges::any_of(axis.values, is_unverified);
    });
}

/// By the keys that are the same at every point; what an axis changes, as far as it needs saying.
std::vector<std::string> caveats_for(const SweepHeader& header) {
    const bool is_partly = header.engine.find(", ") != header.engine.npos;
    const bool is_modelled = header.engine.find("model") != header.engine.npos;
    scenario::Scenario scenario = scenario::unflatten(header.scenario).scenario;
    scenario.lab.engine = is_modelled && !is_partly ? scenario::Engine::model : scenario::Engine::kernel;
    std::vector<std::string> caveats = caveats_of(scenario);
    if (varies(header, "lab.time_scale")) caveats.emplace_back("compressed differently");
    if (varies(header, "host.timed_wait_delay") && header.engine != "model") caveats.emplace_back("enforced TIME_WAIT");
    if (is_partly) {
        caveats.emplace_back("partly modelled");
        if (const std::size_t values = scenario::unverified(scenario).size(); values > 0)
            caveats.push_back(text::counted(values, "value") + " unverified");
    }
    if (is_modelled && has_unverified_profiles(header)) caveats.emplace_back("unverified values of some profiles");
    return caveats;
}

Subject subject_of(const SweepHeader& header, const std::vector<SweepRow>& rows) {
    const scenario::Scenario scenario = scenario::unflatten(header.scenario).scenario;
    Subject subject;
    subject.name = scenario.variant.empty() ? scenario.name : scenario.variant;
    if (!header.engine.empty()) subject.name += " (" + header.engine + ")";
    subject.runs = rows.size();
    subject.valid = static_cast<std::size_t>(std::ranges::count(rows, true, &SweepRow::valid));
    subject.caveats = caveats_for(header);
    if (subject.valid < subject.runs)
        subject.caveats.push_back(fmt::format("{} of {} runs not valid", subject.runs - subject.valid, subject.runs));
    return subject;
}

}  // namespace

std::optional<Quantity> quantity_of(const std::string& text) {
    if (const auto rate = scenario::rate_from(text)) return Quantity{rate->per_second, Unit::per_second};
    if (const auto duration = scenario::duration_from(text)) return Quantity{core::seconds(*duration), Unit::seconds};
    if (const auto number = scenario::number_from(text)) return Quantity{*number, Unit::count};
    return std::nullopt;
}

Charts sweep_charts(const SweepHeader& header, const std::vector<SweepRow>& rows) {
    Charts result;
    result.subjects = {subject_of(header, rows)};
    const auto plan = plan_of(header);
    if (!plan) return result;
    const std::vector<Grid> grids = grids_of(header, rows, *plan);
    for (const Kind& kind : kinds) {
        const std::vector<Place> places = !plan->down && !grids.empty() ? rising(grids.front()) : std::vector<Place>{};
        if (!places.empty()) {
            result.charts.push_back(chart_of(header, *plan, grids.front(), places, kind));
            continue;
        }
        for (std::size_t i = 0; i < std::min(grids.size(), most_maps); ++i)
            result.maps.push_back(map_of(header, *plan, grids[i], kind, i));
        if (!grids.empty())
            result.maps[result.maps.size() - std::min(grids.size(), most_maps)].note +=
                left_out_words(header, *plan, grids.size());
    }
    return result;
}

}  // namespace portdrought::charts
