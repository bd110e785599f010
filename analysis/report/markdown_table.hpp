// Tables and folded lists in GitHub's Markdown. What they are made of is Markdown already (markdown_text.hpp). Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace portdrought::report {

using MarkdownCells = std::vector<std::string>;

/// An empty cell becomes a dash; nothing where there are no rows. Ends in an empty line.
std::string markdown_table(const MarkdownCells& header, const std::vector<MarkdownCells>& rows);

/// Every sentence an item; nothing where there are none. Ends in an empty line.
std::string markdown_list(const std::vector<std::string>& items);

/// Folded away below `title`; nothing where there is no content, which ends in an empty line.
std::string markdown_folded(std::string_view title, const std::string& content);

}  // namespace portdrought::report
