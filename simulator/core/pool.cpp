#include "core/pool.hpp"

namespace portdrought::core {

PoolCounts& PoolCounts::operator+=(const PoolCounts& other) {
    reused += other.reused;
    closed_full += other.closed_full;
    closed_idle += other.closed_idle;
    closed_worn += other.closed_worn;
    closed_unread += other.closed_unread;
    return *this;
}

}  // namespace portdrought::core
