// The terminal form of a plan: the three knees with their arithmetic, when the offered rate runs out, and a table of
// what each mitigation buys, with its price below. Only layout.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "analysis/knees/plan.hpp"
#include "analysis/text/layout.hpp"

namespace portdrought::report {

enum class PlanForm : std::uint8_t {
    full,  // the three knees with their arithmetic, prices below
    brief  // one screen of 80 x 24, where it is about one host alone
};

/// The variants of a scenario, prices once for all of them. Ends in a newline.
std::string render_text(const std::vector<knees::Plan>& plans, const text::TextStyle& style,
                        PlanForm form = PlanForm::full);

/// "At 20/s the ports run out after 50 s. …" and what a thread that makes the connections meets before; sentences, also
/// for JSON.
std::string plan_words(const knees::Plan& plan);

/// The same without what happens before the ports run out.
std::string exhaustion_words(const knees::Plan& plan);

}  // namespace portdrought::report
