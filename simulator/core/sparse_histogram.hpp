// What a histogram took in a part of a run: its buckets without the empty ones, small enough to have thousands of them.
// Fills from a HistogramWatch; parts merge back to the whole. No I/O.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/histogram.hpp"
#include "core/units.hpp"

namespace portdrought::core {

class SparseHistogram {
public:
    bool is_empty() const { return buckets_.empty(); }
    std::uint64_t count() const;
    /// At most a bucket (1.6 %) above the true one, never below it, and exact where it is the highest of the whole
    /// histogram so far. 0 when empty.
    Duration max() const { return max_; }
    /// As Histogram::quantile(), with its precision.
    Duration quantile(double fraction) const;

    void merge(const SparseHistogram& other);

private:
    friend class HistogramWatch;

    /// Index and count in one word, so that buckets are in the order of their words.
    class Bucket {
    public:
        Bucket(std::size_t index, std::uint64_t count) : word_((std::uint64_t{index} << count_bits) + count) {}
        std::size_t index() const { return word_ >> count_bits; }
        std::uint64_t count() const { return word_ & ((std::uint64_t{1} << count_bits) - 1); }
        void add(std::uint64_t count) { word_ += count; }
        friend auto operator<=>(const Bucket&, const Bucket&) = default;

    private:
        static constexpr unsigned count_bits = 52;
        static_assert(Histogram::bucket_count <= std::size_t{1} << (64 - count_bits));
        std::uint64_t word_;
    };

    Duration upper_bound_of(const Bucket& bucket) const;

    std::vector<Bucket> buckets_;  // by rising index
    Duration max_{0};
};

}  // namespace portdrought::core
