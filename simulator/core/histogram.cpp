#include "core/histogram.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace portdrought::core {
namespace {

// Values below 128 have a bucket each; above, 64 buckets per power of two.
constexpr unsigned sub_bits = 6;
constexpr std::uint64_t linear_limit = std::uint64_t{2} << sub_bits;
constexpr unsigned top_bit = 43;
constexpr std::size_t bucket_count = linear_limit + (top_bit - sub_bits - 1) * (std::size_t{1} << sub_bits);

std::size_t index_of(std::uint64_t value) {
    if (value < linear_limit) return static_cast<std::size_t>(value);
    const unsigned log2 = static_cast<unsigned>(std::bit_width(value)) - 1;
    if (log2 >= top_bit) return bucket_count - 1;
    const unsigned shift = log2 - sub_bits;
    return static_cast<std::size_t>((std::uint64_t{shift} << sub_bits) + (value >> shift));
}

Duration upper_bound_of(std::size_t index) {
    if (index < linear_limit) return Duration{static_cast<std::int64_t>(index)};
    const std::uint64_t shift = (index >> sub_bits) - 1;
    const std::uint64_t mantissa = index - (shift << sub_bits);
    return Duration{static_cast<std::int64_t>(((mantissa + 1) << shift) - 1)};
}

}  // namespace

Histogram::Histogram() : counts_(bucket_count) {}

void Histogram::add(Duration value) {
    value = std::max(value, Duration{0});
    ++counts_[index_of(static_cast<std::uint64_t>(value.count()))];
    ++count_;
    min_ = std::min(min_, value);
    max_ = std::max(max_, value);
    sum_ += value;
}

void Histogram::merge(const Histogram& other) {
    for (std::size_t i = 0; i < bucket_count; ++i) counts_[i] += other.counts_[i];
    count_ += other.count_;
    min_ = std::min(min_, other.min_);
    max_ = std::max(max_, other.max_);
    sum_ += other.sum_;
}

Duration Histogram::quantile(double fraction) const {
    if (count_ == 0) return Duration{0};
    // The slack is larger than the rounding of the product and smaller than any real part of a rank: 0.55 x 100 is
    // 55.000000000000007 in binary and means the 55th value.
    const double rank = std::clamp(fraction, 0.0, 1.0) * static_cast<double>(count_) * (1 - 1e-14);
    const auto wanted = std::max<std::uint64_t>(1, static_cast<std::uint64_t>(std::ceil(rank)));
    std::uint64_t seen = 0;
    for (std::size_t i = 0; i < bucket_count; ++i) {
        seen += counts_[i];
        if (seen >= wanted) return std::clamp(i + 1 == bucket_count ? max_ : upper_bound_of(i), min_, max_);
    }
    return max_;
}

std::vector<Histogram::Bucket> Histogram::buckets() const {
    std::vector<Bucket> result;
    for (std::size_t i = 0; i < bucket_count; ++i)
        if (counts_[i] != 0) result.push_back({upper_bound_of(i), counts_[i]});
    return result;
}

Histogram Histogram::from_buckets(const std::vector<Bucket>& buckets, Duration min, Duration max, Duration sum) {
    Histogram result;
    for (const Bucket& bucket : buckets) {
        result.counts_[index_of(static_cast<std::uint64_t>(std::max(bucket.upper, Duration{0}).count()))] +=
            bucket.count;
        result.count_ += bucket.count;
    }
    if (result.count_ != 0) {
        result.min_ = min;
        result.max_ = max;
        result.sum_ = sum;
    }
    return result;
}

}  // namespace portdrought::core
