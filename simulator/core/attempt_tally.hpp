// What Attempts measures besides its live counters. Read after the load has ended; tallies merge.
#pragma once

#include <cstdint>
#include <optional>

#include "core/histogram.hpp"
#include "core/units.hpp"

namespace portdrought::core {

struct AttemptTally {
    Histogram connect;           // actual start of the try -> established
    Histogram connect_intended;  // intended start of the attempt -> established
    Histogram start_lag;
    std::optional<Instant> first_without_port;  // intended start of the first attempt that found no port
    std::uint64_t retries = 0;

    void merge(const AttemptTally& other);
};

}  // namespace portdrought::core
