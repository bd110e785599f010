#include "os/process/limits.hpp"

#include <sys/resource.h>

#include "os/system_error.hpp"

namespace portdrought::os {

DescriptorLimit descriptor_limit() {
    rlimit limit{};
    check("read the descriptor limit", ::getrlimit(RLIMIT_NOFILE, &limit));
    return {limit.rlim_cur, limit.rlim_max};
}

std::uint64_t raise_descriptor_limit() {
    const DescriptorLimit now = descriptor_limit();
    const rlimit wanted{now.hard, now.hard};
    if (now.soft < now.hard) check("raise the descriptor limit", ::setrlimit(RLIMIT_NOFILE, &wanted));
    return now.hard;
}

void limit_descriptors(std::uint64_t count) {
    const rlimit wanted{count, descriptor_limit().hard};
    check("lower the descriptor limit", ::setrlimit(RLIMIT_NOFILE, &wanted));
}

}  // namespace portdrought::os
