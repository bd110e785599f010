#include "core/histogram_watch.hpp"

#include <algorithm>
#include <atomic>

namespace portdrought::core {
namespace {

/// Loading through an atomic_ref writes nothing, but C++20 has none of constants.
template <class T>
T shown(const T& place) {
    return std::atomic_ref<T>(const_cast<T&>(place)).load(std::memory_order_acquire);
}

}  // namespace

HistogramWatch::HistogramWatch(const Histogram& watched) : watched_(&watched), seen_(Histogram::bucket_count) {}

SparseHistogram HistogramWatch::take_new() {
    SparseHistogram result;
    // What lies outside of these bounds was added just now, and is told the next time.
    const Duration lowest = shown(watched_->min_), highest = shown(watched_->max_);
    if (lowest > highest) return result;
    const auto index_of = [](Duration value) { return Histogram::index_of(static_cast<std::uint64_t>(value.count())); };
    const std::size_t last = index_of(highest);
    for (std::size_t i = index_of(lowest); i <= last; ++i) {
        const std::uint64_t count = shown(watched_->counts_[i]);
        if (count == seen_[i]) continue;
        result.buckets_.emplace_back(i, count - seen_[i]);
        seen_[i] = count;
    }
    if (result.is_empty()) return result;
    // Not before the counts: whoever counted the highest value had shown it as the highest.
    result.max_ = shown(watched_->max_);
    result.max_ = result.upper_bound_of(result.buckets_.back());
    return result;
}

}  // namespace portdrought::core
