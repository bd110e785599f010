#include "scenario/keys/value_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>

namespace portdrought::scenario {
namespace {

struct Unit {
    std::string_view name;
    std::int64_t factor;
};

// Longer names first: "min" and "ms" end in letters that other units use.
constexpr std::array<Unit, 6> duration_units{
    Unit{"min", 60'000'000'000}, {"ns", 1}, {"us", 1'000}, {"ms", 1'000'000}, {"s", 1'000'000'000},
    {"h", 3'600'000'000'000}};
constexpr std::array<Unit, 7> size_units{Unit{"KiB", 1 << 10}, {"MiB", 1 << 20}, {"GiB", 1 << 30}, {"KB", 1 << 10},
                                         {"MB", 1 << 20},      {"GB", 1 << 30},  {"B", 1}};

bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }
bool all_digits(std::string_view text) { return !text.empty() && std::ranges::all_of(text, is_digit); }

template <std::size_t N>
const Unit* unit_at_end(const std::array<Unit, N>& units, std::string_view text) {
    const auto* found = std::ranges::find_if(units, [&](const Unit& unit) { return text.ends_with(unit.name); });
    return found == units.end() ? nullptr : found;
}

/// "5" of a unit of 1'000'000 ns after the point is 500'000 ns; absent below 1 ns.
std::optional<std::int64_t> fraction_of(std::int64_t unit, std::string_view digits) {
    std::int64_t sum = 0;
    for (const char digit : digits) {
        if (!is_digit(digit)) return std::nullopt;
        if (digit != '0' && unit % 10 != 0) return std::nullopt;
        unit /= 10;
        sum += (digit - '0') * unit;
    }
    return sum;
}

std::string with_fraction(std::int64_t value, std::int64_t unit) {
    std::string text = std::to_string(value / unit);
    if (value % unit == 0) return text;
    std::string digits = std::to_string(unit + value % unit).substr(1);  // keeps leading zeros
    digits.erase(digits.find_last_not_of('0') + 1);
    return text + '.' + digits;
}

}  // namespace

std::optional<std::uint64_t> whole_from(std::string_view text, std::uint64_t most) {
    std::uint64_t value = 0;
    if (!all_digits(text)) return std::nullopt;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || value > most) return std::nullopt;
    return value;
}

std::optional<core::Duration> duration_from(std::string_view text) {
    const Unit* unit = unit_at_end(duration_units, text);
    if (unit == nullptr) return std::nullopt;
    text.remove_suffix(unit->name.size());
    const std::size_t point = text.find('.');
    const std::string_view digits = point == text.npos ? std::string_view{} : text.substr(point + 1);
    if (point != text.npos && digits.empty()) return std::nullopt;

    constexpr auto most = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    const auto factor = static_cast<std::uint64_t>(unit->factor);
    const auto whole = whole_from(text.substr(0, point), most / factor - 1);
    const auto fraction = fraction_of(unit->factor, digits);
    if (!whole || !fraction) return std::nullopt;
    return core::Duration{static_cast<std::int64_t>(*whole * factor) + *fraction};
}

std::string to_text(core::Duration duration) {
    const std::int64_t ns = duration.count();
    if (ns == 0 || ns >= 1'000'000'000) return with_fraction(ns, 1'000'000'000) + "s";
    if (ns >= 1'000'000) return with_fraction(ns, 1'000'000) + "ms";
    if (ns >= 1'000) return with_fraction(ns, 1'000) + "us";
    return std::to_string(ns) + "ns";
}

std::optional<core::Rate> rate_from(std::string_view text) {
    const std::size_t slash = text.find('/');
    const auto number = number_from(text.substr(0, slash));
    if (slash == text.npos || !number || *number <= 0) return std::nullopt;
    const std::string_view per = text.substr(slash + 1);
    if (per == "s") return core::Rate{*number};
    if (per == "min") return core::Rate{*number / 60};
    return std::nullopt;
}

std::string to_text(core::Rate rate) { return number_text(rate.per_second) + "/s"; }

std::optional<std::uint64_t> size_from(std::string_view text) {
    const Unit* unit = unit_at_end(size_units, text);
    if (unit == nullptr) return std::nullopt;
    text.remove_suffix(unit->name.size());
    const auto factor = static_cast<std::uint64_t>(unit->factor);
    const auto count = whole_from(text, std::numeric_limits<std::int64_t>::max() / factor);
    if (!count) return std::nullopt;
    return *count * factor;
}

std::string size_text(std::uint64_t bytes) {
    for (const auto* name : {"GB", "MB", "KB"}) {
        const auto factor = static_cast<std::uint64_t>(unit_at_end(size_units, name)->factor);
        if (bytes != 0 && bytes % factor == 0) return std::to_string(bytes / factor) + name;
    }
    return std::to_string(bytes) + "B";
}

std::optional<double> number_from(std::string_view text) {
    double value = 0;
    if (text.empty() || !is_digit(text.front())) return std::nullopt;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
    return value;
}

std::string number_text(double number) {
    std::array<char, 400> buffer{};  // the longest fixed form of a double has 310 digits before or 326 after the point
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number, std::chars_format::fixed).ptr;
    return {buffer.data(), end};
}

std::optional<PortEnds> ports_from(std::string_view text) {
    const std::size_t dash = text.find('-');
    const auto first = whole_from(text.substr(0, dash), 65535);
    const auto last = dash == text.npos ? first : whole_from(text.substr(dash + 1), 65535);
    if (!first || !last) return std::nullopt;
    return PortEnds{static_cast<std::uint16_t>(*first), static_cast<std::uint16_t>(*last)};
}

std::string to_text(const core::PortRange& range) {
    return std::to_string(range.first) + "-" + std::to_string(range.last);
}

}  // namespace portdrought::scenario
