// How a result is to be met, in one word. Judged here and nowhere else: a form only shows it. Pure.
#pragma once

#include <cstdint>

#include "analysis/findings/finding.hpp"
#include "record/run_record.hpp"

namespace portdrought::report {

enum class Standing : std::uint8_t {
    good,
    mixed,   // some variants good, others bad; or ports lasted, and data was lost for it
    bad,     // ports ran out, attempts failed, connect() got slow, an expectation failed, engines differ
    open,    // nothing can be told yet
    invalid  // a measurement that does not count
};

/// "good", "mixed", "bad", "open", "invalid"
const char* name(Standing standing);

Standing standing_of(findings::Finding finding);
/// The peers did not get all of what was sent to them, as far as that was measured.
bool loses_data(const record::RunRecord& record);
/// Of a run: invalid where it is not valid; open where it was interrupted before anything went wrong.
Standing standing_of(const record::RunRecord& record);

/// Of both together: mixed where one is good and one is bad, else whichever says more.
Standing together(Standing a, Standing b);

}  // namespace portdrought::report
