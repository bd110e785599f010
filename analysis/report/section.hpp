// Builds the parts of a Report from what a command has in hand. Pure; records are referred to, and outlive the result.
#pragma once

#include <string>
#include <vector>

#include "analysis/report/report.hpp"

namespace portdrought::report {

std::vector<const record::RunRecord*> records_of(const std::vector<ReportedRun>& runs);

ReportedRun reported(const record::RunRecord& record, std::string path);

/// Runs of one scenario, or of several that are to be compared with each other.
Section section_of(std::vector<ReportedRun> runs);
Section section_of(Check check);
/// Runs of a search differ in their rate, so there is no comparison.
Section section_of(std::vector<KneeReport> knees, std::vector<ReportedRun> runs);
Section section_of(std::vector<Validated> validated);
Section section_of(SweepTable sweep);

/// The same runs, a section for each scenario, in order of first appearance.
std::vector<Section> sections_of(std::vector<ReportedRun> runs);

/// The answer over all sections: of one its own.
Headline headline_over(const std::vector<Section>& sections);

}  // namespace portdrought::report
