// What the output streams are: terminal or not, how wide, whether colours are wanted.
#pragma once

#include <cstdint>
#include <optional>

namespace portdrought::cli {

bool stdout_is_terminal();
bool stderr_is_terminal();
/// It can rewrite a line in place: TERM says no "dumb".
bool stderr_can_rewrite();
/// Columns of stdout's terminal (or of COLUMNS); 80 where there is none.
std::uint32_t terminal_width();
/// The same where somebody reads: on a terminal, or where COLUMNS says how wide; absent in a pipe or a file, whose
/// lines are for grep.
std::optional<std::uint32_t> reading_width();
/// Columns of stderr's terminal, however few; 80 where there is none.
std::uint32_t progress_width();
/// Where stdout is a terminal that is not dumb, unless NO_COLOR is set (to anything) or `wanted` is false.
bool use_colour(bool wanted);
/// The same of stderr.
bool use_colour_on_stderr(bool wanted);
/// The locale's character set is UTF-8; otherwise reports keep to ASCII.
bool speaks_utf8();

}  // namespace portdrought::cli
