#include "core/pacer.hpp"

#include <cmath>

namespace portdrought::core {
namespace {

// Saturates: converting a larger double is undefined, and a wrapped due time would be in the past.
Duration nanoseconds_of(double ns) {
    constexpr double beyond = 0x1p63;
    return ns < beyond ? Duration{static_cast<std::int64_t>(ns)} : Duration::max();
}

}  // namespace

Pacer::Pacer(Arrivals arrivals, Rate rate, std::uint64_t seed, unsigned share, unsigned shares)
    : arrivals_(arrivals), gap_ns_(1e9 * shares / rate.per_second), random_(seed * 0x9e3779b97f4a7c15ULL + share) {
    if (arrivals_ == Arrivals::constant) {
        offset_ns_ = gap_ns_ * share / shares;
        due_ = nanoseconds_of(offset_ns_);
    } else {
        due_ = exponential_gap();
    }
}

void Pacer::advance() {
    if (arrivals_ == Arrivals::poisson) {
        const Duration gap = exponential_gap();
        due_ = gap < Instant::max() - due_ ? due_ + gap : Instant::max();
        return;
    }
    // From the index, not by adding gaps: rounding errors must not add up over a long run.
    ++index_;
    due_ = nanoseconds_of(offset_ns_ + gap_ns_ * static_cast<double>(index_));
}

// Own inversion instead of std::exponential_distribution, whose algorithm is the library's choice: a seed must mean
// the same attempts everywhere. 53 random bits, u in (0, 1].
Duration Pacer::exponential_gap() {
    const double u = (static_cast<double>(random_() >> 11) + 1.0) * 0x1.0p-53;
    return nanoseconds_of(-std::log(u) * gap_ns_);
}

}  // namespace portdrought::core
