#include "core/histogram.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

namespace portdrought::core {
Duration Histogram::upper_bound_of(std::size_t index) {
    if (index < linear_limit) return Duration{static_cast<std::int64_t>(index)};
    const std::uint64_t shift = (index >> sub_bits) - 1;
    const std::uint64_t mantissa = index - (shift << sub_bits);
    return Duration{static_cast<std::int64_t>(((mantissa + 1) << shift) - 1)};
}

Histogram::Histogram() : counts_(bucket_count) {}

void Histogram::merge(const Histogram& other) {
    for (std::size_t i = 0; i < bucket_count; ++i) counts_[i] += other.counts_[i];
    min_ = std::min(min_, other.min_);
    max_ = std::max(max_, other.max_);
    sum_ += other.sum_;
}

std::uint64_t Histogram::count() const { return std::accumulate(counts_.begin(), counts_.end(), std::uint64_t{0}); }

Duration Histogram::quantile(double fraction) const {
    const std::uint64_t all = count();
    if (all == 0) return Duration{0};
    const std::uint64_t wanted = rank_of(fraction, all);
    std::uint64_t seen = 0;
    for (std::size_t i = 0; i < bucket_count; ++i) {
        seen += counts_[i];
        if (seen >= wanted) return std::clamp(i + 1 == bucket_count ? max_ : upper_bound_of(i), min_, max_);
    }
    return max_;
}

std::uint64_t Histogram::rank_of(double fraction, std::uint64_t count) {
    // The slack is larger than the rounding of the product and smaller than any real part of a rank: 0.55 x 100 is
    // 55.000000000000007 in binary and means the 55th value.
    const double rank = std::clamp(fraction, 0.0, 1.0) * static_cast<double>(count) * (1 - 1e-14);
    return std::max<std::uint64_t>(1, static_cast<std::uint64_t>(std::ceil(rank)));
}

std::vector<Histogram::Bucket> Histogram::buckets() const {
    std::vector<Bucket> result;
    for (std::size_t i = 0; i < bucket_count; ++i)
        if (counts_[i] != 0) result.push_back({upper_bound_of(i), counts_[i]});
    return result;
}

Histogram Histogram::from_buckets(const std::vector<Bucket>& buckets, Duration min, Duration max, Duration sum) {
    Histogram result;
    for (const Bucket& bucket : buckets)
        result.counts_[index_of(static_cast<std::uint64_t>(std::max(bucket.upper, Duration{0}).count()))] +=
            bucket.count;
    if (result.count() != 0) {
        result.min_ = min;
        result.max_ = max;
        result.sum_ = sum;
    }
    return result;
}

}  // namespace portdrought::core
