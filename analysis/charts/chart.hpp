// Charts as values: everything that is drawn, computed once from records. Who draws them adds nothing and judges
// nothing. Times are scenario time unless a label says real. Knows neither pixels nor colours.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace portdrought::charts {

enum class Unit : std::uint8_t { percent, count, per_second, microseconds, seconds, ratio };

/// How an axis is divided: evenly; by powers of ten; by percentiles, where 90, 99 and 99.9 % are equally far apart. The
/// values of a percentile axis are shares, 0..1.
enum class Scale : std::uint8_t { linear, logarithmic, percentile };

struct Axis {
    std::string label;  // "scenario time"
    Unit unit = Unit::seconds;
    Scale scale = Scale::linear;
};

/// A curve over Panel::x.
struct Series {
    std::string key;        // "time_wait_client": the same in every chart, so that it always looks the same
    std::string label;      // "client-held"
    std::vector<double> y;  // one per x; NaN where nothing is known
    /// Least and most, over repeats and over all samples that share a place on the axis. Empty where all equal y.
    std::vector<double> low, high;
    /// Stands on the series before it: y, low and high are its own, to be added to the y of those below.
    bool is_stacked = false;
};

enum class MarkKind : std::uint8_t {
    capacity,       // across, at y: every port
    limit,          // across, at y
    first_failure,  // upright, at x: measured
    cliff,          // upright, at x: connect() got slow
    predicted,      // upright, at x: what the laws say
    ceiling         // upright, at x: the rate that lasts, measured
};

/// A line with words on it. Two of them may lie at the same place: who draws keeps the words apart.
struct Mark {
    MarkKind kind = MarkKind::capacity;
    double at = 0;
    std::string label;         // "first failure 119 s"
    std::optional<double> to;  // a stretch from `at` to here, such as the bracket of a knee
};

/// One frame of a chart; frames of a chart share both axes.
struct Panel {
    std::size_t subject = 0;  // in Charts::subjects
    std::vector<double> x;    // rises strictly
    std::vector<Series> series;
    std::vector<Mark> marks;
    std::optional<double> whole;  // what 100 per cent stand for, so that y can be shown as a count as well
    std::string text;             // what is to be seen, in sentences, for those who cannot see it
};

struct Chart {
    std::string id;     // "time-wait": lower case, unique in a page
    std::string title;  // "TIME_WAIT, per cent of capacity"
    std::string note;   // how to read it; may be empty
    Axis x, y;
    bool is_overlaid = false;   // all panels in one frame, a curve per subject
    std::vector<Panel> panels;  // not every subject has one: `note` says why
};

/// A figure at every point of two axes of a sweep, with where failures begin: between points that were both measured.
struct HeatMap {
    std::string id, title, note;
    std::string x_key, y_key;  // "load.rate"; y_key is empty where only one axis is varied
    std::vector<std::string> x_values, y_values;
    Unit unit = Unit::percent;
    /// Row by row, y outermost. Absent where nothing was measured; of the time to a failure, also where most runs had
    /// none.
    std::vector<std::optional<double>> cells;
    // Beside cells:
    std::vector<bool> measured;  // some run counts, so that `fails` says something
    std::vector<bool> fails;     // some attempt found no port
    std::string text;
    std::size_t subject = 0;  // in Charts::subjects
};

/// What a panel or a map is about: a variant, one engine of two, or a sweep.
struct Subject {
    std::string name;
    /// `valid`: neither invalid nor interrupted. Only these are drawn; where there are none, all are.
    std::size_t runs = 0, valid = 0;
    /// "compressed x60", "enforced 240 s as 4.000 s", "modelled", "3 values unverified", "not valid: …": to be shown on
    /// everything that comes from these runs.
    std::vector<std::string> caveats;
};

struct Charts {
    std::vector<Subject> subjects;
    std::vector<Chart> charts;
    std::vector<HeatMap> maps;
};

}  // namespace portdrought::charts
