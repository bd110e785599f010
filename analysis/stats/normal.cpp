#include "analysis/stats/normal.hpp"

#include <boost/math/distributions/normal.hpp>

namespace portdrought::stats {

double normal_upper_tail(double z) { return boost::math::cdf(complement(boost::math::normal{}, z)); }

double normal_two_sided(double confidence) {
    return boost::math::quantile(complement(boost::math::normal{}, (1 - confidence) / 2));
}

}  // namespace portdrought::stats
