// The manual's pages as scdoc(5) source, made from option_table.hpp. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace portdrought::cli {

/// "portdrought", "portdrought-run", …
std::vector<std::string> manual_pages();

/// The source of one of them; empty for no page of that name.
std::string manual_page(std::string_view name);

}  // namespace portdrought::cli
