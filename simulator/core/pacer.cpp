#include "core/pacer.hpp"

#include <algorithm>
#include <cmath>

#include "core/random.hpp"

namespace portdrought::core {
namespace {

// Saturates: converting a larger double is undefined, and a wrapped due time would be in the past.
Duration nanoseconds_of(double ns) {
    constexpr double beyond = 0x1p63;
    return ns < beyond ? Duration{static_cast<std::int64_t>(ns)} : Duration::max();
}

ArrivalPlan plan_of(Arrivals process) {
    ArrivalPlan plan;
    plan.process = process;
    return plan;
}

}  // namespace

Pacer::Pacer(Arrivals process, Rate rate, std::uint64_t seed, unsigned share, unsigned shares)
    : Pacer(plan_of(process), rate, seed, share, shares) {}

Pacer::Pacer(const ArrivalPlan& plan, Rate rate, std::uint64_t seed, unsigned share, unsigned shares)
    : process_(plan.process),
      gap_ns_(1e9 * shares / (process_ == Arrivals::bursts ? peak_rate(plan, rate) : rate).per_second),
      offset_ns_(gap_ns_ * share / shares),
      on_ns_(static_cast<double>(plan.burst_on.count())),
      off_ns_(static_cast<double>(plan.burst_off.count())),
      low_(plan.daily_low),
      period_ns_(static_cast<double>(plan.daily_period.count())),
      trace_(plan.trace),
      share_(share),
      shares_(shares),
      random_(seed * 0x9e3779b97f4a7c15ULL + share) {
    find_due();
}

void Pacer::find_due() {
    switch (process_) {
        case Arrivals::constant: due_ = evenly_spaced(); break;
        case Arrivals::poisson: {
            const Duration gap = nanoseconds_of(exponential() * gap_ns_);
            due_ = gap < Instant::max() - due_ ? due_ + gap : Instant::max();
            break;
        }
        case Arrivals::bursts: due_ = due_in_burst(); break;
        case Arrivals::daily: due_ = std::max(due_, due_by_day()); break;
        case Arrivals::trace: due_ = due_in_trace(); break;
    }
}

// Counted in time spent in bursts, to which the pauses before it are added.
Instant Pacer::due_in_burst() const {
    const double spent = offset_ns_ + gap_ns_ * static_cast<double>(index_);
    const double bursts = std::floor(spent / on_ns_ * (1 + 1e-12));  // the end of one is the beginning of the next
    return nanoseconds_of(std::max(spent, bursts * on_ns_) + bursts * off_ns_);
}

// Exponential gaps in attempts offered on average, which the curve's inverse turns into times.
Instant Pacer::due_by_day() {
    offered_ += exponential() * gap_ns_ / period_ns_;
    return nanoseconds_of(daily_time(low_, offered_) * period_ns_);
}

Instant Pacer::due_in_trace() {
    if (!trace_) return Instant::max();
    const std::uint64_t wanted = index_ * shares_ + share_;
    for (; row_ < trace_->rows.size(); ++row_) {
        const std::uint64_t attempts = trace_->rows[row_].attempts;
        if (wanted - before_row_ < attempts) return trace_->due(row_, wanted - before_row_);
        before_row_ += attempts;
    }
    return Instant::max();
}

double Pacer::exponential() { return exponential_of(random_()); }

}  // namespace portdrought::core
