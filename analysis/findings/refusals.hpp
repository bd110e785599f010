// The look-alikes: attempts that failed, but not for want of a port. Each is told apart from exhaustion with what it
// means and where to look. Also how every outcome is labelled in the table. Pure.
#pragma once

#include <string>
#include <vector>

#include "analysis/findings/verdict.hpp"

namespace portdrought::findings {

Verdict failed_otherwise(const record::RunRecord& record);

/// "no port left 8,072 (EADDRNOTAVAIL)"
std::string outcome_cell(const record::RunRecord& record, core::Outcome outcome);

/// "no port left"
std::string outcome_label(core::Outcome outcome);

}  // namespace portdrought::findings
