// What a scenario holds without running it, and what each mitigation would buy at which price: the forecast of the
// scenario as written, and of the scenario with one setting changed. Uncompressed: it speaks about the host, not about
// the lab. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/knees/forecast.hpp"

namespace portdrought::knees {

struct Mitigation {
    std::string name;                   // "tw_reuse"
    std::vector<std::string> settings;  // as for --set: "host.tw_reuse=on"
    Forecast forecast;                  // with them
    double attempts_per_connection = 1;
    std::optional<double> lasts_per_s;  // attempts; absent: no longer limited by ports
    std::optional<double> factor;       // against the scenario as it is; absent where either has no limit
    std::string effect;                 // what it does, in words
    std::string cost;                   // what it costs or needs, in words

    /// Attempts that a port carries in the end do not grow in number.
    bool is_useless() const { return factor && *factor < 1.001; }
};

struct Plan {
    scenario::Scenario scenario;
    Forecast forecast;
    double failing_share = 0;  // of attempts at the offered rate, in the long run
    std::vector<Mitigation> mitigations;
};

/// One variant. Mitigations that the scenario has already are left out.
Plan plan_for(const scenario::Scenario& scenario);

}  // namespace portdrought::knees
