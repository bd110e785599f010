#include "core/sparse_histogram.hpp"

#include <algorithm>
#include <iterator>

namespace portdrought::core {

std::uint64_t SparseHistogram::count() const {
    std::uint64_t all = 0;
    for (const Bucket& bucket : buckets_) all += bucket.count();
    return all;
}

Duration SparseHistogram::upper_bound_of(const Bucket& bucket) const {
    if (bucket.index() + 1 == Histogram::bucket_count) return max_;
    return std::min(Histogram::upper_bound_of(bucket.index()), max_);
}

Duration SparseHistogram::quantile(double fraction) const {
    const std::uint64_t wanted = Histogram::rank_of(fraction, count());
    std::uint64_t seen = 0;
    for (const Bucket& bucket : buckets_) {
        seen += bucket.count();
        if (seen >= wanted) return upper_bound_of(bucket);
    }
    return max_;
}

void SparseHistogram::merge(const SparseHistogram& other) {
    if (other.is_empty()) return;
    std::vector<Bucket> all;
    all.reserve(buckets_.size() + other.buckets_.size());
    std::ranges::merge(buckets_, other.buckets_, std::back_inserter(all));
    buckets_.clear();
    for (const Bucket& bucket : all) {
        if (!buckets_.empty() && buckets_.back().index() == bucket.index())
            buckets_.back().add(bucket.count());
        else
            buckets_.push_back(bucket);
    }
    max_ = std::max(max_, other.max_);
}

}  // namespace portdrought::core
