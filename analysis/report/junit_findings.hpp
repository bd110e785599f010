// What `knee`, `validate` and `sweep` found out, as cases of JUnit XML. Only layout.
#pragma once

#include "analysis/report/junit_suite.hpp"
#include "analysis/report/report.hpp"

namespace portdrought::report {

/// A case per search, which writes what it found; an error where nothing can be told.
void add_knees(JUnitSuite& suite, const std::vector<KneeReport>& knees);

/// A case per run: a failure where a figure lies beyond its limit.
void add_agreements(JUnitSuite& suite, const std::vector<Validated>& validated);

/// A case per point, an error where it is not valid; one for all where there are more than a build server can show.
void add_sweep(JUnitSuite& suite, const Section& section);

}  // namespace portdrought::report
