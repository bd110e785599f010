// What one run at one rate says about the knees: the few figures a search needs, taken from its record. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/histogram.hpp"
#include "record/run_record.hpp"

namespace portdrought::knees {

struct Observation {
    double rate_per_s = 0;                  // offered, per scenario second
    bool held = true;                       // the generator offered that rate in time
    bool disturbed = false;                 // held, but not valid for another reason: says nothing
    bool interrupted = false;               // cut short by somebody: no run of the search
    bool in_connect = false;                // not held, and connect() itself took most of the workers' time
    bool timeless = false;                  // a model without costs: how long connect() takes is not known
    std::uint64_t without_port = 0;         // attempts
    std::uint64_t nat_dropped = 0;          // SYNs for which a NAT had no port
    std::optional<double> sustained_per_s;  // of each host, as the rate is
    core::Histogram connect;                // actual start to established, real time; empty where it is not known
    std::string note;                       // why it was not valid; empty otherwise
    std::uint64_t attempts = 0;             // offered

    bool failed() const { return without_port + nat_dropped > 0; }
};

/// The record of an open loop.
Observation observe(const record::RunRecord& record);

/// Share (0..1) of values above `bound`, to the width of a bucket; 0 for an empty histogram.
double share_above(const core::Histogram& histogram, core::Duration bound);

}  // namespace portdrought::knees
