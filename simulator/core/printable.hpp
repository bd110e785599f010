// Text from outside (scenarios, records, the command line) made fit for a terminal.
#pragma once

#include <string>
#include <string_view>

namespace portdrought::core {

/// UTF-8 `text` with every control character but newline (C0, DEL, C1) as '?': an escape sequence in a file must not
/// reach the terminal.
std::string printable(std::string_view text);

}  // namespace portdrought::core
