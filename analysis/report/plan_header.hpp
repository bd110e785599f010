// What every form of a plan begins with: whose plan it is, and why nothing is predicted where nothing is. Only layout.
#pragma once

#include <string>

#include "analysis/knees/plan.hpp"
#include "analysis/text/layout.hpp"

namespace portdrought::report {

/// "article, as listed   plan: nothing was run, …" with a newline.
std::string plan_header(const knees::Plan& plan, const text::TextStyle& style);

/// Words that stand for any prediction of when ports run out; empty where there is one.
std::string silence_words(const knees::Plan& plan);

}  // namespace portdrought::report
