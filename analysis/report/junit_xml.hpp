// Results as JUnit XML, the form that build servers read: a suite per scenario, a case per expectation and variant. Of
// what was only looked at a case per variant, search for knees or point of a sweep, which never fails: nothing was
// expected; of `validate` a case per run, which fails where the engines differ. A measurement that is not valid is an
// error, not a failure.
#pragma once

#include <string>
#include <vector>

#include "analysis/report/check.hpp"

namespace portdrought::report {

struct Report;

/// XML 1.0, UTF-8, ending in a newline.
std::string junit_xml(const std::vector<Check>& checks);
std::string junit_xml(const Report& report);

}  // namespace portdrought::report
