// The verdict in words: what happened, when, and why with the arithmetic. The first sentence alone tells the result.
// Pure; only from the record.
#pragma once

#include <string>

#include "analysis/findings/finding.hpp"

namespace portdrought::findings {

struct Verdict {
    std::string headline;     // one sentence
    std::string explanation;  // further sentences; may be empty
};

Verdict verdict(const record::RunRecord& record);

}  // namespace portdrought::findings
