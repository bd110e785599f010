// The terminal form of a plan for several hosts or for a NAT: which pool of the path is full first, at what rate, when
// and how one sees it; the other pools; what each mitigation gains on the whole path. Only layout.
#pragma once

#include <string>

#include "analysis/knees/plan.hpp"
#include "analysis/text/layout.hpp"

namespace portdrought::report {

/// `plan.chain` is there. Without prices; ends in a newline.
std::string chain_text(const knees::Plan& plan, const text::TextStyle& style);

/// "The NAT ports are full first: 50,000 / 65 s = 769/s …"; sentences, also for JSON.
std::string chain_words(const knees::Plan& plan);

/// "EADDRNOTAVAIL at once", "SYN timeout", "no TIME_WAIT"
std::string symptom_words(const laws::ChainPool& pool, const scenario::Scenario& scenario);

}  // namespace portdrought::report
