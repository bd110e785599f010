// The listing of a run at its fullest, as netstat -ano would print it on the host of the scenario, and a paragraph that
// says what there is to see in it. Pure; everything said is read off the rows and the scenario.
#pragma once

#include <string>

#include "analysis/text/layout.hpp"
#include "record/run_record.hpp"

namespace portdrought::report {

/// At most `most_rows` rows and a count of the rest. Ends in a newline.
std::string render_listing(const record::Listing& listing, const scenario::Scenario& scenario,
                           const text::TextStyle& style, std::size_t most_rows = 12);

}  // namespace portdrought::report
