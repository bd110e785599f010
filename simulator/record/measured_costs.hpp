// The MeasuredCosts value: what opening a connection costs on one machine, as `portdrought calibrate` found it, and its
// file: JSON, schema portdrought.costs/1 (docs/model.md). Equal values give equal bytes.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/costs.hpp"
#include "record/format_error.hpp"

namespace portdrought::record {

inline constexpr const char* costs_schema = "portdrought.costs/1";

/// A cost by the name it has in files, in the order in which it is shown.
struct CostName {
    std::string_view key;
    core::Duration core::Costs::*member;
};
inline constexpr std::array cost_names{
    CostName{"connect", &core::Costs::connect},
    CostName{"connection", &core::Costs::connection},
    CostName{"failing_connection", &core::Costs::failing_connection},
    CostName{"time_wait_probe_cached", &core::Costs::time_wait_probe_cached},
    CostName{"time_wait_probe", &core::Costs::time_wait_probe},
    CostName{"live_probe", &core::Costs::live_probe},
};

/// The median of several runs, the least and the most.
struct MeasuredCost {
    core::Duration value{0}, least{0}, most{0};
    friend bool operator==(const MeasuredCost&, const MeasuredCost&) = default;
};

struct MeasuredCosts {
    std::string measured_at;  // UTC, RFC 3339
    std::string kernel;       // uname -r
    std::string machine;      // uname -m
    std::uint32_t cpus = 0;
    std::string tool_version;
    std::uint32_t runs = 0;                           // of each kind
    std::array<MeasuredCost, cost_names.size()> all;  // beside cost_names
    std::uint64_t cached_ports = core::Costs{}.cached_ports;

    core::Costs costs() const;
    /// "measured 2026-11-22 on Linux 6.18.0 x86_64, costs.json fnv1a 0123456789abcdef"; the digest is that of the whole
    /// file.
    std::string source(std::string_view file_name) const;
    friend bool operator==(const MeasuredCosts&, const MeasuredCosts&) = default;
};

/// Above zero, and at most a second: no machine is slower, and sums of a run cannot overflow.
bool is_plausible(core::Duration cost);

std::string to_json(const MeasuredCosts& costs);

/// `name` stands for the file in messages. Throws FormatError for anything but costs of this schema; members it does
/// not know are ignored.
MeasuredCosts costs_from_json(std::string_view text, std::string_view name);

/// Throws os::SystemError when the file cannot be read, FormatError as above.
MeasuredCosts read_costs_file(const std::string& path);

/// A reader sees the old file or the whole new one. Throws os::SystemError naming `path`, whose folder must exist.
void write_atomically(const MeasuredCosts& costs, const std::string& path);

}  // namespace portdrought::record
