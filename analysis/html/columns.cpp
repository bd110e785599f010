#include "analysis/html/columns.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>

namespace portdrought::html {
namespace {

constexpr double steps_per_decade = 1000;

long step_of(double value, const Packing& packing) {
    if (std::isnan(value)) return unknown;
    switch (packing.scale) {
        case charts::Scale::linear: {
            const double step = std::pow(10.0, std::abs(packing.exponent));
            const double steps = packing.exponent < 0 ? value * step : value / step;
            return std::isfinite(steps) && std::abs(steps) < 1e15 ? std::lround(steps) : unknown;
        }
        case charts::Scale::logarithmic:
            if (value <= 0 || !std::isfinite(value)) return unknown;
            return std::lround(std::log10(value) * steps_per_decade);
        case charts::Scale::percentile: break;
    }
    if (value >= 1) return certain;
    return value < 0 ? unknown : std::lround(-std::log10(1 - value) * steps_per_decade);
}

void append_digits(std::string& text, std::uint64_t number) {
    constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    do {
        const std::uint64_t rest = number >> 5U;
        text += digits[(number & 31U) | (rest > 0 ? 32U : 0U)];
        number = rest;
    } while (number > 0);
}

void append_signed(std::string& text, long number) {
    const auto size = static_cast<std::uint64_t>(number < 0 ? -number : number);
    append_digits(text, size << 1U | (number < 0 ? 1U : 0U));
}

/// Two equal values in a row are not worth a count.
void append_equal(std::string& text, std::uint64_t count) {
    if (count < 3) {
        text.append(count, 'A');
        return;
    }
    text += '!';
    append_digits(text, count);
}

}  // namespace

Packing packing_for(double largest, charts::Scale scale, charts::Unit unit) {
    if (scale != charts::Scale::linear || !(largest > 0) || !std::isfinite(largest)) return {scale, 0};
    const int exponent = static_cast<int>(std::floor(std::log10(largest))) - (unit == charts::Unit::count ? 5 : 3);
    return {scale, unit == charts::Unit::count ? std::max(exponent, 0) : std::clamp(exponent, -9, 9)};
}

std::vector<long> steps_of(const std::vector<double>& values, const Packing& packing) {
    std::vector<long> steps;
    steps.reserve(values.size());
    for (const double value : values) steps.push_back(step_of(value, packing));
    return steps;
}

std::string packed(const std::vector<long>& steps) {
    std::string text;
    long last = 0;
    std::uint64_t equal = 0;
    for (const long step : steps) {
        if (step == last) {
            ++equal;
            continue;
        }
        append_equal(text, equal);
        equal = 0;
        if (step == unknown) {
            text += '~';
            continue;
        }
        append_signed(text, step - last);
        last = step;
    }
    append_equal(text, equal);
    return text;
}

std::string packed_evenly(const std::vector<long>& steps) {
    std::vector<long> differences;
    differences.reserve(steps.size());
    long last = 0;
    for (const long step : steps) {
        differences.push_back(step - last);
        last = step;
    }
    return packed(differences);
}

// --- thinning
// ---------------------------------------------------------------------------------------------------------

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// Where each group of neighbours ends that share a place.
std::vector<std::size_t> groups_of(const std::vector<double>& x, std::size_t most) {
    std::vector<std::size_t> ends;
    const double width = (x.back() - x.front()) / static_cast<double>(most);
    std::size_t place = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        const auto at = std::min(static_cast<std::size_t>((x[i] - x.front()) / width), most - 1);
        if (i > 0 && at != place) ends.push_back(i);
        place = at;
    }
    ends.push_back(x.size());
    return ends;
}

struct Extent {
    double mean = nan, least = nan, most = nan;
};

Extent extent_of(std::span<const double> values, std::span<const double> low, std::span<const double> high) {
    Extent extent;
    double sum = 0;
    std::size_t known = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (std::isnan(values[i])) continue;
        sum += values[i];
        ++known;
        extent.least = std::fmin(extent.least, low.empty() ? values[i] : std::fmin(low[i], values[i]));
        extent.most = std::fmax(extent.most, high.empty() ? values[i] : std::fmax(high[i], values[i]));
    }
    if (known > 0) extent.mean = sum / static_cast<double>(known);
    return extent;
}

std::span<const double> part(const std::vector<double>& values, std::size_t from, std::size_t to) {
    if (values.empty()) return {};
    return std::span{values}.subspan(from, to - from);
}

charts::Series thinned(const charts::Series& series, const std::vector<std::size_t>& ends) {
    charts::Series result{series.key, series.label, {}, {}, {}, series.is_stacked};
    std::size_t from = 0;
    for (const std::size_t to : ends) {
        const Extent extent =
            extent_of(part(series.y, from, to), part(series.low, from, to), part(series.high, from, to));
        result.y.push_back(extent.mean);
        result.low.push_back(extent.least);
        result.high.push_back(extent.most);
        from = to;
    }
    return result;
}

/// The middle of each group, except that a curve keeps its first and its last moment.
std::vector<double> places_of(const std::vector<double>& x, const std::vector<std::size_t>& ends) {
    std::vector<double> places;
    std::size_t from = 0;
    for (const std::size_t to : ends) {
        places.push_back((x[from] + x[to - 1]) / 2);
        from = to;
    }
    places.front() = x.front();
    places.back() = x.back();
    return places;
}

}  // namespace

charts::Panel thinned(const charts::Panel& panel, std::size_t most) {
    charts::Panel result = panel;
    if (panel.x.size() <= most) return result;
    const std::vector<std::size_t> ends = groups_of(panel.x, most);
    result.x = places_of(panel.x, ends);
    for (charts::Series& series : result.series) series = thinned(series, ends);
    return result;
}

}  // namespace portdrought::html
