#include "core/figures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace portdrought::core {
namespace {

/// For three significant digits; two are enough from 0.1 on, and what is below 0.00001 is nothing.
int decimals_of(double number) {
    if (number >= 99.95) return 0;
    if (number >= 9.995) return 1;
    if (number >= 0.0995) return 2;
    if (number >= 0.00995) return 4;
    if (number >= 0.000995) return 5;
    return number >= 0.0000995 ? 6 : 7;
}

}  // namespace

std::string thousands(std::uint64_t number) {
    std::string digits = std::to_string(number);
    for (std::size_t place = digits.size(); place > 3; place -= 3) digits.insert(place - 3, ",");
    return digits;
}

std::string figure(double number) {
    if (number < 0) return "-" + figure(-number);
    if (number >= 999.5) return thousands(static_cast<std::uint64_t>(std::llround(std::min(number, 9e18))));
    return decimal(number, decimals_of(number));
}

std::string decimal(double number, int most_decimals) {
    std::string text = fmt::format("{:.{}f}", number, most_decimals);
    if (text.find('.') == std::string::npos) return text;
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
    return text;
}

std::string latency(Duration duration) {
    const double us = seconds(duration) * 1e6;
    if (us < 9.95) return fmt::format("{:.1f} us", us);
    if (us < 99.5) return fmt::format("{:.0f} us", us);
    const double ms = us / 1e3;
    if (ms < 0.995) return fmt::format("{:.2f} ms", ms);
    if (ms < 9.95) return fmt::format("{:.1f} ms", ms);
    if (ms < 999.5) return fmt::format("{:.0f} ms", ms);
    return fmt::format("{:.2f} s", ms / 1e3);
}

}  // namespace portdrought::core
