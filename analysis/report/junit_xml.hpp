// Results as JUnit XML, the form that build servers read: a suite per scenario, a case per expectation and variant; of
// what was only looked at a case per variant, which never fails: nothing was expected. A measurement that is not valid
// is an error, not a failure. Keeps to the schema that Jenkins' plugins hold such files to.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analysis/report/check.hpp"

namespace portdrought::report {

struct Report;

/// XML 1.0, UTF-8, ending in a newline.
std::string junit_xml(const std::vector<Check>& checks);
std::string junit_xml(const Report& report);

/// Text for an attribute or an element: markup escaped, what XML cannot hold replaced by '?'.
std::string xml_text(std::string_view text);

}  // namespace portdrought::report
