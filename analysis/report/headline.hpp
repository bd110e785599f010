// The answer in one sentence, with how it is to be met: of the runs of a scenario, a check, a search for knees, a
// validation, a sweep. Pure.
#pragma once

#include <string>
#include <vector>

#include "analysis/report/agreement.hpp"
#include "analysis/report/check.hpp"
#include "analysis/report/knee_report.hpp"
#include "analysis/report/standing.hpp"
#include "analysis/report/sweep_table.hpp"

namespace portdrought::report {

struct Headline {
    Standing standing = Standing::open;
    std::string sentence;  // ends in a full stop
};

/// "Ports ran out with '240 s'; they lasted with '120 s', '60 s' and '30 s'." None is null.
Headline headline(const std::vector<const record::RunRecord*>& runs);
/// "1 of 5 expectations failed: 30 s: outcomes.no_port_connect == 0, measured 12."
Headline headline(const std::vector<Check>& checks);
Headline headline(const std::vector<KneeReport>& knees);
Headline headline(const std::vector<Validated>& validated);
/// "Ports ran out at 12 of 25 points, the first of them at load.rate = 600/s."
Headline headline(const SweepTable& sweep);

}  // namespace portdrought::report
