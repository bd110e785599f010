// What one run at one rate says about the knees: the few figures a search needs, taken from its record. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/histogram.hpp"
#include "record/run_record.hpp"

namespace portdrought::knees {

struct Observation {
    double rate_per_s = 0;           // offered, per scenario second
    bool held = true;                // the generator offered that rate in time
    bool disturbed = false;          // held, but not valid for another reason: says nothing
    bool interrupted = false;        // cut short by somebody: no run of the search
    bool in_connect = false;         // not held, and connect() itself took most of the workers' time
    std::uint64_t without_port = 0;  // attempts
    std::optional<double> sustained_per_s;
    core::Histogram connect;  // actual start to established, real time
    std::string note;         // why it was not valid; empty otherwise
};

/// The record of an open loop.
Observation observe(const record::RunRecord& record);

/// Share (0..1) of values above `bound`, to the width of a bucket; 0 for an empty histogram.
double share_above(const core::Histogram& histogram, core::Duration bound);

}  // namespace portdrought::knees
