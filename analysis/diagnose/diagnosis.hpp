// From one record: does it show port exhaustion, and of which kind, or something that only looks like it? With the
// figures that decide, those that do not fit, what was ruled out and what to do next. Pure; reads nothing of the
// scenario.
#pragma once

#include <string>
#include <vector>

#include "analysis/diagnose/cause.hpp"
#include "record/run_record.hpp"

namespace portdrought::diagnose {

struct Diagnosis {
    Cause cause = Cause::nothing_attempted;
    std::string headline;                // one sentence: exhaustion, a look-alike, or nothing wrong
    std::vector<std::string> decides;    // the figures that decided it
    std::vector<std::string> against;    // figures that it does not explain; often none
    std::vector<std::string> ruled_out;  // other causes, each with the figure that speaks for its absence
    std::string next;                    // what to do
};

Diagnosis diagnose(const record::RunRecord& record);

}  // namespace portdrought::diagnose
