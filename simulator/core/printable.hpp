// Text from outside (scenarios, records, the command line) made fit for a terminal.
#pragma once

#include <string>
#include <string_view>

namespace portdrought::core {

/// UTF-8 `text` with every control character but newline (C0, DEL, C1) as '?', and so every character that is not seen
/// itself but changes what is: an escape sequence in a file must not reach the terminal, and no file may have its words
/// read in another order than they are written (U+202E and its like) or hide some.
std::string printable(std::string_view text);

}  // namespace portdrought::core
