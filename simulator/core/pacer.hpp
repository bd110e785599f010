// Says when attempts are due (open loop): the rate limiter of a load generator. It never looks at the clock and never
// waits, so a slow server cannot slow it down; both engines offer the same attempts for the same seed.
#pragma once

#include <cstdint>
#include <memory>
#include <random>

#include "core/arrivals.hpp"
#include "core/units.hpp"

namespace portdrought::core {

class Pacer {
public:
    /// Attempts of one of `shares` equal workers; together the shares offer the plan at the mean `rate`, of which a
    /// trace has none. share < shares. Where arrivals are not random, the shares take the attempts in turn.
    Pacer(const ArrivalPlan& plan, Rate rate, std::uint64_t seed, unsigned share = 0, unsigned shares = 1);
    /// Constant or random arrivals, which need no more.
    Pacer(Arrivals process, Rate rate, std::uint64_t seed, unsigned share = 0, unsigned shares = 1);

    /// Intended start of the next attempt; Instant::max() after a trace's last.
    Instant next_due() const { return due_; }
    void advance() {
        ++index_;
        if (process_ == Arrivals::constant)
            due_ = evenly_spaced();
        else
            find_due();
    }

private:
    // From the index, not by adding gaps: rounding errors must not add up over a long run. Saturates, because
    // converting a larger double is undefined and a wrapped due time would be in the past.
    Instant evenly_spaced() const {
        const double ns = offset_ns_ + gap_ns_ * static_cast<double>(index_);
        return ns < 0x1p63 ? Instant{static_cast<std::int64_t>(ns)} : Instant::max();
    }
    void find_due();
    Instant due_in_burst() const;
    Instant due_by_day();
    Instant due_in_trace();
    double exponential();

    Arrivals process_;
    double gap_ns_;         // mean gap of this share, where nothing pauses it
    double offset_ns_ = 0;  // start of this share, so that shares that are not random interleave
    double on_ns_ = 0, off_ns_ = 0;
    double low_ = 0, period_ns_ = 0;
    double offered_ = 0;  // daily: by now, in mean rates times periods
    std::shared_ptr<const Trace> trace_;
    std::size_t row_ = 0;
    std::uint64_t before_row_ = 0;  // attempts of all shares
    std::uint64_t index_ = 0;       // of this share's attempts
    unsigned share_, shares_;
    std::mt19937_64 random_;
    Instant due_{0};
};

}  // namespace portdrought::core
