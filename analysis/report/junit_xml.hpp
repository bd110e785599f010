// Checks as JUnit XML, the form that build servers read: a suite per scenario, a case per expectation and variant. A
// measurement that is not valid is an error, not a failure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analysis/report/check.hpp"

namespace portdrought::report {

/// XML 1.0, UTF-8, ending in a newline.
std::string junit_xml(const std::vector<Check>& checks);

/// Text for an attribute or an element: markup escaped, what XML cannot hold replaced by '?'.
std::string xml_text(std::string_view text);

}  // namespace portdrought::report
