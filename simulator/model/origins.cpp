#include "model/origins.hpp"

#include <algorithm>
#include <cmath>

#include "scenario/addresses.hpp"

namespace portdrought::model {
namespace {

std::vector<double> zipf(std::uint32_t destinations, double exponent) {
    std::vector<double> cumulative;
    if (exponent == 0) return cumulative;
    double sum = 0;
    for (std::uint32_t rank = 1; rank <= destinations; ++rank)
        cumulative.push_back(sum += std::pow(static_cast<double>(rank), -exponent));
    for (double& share : cumulative) share /= sum;
    return cumulative;
}

}  // namespace

Origins::Origins(const scenario::Scenario& real, unsigned share)
    : hosts_(real.topology.hosts),
      sources_(real.host.sources),
      share_(share),
      workers_(real.load.workers),
      own_tuples_(std::uint64_t{sources_} * (scenario::destination_count(real.host) / workers_)),
      in_turn_(real.load.arrivals == core::Arrivals::constant),
      is_single_(hosts_ == 1 && own_tuples_ == 1 && real.topology.destination_skew == 0),
      cumulative_(zipf(scenario::destination_count(real.host), real.topology.destination_skew)),
      random_(hash(real.lab.seed, share, 1)) {}

std::uint32_t Origins::next_host() {
    if (hosts_ == 1) return 0;
    if (!in_turn_) return random_.below(hosts_);
    const std::uint32_t host = next_host_;
    next_host_ = host + 1 == hosts_ ? 0 : host + 1;
    return host;
}

std::uint32_t Origins::skewed_destination() {
    const double at = static_cast<double>(random_.next() >> 11) * 0x1.0p-53;
    const auto found = std::ranges::upper_bound(cumulative_, at);
    return static_cast<std::uint32_t>(
        std::min<std::ptrdiff_t>(found - cumulative_.begin(), static_cast<std::ptrdiff_t>(cumulative_.size()) - 1));
}

Origin Origins::choose() {
    Origin origin;
    origin.host = next_host();
    // In turn over all tuples once every host had its turn, so that each host takes them one after the other.
    if (origin.host == 0) next_ = next_ + 1 == own_tuples_ ? 0 : next_ + 1;
    const auto own = static_cast<std::uint32_t>(hosts_ == 1 || in_turn_ ? (next_ + own_tuples_ - 1) % own_tuples_
                                                                        : random_.next() % own_tuples_);
    const std::uint32_t source = own % sources_;
    origin.destination = cumulative_.empty() ? own / sources_ * workers_ + share_ : skewed_destination();
    origin.tuple = origin.destination * sources_ + source;
    return origin;
}

}  // namespace portdrought::model
