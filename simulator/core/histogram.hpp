// A mergeable histogram of durations with fixed memory: log-linear buckets, 64 per power of two, so a reported
// quantile is at most 1/64 (1.6 %) above the true one and never below it. Range 0 ns .. 2^43 ns (2.4 h); larger
// values fall into the last bucket, while max() stays exact. Single writer; no I/O.
#pragma once

#include <cstdint>
#include <vector>

#include "core/units.hpp"

namespace portdrought::core {

class Histogram {
public:
    Histogram();

    /// Adds one value; negative values count as zero.
    void add(Duration value);
    void merge(const Histogram& other);

    std::uint64_t count() const { return count_; }
    Duration min() const { return count_ == 0 ? Duration{0} : min_; }
    Duration max() const { return max_; }
    Duration sum() const { return sum_; }

    /// Smallest bucket bound that at least `fraction` (0..1) of the values do not exceed, clamped to [min, max]; 0 when
    /// empty.
    Duration quantile(double fraction) const;

    struct Bucket {
        Duration upper;  // inclusive upper bound
        std::uint64_t count;
        friend bool operator==(const Bucket&, const Bucket&) = default;
    };
    /// Non-empty buckets in rising order.
    std::vector<Bucket> buckets() const;

    /// The inverse of buckets(): for records read back.
    static Histogram from_buckets(const std::vector<Bucket>& buckets, Duration min, Duration max, Duration sum);

    friend bool operator==(const Histogram&, const Histogram&) = default;

private:
    std::vector<std::uint64_t> counts_;
    std::uint64_t count_ = 0;
    Duration min_ = Duration::max();
    Duration max_{0};
    Duration sum_{0};
};

}  // namespace portdrought::core
