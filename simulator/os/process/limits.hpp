// The descriptor limit of this process (RLIMIT_NOFILE).
#pragma once

#include <cstdint>

namespace portdrought::os {

struct DescriptorLimit {
    std::uint64_t soft = 0, hard = 0;
};

DescriptorLimit descriptor_limit();

/// Raises the soft limit to the hard one, which needs no privilege; returns it.
std::uint64_t raise_descriptor_limit();

}  // namespace portdrought::os
