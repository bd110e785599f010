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

/// What it means that a record has no value: it is not known, or the moment never came, which is later than any other.
enum class Absence : std::uint8_t { unknown, never };

struct Metric {
    std::string name;  // "connect_us.p99", "outcomes.no_port_connect", "cost.bytes_lost"
    Unit unit = Unit::count;
    Better better = Better::neither;
    std::string meaning;
    Absence absence = Absence::unknown;
};

/// Every metric with a fixed name, in the order of docs/metrics.md.
const std::vector<Metric>& all();

/// Also knows the open families "counters.TcpExt.TWRecycled", "errors.connect/EADDRNOTAVAIL" and "relay_errors.…", and
/// "time_to_exhaustion", which is another name for time_to_first_failure_s: the result's name is the one of the table.
/// nullopt for a name that no record can have.
std::optional<Metric> find(std::string_view name);

/// The number, in the metric's unit; nullopt where this run has none (no failure, no census, no enforcer, …) and for
/// an unknown name. A call and errno that never occurred is 0 of "errors."; a counter the kernel lacks is absent.
std::optional<double> value(const record::RunRecord& record, std::string_view name);

/// As the table writes them: "count", "share", "s", "us", "/s", "bytes"; "higher", "lower", "–".
std::string_view name(Unit unit);
std::string_view name(Better better);

/// The known name nearest to a mistyped one, for messages.
std::optional<std::string> nearest(std::string_view name);

}  // namespace portdrought::metrics
