// The mean of a series whose values depend on their neighbours, with a confidence interval: the series is cut into
// batches much longer than the dependence, whose means are as good as independent.
#pragma once

#include <cmath>
#include <vector>

namespace portdrought::model {

struct Estimate {
    double mean = 0, half_width = 0;
    bool covers(double value) const { return std::abs(mean - value) <= half_width; }
};

inline constexpr std::size_t batch_count = 30;

/// Of `batch_count` batches, at 99.9 %.
inline Estimate batch_means(const std::vector<double>& batches) {
    constexpr double t = 3.659;  // Student's t, 29 degrees of freedom, 0.9995
    double mean = 0, squares = 0;
    for (const double batch : batches) mean += batch / batch_count;
    for (const double batch : batches) squares += (batch - mean) * (batch - mean);
    return {mean, t * std::sqrt(squares / (batch_count - 1) / batch_count)};
}

}  // namespace portdrought::model
