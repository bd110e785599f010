// What `knee` found, for terminals: a table of the three knees, measured beside predicted, then sentences. Only layout
// and words; what agrees is judged in analysis/knees.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "analysis/knees/judgement.hpp"
#include "analysis/text/layout.hpp"

namespace portdrought::report {

/// Why a search ended.
enum class Ending : std::uint8_t { complete, budget, interrupted, hopeless };

/// The search of one variant.
struct KneeReport {
    scenario::Scenario scenario;
    knees::SearchPlan plan;
    knees::Forecast forecast;
    knees::Knees knees;
    std::vector<knees::Observation> observations;
    double elapsed_s = 0, budget_s = 0;  // real time
    Ending ending = Ending::complete;
};

/// The sentences below the table, also for JSON.
std::vector<std::string> knee_words(const KneeReport& report);

/// Ends in a newline.
std::string render_text(const KneeReport& report, const text::TextStyle& style);

}  // namespace portdrought::report
