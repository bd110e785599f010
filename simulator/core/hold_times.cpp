#include "core/hold_times.hpp"

#include <algorithm>
#include <cmath>

#include "core/random.hpp"

namespace portdrought::core {
namespace {

double longest_by_mean(HoldDistribution distribution) {
    switch (distribution) {
        case HoldDistribution::constant: break;
        case HoldDistribution::exponential: return 20;
        case HoldDistribution::uniform: return 2;
        case HoldDistribution::lognormal: return 245;
    }
    return 1;
}

Duration times(Duration mean, double factor) {
    return Duration{static_cast<std::int64_t>(static_cast<double>(mean.count()) * factor)};
}

}  // namespace

Duration longest_hold(HoldDistribution distribution, Duration mean) {
    return times(mean, longest_by_mean(distribution));
}

// A stream of its own beside those of the pacers, which take the seed times the same number plus their share.
HoldTimes::HoldTimes(HoldDistribution distribution, Duration mean, std::uint64_t seed, Side side, unsigned share)
    : distribution_(distribution),
      mean_(mean),
      longest_(longest_hold(distribution, mean)),
      random_((seed * 0x9e3779b97f4a7c15ULL + share) ^
              (side == Side::client ? 0x686f6c64ULL << 32 : 0x68656c64ULL << 32)) {}

Duration HoldTimes::draw() {
    double factor = 1;
    switch (distribution_) {
        case HoldDistribution::constant: break;
        case HoldDistribution::exponential: factor = exponential_of(random_()); break;
        case HoldDistribution::uniform: factor = 2 * unit_of(random_()); break;
        case HoldDistribution::lognormal: {
            const std::uint64_t bits = random_(), other_bits = random_();
            factor = std::exp(normal_of(bits, other_bits) - 0.5);  // the mean of exp(z) is exp(1/2)
            break;
        }
    }
    return std::min(times(mean_, factor), longest_);
}

}  // namespace portdrought::core
