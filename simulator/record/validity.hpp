// Judges whether a run measured what its scenario asked for. A failing connection is a finding and never makes a run
// invalid; a generator, enforcer or probe that could not keep up does. Pure; the engine stores the result.
#pragma once

#include "record/run_record.hpp"

namespace portdrought::record {

/// Needs everything of the record but `validity`. Each note is a sentence with the cause and what to do about it.
Validity judge(const RunRecord& record);

/// Enough of the planned attempts were started, and soon enough, to speak of a run at the offered rate. True for a
/// closed loop, which offers none.
bool held_its_rate(const RunRecord& record);

}  // namespace portdrought::record
