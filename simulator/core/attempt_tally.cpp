#include "core/attempt_tally.hpp"

#include <algorithm>

namespace portdrought::core {

void AttemptTally::merge(const AttemptTally& other) {
    connect.merge(other.connect);
    connect_intended.merge(other.connect_intended);
    start_lag.merge(other.start_lag);
    if (other.first_without_port)
        first_without_port = std::min(first_without_port.value_or(Instant::max()), *other.first_without_port);
    retries += other.retries;
}

}  // namespace portdrought::core
