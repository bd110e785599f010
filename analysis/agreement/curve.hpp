// A figure over time as one engine saw it, and how far another one's samples of it lie away. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "record/run_record.hpp"

namespace portdrought::agreement {

/// What a sample says of some figure.
using Reading = std::optional<std::uint64_t> (*)(const record::Sample&);

/// Straight lines between points; before the first one and after the last one as there. Starts at 0 when time does.
class Curve {
public:
    /// Samples without the figure are left out.
    Curve(const std::vector<record::Sample>& samples, Reading reading);

    bool is_empty() const { return points_.size() < 2; }
    double at(double t_s) const;

    struct Range {
        double low, high;
    };
    /// Lowest and highest value from `from_s` to `to_s`.
    Range between(double from_s, double to_s) const;

    /// When it first reached `value`; absent where it never did. For curves that never fall.
    std::optional<double> time_of(double value) const;

private:
    struct Point {
        double t_s, value;
    };
    std::vector<Point> points_;  // times rise strictly
};

/// Where the kernel's figure lies farthest from the model's.
struct Distance {
    double kernel = 0;
    double low = 0, high = 0;  // what the runs of the model had within the time looked at
    double t_s = 0;            // of the kernel's sample
    double size() const { return kernel > high ? kernel - high : low > kernel ? low - kernel : 0; }
};

/// Of each of the kernel's samples that has the figure; none where one of the two never has it. A sample is held
/// against what the model had from the moment it had offered as many attempts, which is earlier where the generator was
/// late, to the sample's own time, less a pair for every attempt that was late then or in the longest stall, and up to
/// the capacity more by those of the stall; `slack_s` (scenario time) is added at either end. `models` is not empty.
std::vector<Distance> distances(const record::RunRecord& kernel, const std::vector<record::RunRecord>& models,
                                Reading reading, double slack_s);

/// The largest of them; absent where there are none.
std::optional<Distance> farthest(const record::RunRecord& kernel, const std::vector<record::RunRecord>& models,
                                 Reading reading, double slack_s);

/// The highest value of each of the models at the times of those of the kernel's samples that have `seen_by`: lowest
/// and highest of them; absent where nothing has the figure.
std::optional<Curve::Range> highest_seen(const record::RunRecord& kernel, const std::vector<record::RunRecord>& models,
                                         Reading reading, Reading seen_by);

}  // namespace portdrought::agreement
