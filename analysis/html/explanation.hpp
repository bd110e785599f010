// For those who meet all this for the first time: what TIME_WAIT is, whose it is, what the ports of this very run add
// up to, and what it answers to the five points of the article that began it. In English and in simplified Chinese.
#pragma once

#include <string>
#include <vector>

#include "analysis/html/run_facts.hpp"
#include "analysis/report/report.hpp"

namespace portdrought::html {

struct Passage {
    std::string heading, text;
};

struct Explanation {
    std::string about;            // which run the figures are of
    std::vector<Passage> basics;  // one after the other
    std::string points_heading;
    std::vector<Passage> points;  // of the article, numbered
};

Explanation explanation_in_english(const RunFacts& facts);
Explanation explanation_in_chinese(const RunFacts& facts);

/// The panel, about the first run whose ports ran out, or else the first one; empty where there is no run.
std::string explanation(const report::Report& report);

}  // namespace portdrought::html
