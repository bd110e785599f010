#include "analysis/expect/quantity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "analysis/text/numbers.hpp"

namespace portdrought::expect {
namespace {

using metrics::Unit;

struct Named {
    std::string_view name;
    double factor;
};

constexpr std::array<Named, 6> seconds_of{
    {{"ns", 1e-9}, {"us", 1e-6}, {"ms", 1e-3}, {"s", 1}, {"min", 60}, {"h", 3600}}};
constexpr std::array<Named, 2> per_second_of{{{"/s", 1}, {"/min", 1.0 / 60}}};
constexpr std::array<Named, 2> share_of{{{"", 1}, {"%", 0.01}}};
constexpr std::array<Named, 1> count_of{{{"", 1}}};
constexpr std::array<Named, 7> bytes_of{{{"B", 1},
                                         {"KB", 1 << 10},
                                         {"MB", 1 << 20},
                                         {"GB", 1 << 30},
                                         {"KiB", 1 << 10},
                                         {"MiB", 1 << 20},
                                         {"GiB", 1 << 30}}};

template <std::size_t N>
std::optional<double> in(const std::array<Named, N>& units, std::string_view name) {
    const auto* found = std::ranges::find(units, name, &Named::name);
    return found == units.end() ? std::nullopt : std::optional{found->factor};
}

std::string exact(double value, Unit unit) {
    switch (unit) {
        case Unit::share: return fmt::format("{:.12g} %", value * 100);
        case Unit::seconds: return fmt::format("{:.12g} s", value);
        case Unit::microseconds: return fmt::format("{:.12g} us", value);
        case Unit::per_second: return fmt::format("{:.12g}/s", value);
        case Unit::bytes: return fmt::format("{:.12g} bytes", value);
        case Unit::count: break;
    }
    return fmt::format("{:.12g}", value);
}

/// text::latency is for what was measured, which is never below 0.1 us; margins may be.
std::string microseconds(double value) {
    if (value == 0) return "0 us";
    return text::latency(core::Duration{std::llround(std::min(value * 1e3, 9e18))});
}

}  // namespace

std::optional<double> factor_of(std::string_view unit, Unit metric) {
    switch (metric) {
        case Unit::count: return in(count_of, unit);
        case Unit::share: return in(share_of, unit);
        case Unit::seconds: return in(seconds_of, unit);
        case Unit::microseconds:
            if (const auto seconds = in(seconds_of, unit)) return *seconds * 1e6;
            return std::nullopt;
        case Unit::per_second: return in(per_second_of, unit);
        case Unit::bytes: return in(bytes_of, unit);
    }
    return std::nullopt;
}

std::optional<double> factor_between(Unit from, Unit to) {
    if (from == to) return 1;
    if (from == Unit::seconds && to == Unit::microseconds) return 1e6;
    if (from == Unit::microseconds && to == Unit::seconds) return 1e-6;
    return std::nullopt;
}

std::string_view example(Unit unit) {
    switch (unit) {
        case Unit::count: return "a plain number such as 5";
        case Unit::share: return "99 % or 0.99";
        case Unit::seconds: return "a time such as 100s";
        case Unit::microseconds: return "a time such as 0.2 ms or 24 us";
        case Unit::per_second: return "a rate such as 16.6/s";
        case Unit::bytes: return "a size such as 512 B or 1 MB";
    }
    return "";
}

std::string to_text(double value, Unit unit) {
    if (std::isinf(value)) return "never";
    if (value < 0) return '-' + to_text(-value, unit);
    switch (unit) {
        case Unit::share: return text::percent(value);
        case Unit::seconds: return text::seconds(value);
        case Unit::microseconds: return microseconds(value);
        case Unit::per_second: return text::figure(value) + "/s";
        case Unit::bytes: return text::bytes(static_cast<std::uint64_t>(std::llround(std::min(value, 9e18))));
        case Unit::count: break;
    }
    return text::figure(value);
}

Two to_texts(double first, double second, Unit unit) {
    const Two texts{to_text(first, unit), to_text(second, unit)};
    if (texts.first != texts.second || first == second) return texts;
    return {exact(first, unit), exact(second, unit)};
}

}  // namespace portdrought::expect
