// When the latency cliff of a run began. Pure.
#pragma once

#include <optional>

#include "record/run_record.hpp"

namespace portdrought::findings {

/// Scenario time of the first sample of the latency cliff: it began in the interval that ends there. A sample is slow
/// when its p99 is as far above the run's p10, which is from before the cliff, as shows_cliff() asks for. The cliff is
/// the stretch in which slow samples outnumber the others the most, of equals the first and shortest; so neither a slow
/// sample before it nor a fast one within moves its start. Samples without a connection say nothing. Where
/// has_latency_cliff() is false, as on ranges of a thousand ports, a sample is slow when its p50 is at least twice that
/// of samples before half of the ports had been taken; then the stretch has to begin after that, and at least three of
/// four samples from there on are slow. Absent where neither tells, and in records of older versions, whose samples do
/// not say.
std::optional<double> cliff_start_s(const record::RunRecord& record);

}  // namespace portdrought::findings
