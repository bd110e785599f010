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

/// Lowers the soft limit to `count`; descriptors that are open already stay open, whatever their number.
void limit_descriptors(std::uint64_t count);

}  // namespace portdrought::os
