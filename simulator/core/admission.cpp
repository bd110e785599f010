#include "core/admission.hpp"

namespace portdrought::core {

Admission::Admission(const std::optional<Rate>& rate, unsigned share, unsigned shares)
    : unlimited_(!rate), gap_ns_(rate ? 1e9 * shares / rate->per_second : 0), base_ns_(gap_ns_ * share / shares) {}

// Due times are whole nanoseconds, rounded down, and so is this.
Instant Admission::next_token() const {
    const double ns = base_ns_ + gap_ns_ * taken_;
    return ns < 0x1p63 ? Instant{static_cast<std::int64_t>(ns)} : Instant::max();
}

bool Admission::takes_token(Instant due) {
    if (due < next_token()) return false;
    ++taken_;
    const auto at_ns = static_cast<double>(due.count());
    // The bucket was full: what else would have been saved is lost.
    if (base_ns_ + gap_ns_ * taken_ < at_ns) {
        base_ns_ = at_ns;
        taken_ = 0;
    }
    return true;
}

}  // namespace portdrought::core
