// What has to be said beside everything that comes from some runs, in a few words each: that time was compressed, that
// something was enforced, emulated or modelled, that runs do not count. One function for every form of a report. Pure.
#pragma once

#include <string>
#include <vector>

#include "record/run_record.hpp"

namespace portdrought::charts {

/// Valid, and ran to its end: what statistics use, and what is drawn where there is any.
bool is_counted(const record::RunRecord& run);

/// Of the runs of one variant, none null: "compressed x60", "enforced 240 s as 4.000 s", "dropped SYNs emulated",
/// "modelled", "windows-2000 values on Linux", "3 values unverified", "2 of 5 runs not valid: …", "interrupted". Each
/// once; none of an ordinary run.
std::vector<std::string> caveats_of(const std::vector<const record::RunRecord*>& runs);

/// Those that a scenario alone brings with it, for what keeps no records: all but what became of its runs.
std::vector<std::string> caveats_of(const scenario::Scenario& scenario);

}  // namespace portdrought::charts
