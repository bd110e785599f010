// A report as one HTML file that needs nothing else: no network, no script for its words. What is in it and how it is
// kept safe: docs/report.md. Pure.
#pragma once

#include <string>

#include "analysis/report/report.hpp"

namespace portdrought::html {

/// The whole file, UTF-8. Equal reports give equal bytes.
std::string html_page(const report::Report& report);

}  // namespace portdrought::html
