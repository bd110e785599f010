#include "analysis/text/numbers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace portdrought::text {

std::string figure_below(double number) {
    number *= 1 + 1e-9;  // 470.5 is not 470.49999999999994, nor 1,000 what is 999.9999999
    const double scale = number >= 1000 ? 1 : number >= 10 ? 10 : number >= 0.01 ? 100 : 1000;
    const double below = std::floor(number * scale) / scale;
    if (scale == 1) return thousands(static_cast<std::uint64_t>(std::min(below, 9e18)));
    return core::decimal(below, 3);
}

std::string percent(double share) {
    if (share <= 0) return "0 %";
    if (share >= 1) return "100 %";
    if (share < 0.0005) return "<0.1 %";
    if (share >= 0.9995) return ">99.9 %";
    return fmt::format("{:.1f} %", share * 100);
}

std::string difference(core::Duration duration) {
    const core::Duration size = duration < core::Duration{0} ? -duration : duration;
    const double ms = core::seconds(size) * 1e3;
    const char sign = duration < core::Duration{0} ? '-' : '+';
    return ms < 0.995 ? fmt::format("{}{:.2f} ms", sign, ms) : sign + latency(size);
}

std::string seconds(double value) { return figure(value) + " s"; }

std::string seconds(core::Duration duration) { return seconds(core::seconds(duration)); }

std::string range(std::string least, std::string most) {
    for (const std::string_view unit : {" %", "/s", " ms", " us", " s", " kB", " MB", " GB", " bytes"}) {
        if (!least.ends_with(unit) || !most.ends_with(unit)) continue;
        least.resize(least.size() - unit.size());
        most.resize(most.size() - unit.size());
        break;
    }
    return fmt::format("[{}, {}]", least, most);
}

std::string bytes(std::uint64_t count) {
    if (count < 10'000) return thousands(count) + (count == 1 ? " byte" : " bytes");
    constexpr std::array units{"kB", "MB", "GB", "TB"};
    double value = static_cast<double>(count) / 1e3;
    std::size_t unit = 0;
    while (value >= 999.5 && unit + 1 < units.size()) {
        value /= 1e3;
        ++unit;
    }
    return figure(value) + ' ' + units[unit];
}

std::string counted(std::uint64_t count, std::string_view noun) {
    return thousands(count) + ' ' + std::string{noun} + (count == 1 ? "" : "s");
}

}  // namespace portdrought::text
