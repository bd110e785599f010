// Fills in what follows from the other parts of a record, the same way for every engine. Pure.
#pragma once

#include <optional>

#include "record/run_record.hpp"

namespace portdrought::record {

/// When the last attempt was offered, scenario seconds: the planned duration, later when the run fell more than 1 %
/// behind, earlier when it was interrupted.
double load_end_s(const RunRecord& record);

/// Calls of the relay's outbound leg that found no port, by connect() or bind().
std::uint64_t relay_without_port(const Totals& totals);

/// Cumulative ok at a scenario time, between samples by interpolation.
double ok_until(const RunRecord& record, double t_s);

/// Sets ports_capacity, the peaks, ports_min_free, time_to_first_failure_s and the two rates. Needs attempts,
/// connected, outcomes, samples, censuses and scenario. What is already there and cannot be seen in the thinned samples
/// stays: a peak is only raised, ports_min_free only lowered, a first failure kept. What cannot be derived stays
/// absent.
void derive_totals(RunRecord& record);

}  // namespace portdrought::record
