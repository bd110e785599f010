// A diagnosis as text for a terminal, and as JSON for programs. Both say the same.
#pragma once

#include <string>
#include <vector>

#include "analysis/diagnose/diagnosis.hpp"
#include "analysis/text/layout.hpp"

namespace portdrought::report {

/// A record and what was found in it.
struct DiagnosedRun {
    const record::RunRecord* record;
    std::string path;
    diagnose::Diagnosis diagnosis;
};

std::string render_text(const DiagnosedRun& run, const text::TextStyle& style);

/// JSON text (portdrought.result/1) of all of them, ending in a newline.
std::string diagnosis_json(const std::vector<DiagnosedRun>& runs);

}  // namespace portdrought::report
