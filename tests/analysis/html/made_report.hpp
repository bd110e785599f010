// Reports as a command would have computed them, made by hand for the page alone: what is in them is plausible, not
// measured. They refer to records of their own, which live as long as the program.
#pragma once

#include "analysis/report/report.hpp"

namespace portdrought::made {

/// Four variants with three thousand samples each: one runs out of ports, one is not valid, one is modelled on
/// unverified values; marks of several kinds fall on the same place.
report::Report four_variants();

/// The same with text in every place that would be markup, a script or a change of direction.
report::Report hostile();

/// What is put into every text of hostile(); `injected` would become true.
const std::vector<std::string>& hostile_texts();

/// A sweep: two axes, no runs.
report::Report swept();

}  // namespace portdrought::made
