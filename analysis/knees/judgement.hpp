// The measured knees beside the predicted ones: whether they agree, by how much not, and what may be behind it. Pure.
#pragma once

#include <array>
#include <optional>
#include <string>

#include "analysis/knees/forecast.hpp"
#include "analysis/knees/search.hpp"

namespace portdrought::knees {

/// A prediction this far (as a share) outside the measured bracket still agrees with it: removals that come late,
/// batches of the kernel's timer wheel and a first half that gets tight before it is full move a knee by a few percent.
inline constexpr double tolerance = 0.05;
/// For the ceiling that CPU time sets: its constants were measured on another machine.
inline constexpr double cpu_tolerance = 0.3;

enum class Verdict : std::uint8_t { agrees, differs, open };
const char* name(Verdict verdict);

struct Judgement {
    std::string knee;                 // "latency cliff"
    std::optional<double> low, high;  // measured
    std::string measured;             // "[8.13, 8.54]/s", "none up to 20.8/s"
    std::string predicted;            // "8.33/s", "none"
    std::optional<double> predicted_per_s;
    Verdict verdict = Verdict::open;
    std::optional<double> off;  // share by which the measured bracket lies above (+) or below (-) the prediction
    std::string words;          // "agrees", "12 % lower", "not reached"
    std::string reason;         // possible reasons, as a sentence, where it differs
};

/// Latency cliff, first failure, steady ceiling.
std::array<Judgement, 3> judge(const Forecast& forecast, const Knees& knees, const scenario::Scenario& scenario);

}  // namespace portdrought::knees
