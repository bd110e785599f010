// Words as a POSIX shell reads them back. Pure.
#pragma once

#include <string>
#include <string_view>

namespace portdrought::cli {

/// As it is, or in quotation marks where it holds more than plain characters.
std::string shell_word(std::string_view word);

/// In single quotes, whatever it holds.
std::string single_quoted(std::string_view text);

}  // namespace portdrought::cli
