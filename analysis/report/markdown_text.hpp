// Text from outside made fit for GitHub's Markdown: a scenario's name or a record's sentence stays text, whatever it
// contains. Pure.
#pragma once

#include <string>
#include <string_view>

namespace portdrought::report {

/// Prose on one line, also inside a table: no markup, HTML, link, mention, issue number or formula comes of it. What
/// would be a mention or a link gets a zero-width space.
std::string markdown_text(std::string_view text);

/// The same as code: <code>…</code>, which holds any character, inside a table as well.
std::string markdown_code(std::string_view text);

/// A block of code that nothing in `text` can end, ended by a newline; `text` is set on one line.
std::string markdown_block(std::string_view language, std::string_view text);

}  // namespace portdrought::report
