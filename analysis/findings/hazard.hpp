// What the trials with delayed duplicates say about a setting, in words (RFC 9293 3.6.1, RFC 7323 5, RFC 1337). Pure.
#pragma once

#include <string>

#include "record/run_record.hpp"

namespace portdrought::findings {

/// Sentences on whether old data reached new connections and whether stale segments ended TIME_WAIT; empty without
/// trials, or where they showed nothing.
std::string hazards(const record::RunRecord& record);

}  // namespace portdrought::findings
