// Reports as the program would have made them, from records made on paper.
#pragma once

#include <memory>
#include <vector>

#include "analysis/report/report.hpp"
#include "record/run_record.hpp"

namespace portdrought::made {

/// A report with the records it refers to, which stay where they are when it is moved.
struct Reported {
    std::vector<std::unique_ptr<record::RunRecord>> records;
    report::Report report;
};

/// Runs of one scenario, in the order they were made, set beside each other.
Reported compared(const std::vector<record::RunRecord>& records);

/// Four times each the article, SO_LINGER {1,0} and the server closing first; the article's last run is not valid.
Reported four_times();

/// What was expected of the article: two expectations fail, two hold, one meets a run that is not valid.
Reported checked();

/// Nine points of the article's host; the third is not valid.
Reported swept();

/// A search that found what was predicted, and one of a host whose predictions are of a longer delay.
Reported searched();

/// Four runs held to a model: one agrees, one differs, one is not valid, one cannot be modelled.
Reported validated();

/// All that a scenario can contain that is more than text somewhere.
extern const char* const hostile_text;
Reported hostile();
/// The same of a validation and a sweep.
Reported hostile_findings();

}  // namespace portdrought::made
