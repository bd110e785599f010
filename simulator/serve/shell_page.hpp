// The page that looks after a live report: it asks once a second whether there is more to be seen, loads the report
// anew behind the one that is shown, then changes them. The report itself is the file that --html writes, unchanged.
#pragma once

#include <string_view>

namespace portdrought::serve {

std::string_view shell_html();
std::string_view shell_script();
std::string_view shell_style();

/// What the shell may do; the report has a policy of its own.
std::string_view shell_policy();

}  // namespace portdrought::serve
