// What a setting gives up for its gain, in a few words: whether data was lost or protection thrown away, and under
// which conditions it is safe. What the run measured comes first, what its settings imply second. Pure; only from
// records.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "record/run_record.hpp"

namespace portdrought::findings {

/// From harmless to worst.
enum class SafetyKind : std::uint8_t { safe, conditional, unprotected, loses_data };

struct Safety {
    SafetyKind kind = SafetyKind::safe;
    std::string words;  // "safe if …", "loses data: 312 of 20,000 transfers cut, 1.1 MB"
};

/// Over all runs of one variant, costs summed; at least one run, none null.
Safety safety(const std::vector<const record::RunRecord*>& runs);

Safety safety(const record::RunRecord& run);

}  // namespace portdrought::findings
