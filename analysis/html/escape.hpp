// Text from outside made fit for a page. Everything that comes from a scenario, a record or a server goes through
// escaped(), or through for_script() where it is data of the script.
#pragma once

#include <string>
#include <string_view>

namespace portdrought::html {

/// Valid UTF-8: what is none, and control characters but newline and tab, become U+FFFD. Characters that turn the
/// direction of the text around them are named instead: "⟨U+202E⟩".
std::string clean(std::string_view text);

/// clean(), for text and for attributes in double quotes.
std::string escaped(std::string_view text);

/// JSON that cannot end the script element it stands in, nor a line of it.
std::string for_script(std::string_view json);

}  // namespace portdrought::html
