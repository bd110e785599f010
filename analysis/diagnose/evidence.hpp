// Figures as evidence, in words. Pure.
#pragma once

#include <string>
#include <vector>

#include "analysis/diagnose/cause.hpp"

namespace portdrought::diagnose {

/// Why it is this cause.
std::vector<std::string> deciding(Cause cause, const Observed& seen);
/// What was done to the other side or to later connections, as clauses after "but": the worst first. `of` is data_lost,
/// old_data or closed_by_reset.
struct Harm {
    Cause of;
    std::string words;
};
std::vector<Harm> harms(const Observed& seen);

/// What this cause leaves unexplained.
std::vector<std::string> contrary(Cause cause, const Observed& seen);
/// Which other causes the figures exclude.
std::vector<std::string> excluded(Cause cause, const Observed& seen);

}  // namespace portdrought::diagnose
