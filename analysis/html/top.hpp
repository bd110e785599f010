// What is read first: the question, the answer in one sentence, a line per variant.
#pragma once

#include <string>

#include "analysis/report/report.hpp"

namespace portdrought::html {

/// Question, title and verdict of one section; `level` is that of its heading, "h1" or "h2".
std::string question_and_verdict(const report::Section& section, std::string_view level);

/// The verdict of the whole, for a page of several sections.
std::string verdict(const report::Headline& headline);

std::string variant_lines(const report::Section& section, std::size_t index);

/// What has to be known of everything of this variant, as of its charts.
std::string badges_of(const report::Section& section, const std::string& variant);

}  // namespace portdrought::html
