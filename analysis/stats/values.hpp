// What the tests and intervals of this folder share: the interval and the median. Values are finite doubles without
// units; one value per run, never samples within a run. Pure.
#pragma once

#include <vector>

namespace portdrought::stats {

struct Interval {
    double lower = 0, upper = 0;  // both ends belong to it
    double confidence = 0;        // reached; of rank intervals at least what was asked for
    bool exact = true;            // false: by a normal approximation
};

/// The mean of the middle two for an even count. `values` is not empty.
double median(std::vector<double> values);

}  // namespace portdrought::stats
