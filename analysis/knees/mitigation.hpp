// One setting changed, and what it costs: the list of what a host can do about its ports, and what can be done about
// the NAT behind it. What each buys is worked out in plan.hpp. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/knees/forecast.hpp"
#include "analysis/knees/played.hpp"
#include "analysis/laws/chain.hpp"
#include "scenario/scenario.hpp"

namespace portdrought::knees {

struct Mitigation {
    std::string name;                   // "tw_reuse"
    std::vector<std::string> settings;  // as for --set: "host.tw_reuse=on"
    scenario::Scenario scenario;        // with them
    bool ends_limit = false;            // no attempt needs a port of its own any more
    double attempts_per_connection = 1;
    std::string effect;  // what it does, in words
    std::string cost;    // what it costs or needs, in words
    std::string price;   // the same in a few words, for a table

    // Worked out from the scenario:
    Forecast forecast;                  // of one host's own ports
    std::optional<laws::Chain> chain;   // of the whole path, where there is more than one host's ports
    std::optional<double> lasts_per_s;  // attempts of all hosts; absent: no longer limited by ports
    std::optional<double>
        factor;  // of a host's attempts, against the scenario as it is; absent where either has no limit
    std::optional<Played> played;  // what a simulation of it showed

    /// Attempts that a port carries in the end do not grow in number, or none lasts as before.
    bool is_useless() const { return (factor && *factor < 1.001) || (lasts_per_s && *lasts_per_s <= 0); }
};

/// What a host or its program can change. What the scenario has already is left out.
std::vector<Mitigation> host_mitigations(const scenario::Scenario& scenario);

/// What can be changed about the NAT and its hosts; none without a NAT.
std::vector<Mitigation> nat_mitigations(const scenario::Scenario& scenario);

}  // namespace portdrought::knees
