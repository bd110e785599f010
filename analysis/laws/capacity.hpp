// The arithmetic of port exhaustion: how many pairs a rate keeps busy, what rate lasts, when the pool runs dry. Each
// law takes plain numbers and assumes a constant residence time, which TIME-WAIT has; what a scenario would give is in
// prediction.hpp. A pair is a source address, source port and destination. Pure.
#pragma once

#include <cstdint>
#include <optional>

#include "core/units.hpp"

namespace portdrought::laws {

/// Little's law: the mean number present where `arrivals` stay for `residence` each.
double little(core::Rate arrivals, core::Duration residence);

/// The highest rate, per second, that never runs out: capacity / residence. Infinite where nothing stays.
double sustainable_rate(std::uint64_t capacity, core::Duration residence);

/// From an empty pool. Nothing comes back before the first residence time is over, so this is capacity / rate; absent
/// when the rate lasts for ever.
std::optional<core::Duration> time_to_exhaustion(std::uint64_t capacity, core::Rate rate, core::Duration residence);

/// The same for exponential residence times of that mean, where some pairs come back early.
std::optional<core::Duration> time_to_exhaustion_exponential(std::uint64_t capacity, core::Rate rate,
                                                             core::Duration mean_residence);

/// The share (0..1) of attempts that find a pair in the long run.
double accepted_fraction(std::uint64_t capacity, core::Rate rate, core::Duration residence);
/// The rest of them: 1 - capacity / (rate x residence) under overload, else 0. For random arrivals see erlang.hpp.
double failing_fraction(std::uint64_t capacity, core::Rate rate, core::Duration residence);

/// How many times more connections a second last where tw_reuse gives a pair back after `reuse_delay` instead of
/// `time_wait`: (open + time_wait) / (open + reuse_delay).
double reuse_factor(core::Duration open, core::Duration time_wait, core::Duration reuse_delay);

/// Keep-alive: the same requests on fewer connections that stay open for longer.
struct KeepAlive {
    core::Rate connections;  // opened per second
    core::Duration open;     // each
};
/// `requests` per second, `per_connection` on each, `per_request` between one and the next.
KeepAlive keep_alive(core::Rate requests, std::uint32_t per_connection, core::Duration per_request);

/// A pool of constant residence under overload alternates: it accepts everything until it is full, then nothing until
/// the first pair comes back; the period is the residence time.
struct OverloadWave {
    core::Duration accepting, refusing;
};
/// Absent when there is no overload.
std::optional<OverloadWave> overload_wave(std::uint64_t capacity, core::Rate rate, core::Duration residence);

/// TIME-WAIT under a limit (net.ipv4.tcp_max_tw_buckets): what is kept, and closes per second that skip it.
struct LimitedTimeWait {
    double kept, overflow_per_s;
};
LimitedTimeWait limited_time_wait(core::Rate arrivals, core::Duration residence, std::uint64_t limit);

}  // namespace portdrought::laws
