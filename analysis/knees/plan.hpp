// What a scenario holds without running it, and what each mitigation would buy at which price: the laws applied to the
// scenario as written, and to the scenario with one setting changed. Of one host the three knees of its ports; of
// several hosts, or of a NAT, the whole chain of pools. Uncompressed: it speaks about the host, not about the lab.
// Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/knees/forecast.hpp"
#include "analysis/knees/mitigation.hpp"
#include "analysis/knees/played.hpp"

namespace portdrought::knees {

struct Plan {
    scenario::Scenario scenario;
    Forecast forecast;                 // of one host's own ports
    std::optional<laws::Chain> chain;  // of the whole path, where there is more than one host's ports
    double failing_share = 0;          // of attempts at the offered rate, in the long run; not of bursts and the like
    std::vector<Mitigation> mitigations;  // what gains most comes first
    std::vector<std::string> unverified;  // a sentence for each value of a profile that nothing confirms
    std::optional<Played> played;         // what a simulation showed
};

/// One variant. Mitigations that the scenario has already are left out.
Plan plan_for(const scenario::Scenario& scenario);

}  // namespace portdrought::knees
