#include "analysis/laws/capacity.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace portdrought::laws {
namespace {

bool overloaded(std::uint64_t capacity, core::Rate rate, core::Duration residence) {
    return little(rate, residence) > static_cast<double>(capacity);
}

}  // namespace

double little(core::Rate arrivals, core::Duration residence) { return arrivals.per_second * core::seconds(residence); }

double sustainable_rate(std::uint64_t capacity, core::Duration residence) {
    if (residence <= core::Duration{0}) return std::numeric_limits<double>::infinity();
    return static_cast<double>(capacity) / core::seconds(residence);
}

std::optional<core::Duration> time_to_exhaustion(std::uint64_t capacity, core::Rate rate, core::Duration residence) {
    if (!overloaded(capacity, rate, residence)) return std::nullopt;
    return core::from_seconds(static_cast<double>(capacity) / rate.per_second);
}

std::optional<core::Duration> time_to_exhaustion_exponential(std::uint64_t capacity, core::Rate rate,
                                                             core::Duration mean_residence) {
    if (!overloaded(capacity, rate, mean_residence)) return std::nullopt;
    const double occupied = static_cast<double>(capacity) / little(rate, mean_residence);
    return core::from_seconds(-core::seconds(mean_residence) * std::log1p(-occupied));
}

double accepted_fraction(std::uint64_t capacity, core::Rate rate, core::Duration residence) {
    if (!overloaded(capacity, rate, residence)) return 1;
    return static_cast<double>(capacity) / little(rate, residence);
}

double failing_fraction(std::uint64_t capacity, core::Rate rate, core::Duration residence) {
    return 1 - accepted_fraction(capacity, rate, residence);
}

double reuse_factor(core::Duration open, core::Duration time_wait, core::Duration reuse_delay) {
    return core::seconds(open + time_wait) / core::seconds(open + std::min(time_wait, reuse_delay));
}

KeepAlive keep_alive(core::Rate requests, std::uint32_t per_connection, core::Duration per_request) {
    return {core::Rate{requests.per_second / per_connection}, per_request * per_connection};
}

std::optional<OverloadWave> overload_wave(std::uint64_t capacity, core::Rate rate, core::Duration residence) {
    const auto filled = time_to_exhaustion(capacity, rate, residence);
    if (!filled) return std::nullopt;
    return OverloadWave{*filled, residence - *filled};
}

LimitedTimeWait limited_time_wait(core::Rate arrivals, core::Duration residence, std::uint64_t limit) {
    const double kept = std::min(little(arrivals, residence), static_cast<double>(limit));
    return {kept, std::max(0.0, arrivals.per_second - sustainable_rate(limit, residence))};
}

}  // namespace portdrought::laws
