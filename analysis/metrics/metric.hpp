// Figures of a run by name: what expectations, statistics and comparisons speak about. One number per run and name, the
// names those of `totals` in docs/record-format.md. Pure; only from the record.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "record/run_record.hpp"

namespace portdrought::metrics {

enum class Unit : std::uint8_t { count, share, seconds, microseconds, per_second, bytes };

/// Which way is good for the user of the host; neither: it describes the run.
enum class Better : std::uint8_t { higher, lower, neither };

struct Metric {
    std::string name;  // "connect_us.p99", "outcomes.no_port_connect", "cost.bytes_lost"
    Unit unit = Unit::count;
    Better better = Better::neither;
    std::string meaning;
};

/// Every metric with a fixed name, in the order of docs/metrics.md.
const std::vector<Metric>& all();

/// Also knows the open families: "counters.TcpExt.TWRecycled", "errors.connect/EADDRNOTAVAIL". nullopt for a name
/// that no record can have.
std::optional<Metric> find(std::string_view name);

/// The number, in the metric's unit; nullopt where this run has none (no failure, no census, no enforcer, …).
std::optional<double> value(const record::RunRecord& record, std::string_view name);

/// The known name nearest to a mistyped one, for messages.
std::optional<std::string> nearest(std::string_view name);

}  // namespace portdrought::metrics
