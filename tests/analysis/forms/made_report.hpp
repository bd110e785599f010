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

/// Nine points of the article's host.
Reported swept();

/// All that a scenario can contain that is more than text somewhere.
extern const char* const hostile_text;
Reported hostile();

}  // namespace portdrought::made
