// What a run of a plan's scenario showed, in the figures a plan predicts: the rate that lasts and the first failure.
// Rates of all hosts together, per scenario second. Pure.
#pragma once

#include <optional>
#include <string>

#include "record/run_record.hpp"
#include "scenario/scenario.hpp"

namespace portdrought::knees {

struct Played {
    double duration_s = 0;                  // scenario time
    std::optional<double> sustained_per_s;  // attempts that succeeded, over whole residence times at the end
    std::optional<double> first_full_s;     // first attempt without a port, or first SYN that a NAT dropped
    double failed_share = 0;                // 0..1 of all attempts
    bool interrupted = false;
    std::string note;  // why it was not valid; empty otherwise
};

/// `period_s` is the residence time of the pool that is full first: overload at constant residence is a square wave of
/// that period, so only whole periods give a fair mean. Of a load that varies whole courses of it count instead.
Played played(const record::RunRecord& record, double period_s);

}  // namespace portdrought::knees
