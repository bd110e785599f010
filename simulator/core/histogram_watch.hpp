// Tells what a histogram took since it was last asked, while the histogram's writer goes on: the writer does nothing
// for it, the reader compares counts. Each value is told exactly once. Used by one thread.
#pragma once

#include <cstdint>
#include <vector>

#include "core/histogram.hpp"
#include "core/sparse_histogram.hpp"

namespace portdrought::core {

class HistogramWatch {
public:
    /// `watched` must outlive this, be where it is, and only ever be added to.
    explicit HistogramWatch(const Histogram& watched);

    /// What was added since the last call, or ever.
    SparseHistogram take_new();

private:
    const Histogram* watched_;
    std::vector<std::uint64_t> seen_;  // counts that were told already
};

}  // namespace portdrought::core
