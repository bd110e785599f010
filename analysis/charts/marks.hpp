// The upright marks of charts over scenario time: what was measured over the repeats of a variant, and what the laws
// predict for it. Pure.
#pragma once

#include <optional>
#include <vector>

#include "analysis/charts/chart.hpp"
#include "analysis/charts/variants.hpp"

namespace portdrought::charts {

/// "every port (3,976)", across at 100 %; "every pair" where there are several of each port.
Mark every_port(const Variant& variant);

/// "ports", or "pairs".
const char* pairs_word(const record::RunRecord& run);

/// "first failure 119 s [118, 121]"; ", in 3 of 5 runs" where not all had one. Absent where none had.
std::optional<Mark> first_failure(const Variant& variant);

/// The same of the first SYN that a NAT dropped for want of a port.
std::optional<Mark> first_drop(const Variant& variant);

/// The first failure, or where a record has none the first drop: one line for both.
std::optional<Mark> first_trouble(const Variant& variant);

/// When the first pool on the path is full by the chain law: "predicted 119 s", with the pool's name where it is not
/// the client's ports. Absent where the laws say it never is, or nothing: a pool of connections, a closed loop, a trace
/// that is not at hand.
std::optional<Mark> predicted(const Variant& variant);

/// When connect() became many times slower (findings::cliff_start_s): "connect() slow from 61 s".
std::optional<Mark> cliff(const Variant& variant);

/// Those of the above that there are, up to `end_s`: a prediction beyond the run is said in words, not drawn.
std::vector<Mark> marks_until(double end_s, const std::vector<std::optional<Mark>>& marks);

/// "By the laws the ports would last for 480 s, longer than the run."; empty where the prediction is drawn, or none.
std::string beyond_the_run(const Variant& variant, double end_s);

}  // namespace portdrought::charts
