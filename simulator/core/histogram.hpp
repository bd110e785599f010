// A mergeable histogram of durations with fixed memory: log-linear buckets, 64 per power of two, so a reported
// quantile is at most 1/64 (1.6 %) above the true one and never below it. Range 0 ns .. 2^43 ns (2.4 h); larger
// values fall into the last bucket, while max() stays exact. Single writer, whose add() others may follow with a
// HistogramWatch; everything else is for when nobody writes. No I/O.
#pragma once

#include <algorithm>
#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/units.hpp"

namespace portdrought::core {

class Histogram {
public:
    Histogram();

    /// Adds one value; negative values count as zero.
    void add(Duration value) {
        if (value <= Duration{0}) return add_zero();
        // The bounds come first: who sees the count sees them. Seldom, so that nothing is written most of the time.
        if (value < look(min_)) show(min_, value);
        if (value > look(max_)) show(max_, value);
        std::uint64_t& bucket = counts_[index_of(static_cast<std::uint64_t>(value.count()))];
        show(bucket, look(bucket) + 1);
        sum_ += value;
    }
    void merge(const Histogram& other);

    std::uint64_t count() const;
    Duration min() const { return min_ == Duration::max() ? Duration{0} : min_; }
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
    friend class HistogramWatch;
    friend class SparseHistogram;

    // Values below 128 have a bucket each; above, 64 buckets per power of two.
    static constexpr unsigned sub_bits = 6;
    static constexpr std::uint64_t linear_limit = std::uint64_t{2} << sub_bits;
    static constexpr unsigned top_bit = 43;
    static constexpr std::size_t bucket_count = linear_limit + (top_bit - sub_bits - 1) * (std::size_t{1} << sub_bits);

    static std::size_t index_of(std::uint64_t value) {
        if (value < linear_limit) return static_cast<std::size_t>(value);
        const unsigned log2 = static_cast<unsigned>(std::bit_width(value)) - 1;
        if (log2 >= top_bit) return bucket_count - 1;
        const unsigned shift = log2 - sub_bits;
        return static_cast<std::size_t>((std::uint64_t{shift} << sub_bits) + (value >> shift));
    }
    static Duration upper_bound_of(std::size_t index);
    /// Which value, in rising order and from 1, the quantile is.
    static std::uint64_t rank_of(double fraction, std::uint64_t count);

    // The writer's own value, and how it shows a new one to who reads meanwhile: plain moves on x86.
    template <class T>
    static T look(T& place) {
        return std::atomic_ref<T>(place).load(std::memory_order_relaxed);
    }
    template <class T>
    static void show(T& place, T value) {
        std::atomic_ref<T>(place).store(value, std::memory_order_release);
    }

    /// All there is to it where nothing takes time, as in most of what is modelled.
    void add_zero() {
        if (look(min_) > Duration{0}) show(min_, Duration{0});
        show(counts_[0], look(counts_[0]) + 1);
    }

    std::vector<std::uint64_t> counts_;
    Duration min_ = Duration::max();
    Duration max_{0};
    Duration sum_{0};
};

}  // namespace portdrought::core
