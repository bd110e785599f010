#include "sweep/range.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstdint>
#include <limits>

#include "scenario/keys/value_text.hpp"
#include "sweep/vary.hpp"

namespace portdrought::sweep {
namespace {

constexpr double largest = 9e15;  // up to here a double counts without gaps, so that geometric steps are exact enough

/// An amount on an integral scale, and what is written behind its number.
struct Amount {
    enum class Kind : std::uint8_t { duration, size, number };
    Kind kind = Kind::number;
    std::int64_t count = 0;  // ns, bytes or millionths
    std::string unit;        // as written; of durations and sizes the printed unit is chosen anew

    bool fits(const Amount& other) const { return kind == other.kind && (kind != Kind::number || unit == other.unit); }
};

std::size_t digits_of(std::string_view text) { return std::min(text.find_first_not_of("0123456789."), text.size()); }

std::optional<Amount> amount_from(std::string_view text) {
    const std::string unit{text.substr(digits_of(text))};
    if (const auto duration = scenario::duration_from(text))
        return Amount{Amount::Kind::duration, duration->count(), unit};
    if (const auto size = scenario::size_from(text))
        return Amount{Amount::Kind::size, static_cast<std::int64_t>(*size), unit};
    const auto number = scenario::number_from(text.substr(0, digits_of(text)));
    const bool is_known = unit.empty() || unit == "/s" || unit == "/min";
    if (!number || !is_known || *number * 1e6 > largest) return std::nullopt;
    return Amount{Amount::Kind::number, std::llround(*number * 1e6), unit};
}

std::string millionths_text(std::int64_t count) {
    std::string text = fmt::format("{}.{:06}", count / 1'000'000, count % 1'000'000);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
    return text;
}

std::string text_of(const Amount& amount) {
    switch (amount.kind) {
        case Amount::Kind::duration: return scenario::to_text(core::Duration{amount.count});
        case Amount::Kind::size: return scenario::size_text(static_cast<std::uint64_t>(amount.count));
        case Amount::Kind::number: return millionths_text(amount.count) + amount.unit;
    }
    return {};
}

/// "has no step; write 1/s..9/s:2/s, or 1/s..9/s:x2 to double"
std::string step_advice(std::string_view low, std::string_view high) {
    const std::string unit{low.substr(digits_of(low))};
    return fmt::format("write {}..{}:STEP with a step such as 5{}, or {}..{}:x2 to double", low, high, unit, low, high);
}

RangeValues fault(std::string text) { return {{}, std::move(text)}; }

RangeValues too_many() { return fault(fmt::format("has more than {} values; write a larger step", most_points)); }

RangeValues evenly(Amount low, const Amount& high, std::int64_t step) {
    if (static_cast<std::uint64_t>((high.count - low.count) / step) >= most_points) return too_many();
    RangeValues range;
    while (true) {
        range.values.push_back(text_of(low));
        if (high.count - low.count < step) return range;
        low.count += step;
    }
}

/// Each value is worked out from the first one, so that rounding does not add up; those that round to the same are one.
RangeValues geometrically(const Amount& low, const Amount& high, double factor, bool only_whole) {
    if (low.count == 0) return fault("begins at 0, which no factor makes larger; write a lower end above 0");
    const double grain = only_whole && low.kind == Amount::Kind::number ? 1e6 : 1;
    const double steps = std::log(static_cast<double>(high.count) / static_cast<double>(low.count)) / std::log(factor);
    if (steps >= static_cast<double>(most_points)) return too_many();
    RangeValues range;
    for (int i = 0; i <= static_cast<int>(steps + 1e-9); ++i) {
        const double exact = static_cast<double>(low.count) * std::pow(factor, i);
        Amount value = low;
        value.count = std::min(static_cast<std::int64_t>(std::round(exact / grain) * grain), high.count);
        std::string text = text_of(value);
        if (range.values.empty() || range.values.back() != text) range.values.push_back(std::move(text));
    }
    return range;
}

}  // namespace

bool is_range(std::string_view item) {
    const std::size_t dots = item.find("..");
    return dots != item.npos && dots > 0 && item.front() >= '0' && item.front() <= '9';
}

RangeValues range_values(std::string_view item, bool only_whole) {
    const std::size_t dots = item.find("..");
    const std::size_t colon = std::min(item.find(':', dots), item.size());
    const std::string_view low_text = item.substr(0, dots), high_text = item.substr(dots + 2, colon - dots - 2);
    const auto low = amount_from(low_text), high = amount_from(high_text);
    if (!low || !high)
        return fault(
            fmt::format("has \"{}\" for an end, which is no amount that can be counted up; write "
                        "the values with commas between them",
                        low ? high_text : low_text));
    if (!low->fits(*high)) return fault(fmt::format("has ends of different units; write both as {} is", low_text));
    if (low->count > high->count) return fault(fmt::format("runs backwards; write {}..{}", high_text, low_text));
    if (static_cast<double>(high->count) > largest) return fault("is too large to be counted; write smaller ends");
    if (colon == item.size()) return fault("has no step; " + step_advice(low_text, high_text));

    std::string step_text{item.substr(colon + 1)};
    if (step_text.starts_with('x')) {
        const auto factor = scenario::number_from(std::string_view{step_text}.substr(1));
        if (!factor || *factor < 1.001)
            return fault(
                fmt::format("has \"{}\" for a factor; write a number of at least 1.001 behind the x", step_text));
        return geometrically(*low, *high, *factor, only_whole);
    }
    if (digits_of(step_text) == step_text.size()) step_text += low->unit;
    const auto step = amount_from(step_text);
    if (!step || !step->fits(*low) || step->count <= 0)
        return fault(
            fmt::format("has \"{}\" for a step; {}", item.substr(colon + 1), step_advice(low_text, high_text)));
    return evenly(*low, *high, step->count);
}

}  // namespace portdrought::sweep
