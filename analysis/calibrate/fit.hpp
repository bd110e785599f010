// What the record of one calibrating run says of costs. Pure.
#pragma once

#include <string>
#include <vector>

#include "analysis/calibrate/plan.hpp"
#include "record/run_record.hpp"

namespace portdrought::calibrate {

struct Reading {
    core::Duration core::Costs::*cost;
    core::Duration value;
};

/// Readings, or the reason why there are none: the record is not valid, shows too little, or a value that cannot be.
struct Fit {
    std::vector<Reading> readings;
    std::string problem;
};

/// `known`: the costs that earlier runs have shown. Walks are read from the median of the slow connects, so that a few
/// calls during which somebody else had the CPU do not count; what is charged but not timed (a connection, an attempt
/// in vain) from the CPU time of the worker.
Fit fit(Aim aim, const record::RunRecord& record, const core::Costs& known);

}  // namespace portdrought::calibrate
