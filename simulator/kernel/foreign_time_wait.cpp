#include "kernel/foreign_time_wait.hpp"

#include <algorithm>

#include "probe/census_count.hpp"

namespace portdrought::kernel {

core::Instant ForeignTimeWait::next_due() const {
    return std::min(enforcer_.next_look(), enforcer_.next_due().value_or(core::Instant::max()));
}

void ForeignTimeWait::turn() {
    if (clock_.now() >= enforcer_.next_look()) look();
    const core::Instant now = clock_.now();
    if (enforcer_.next_due().value_or(core::Instant::max()) <= now)
        enforcer_.reap(now, [this] { return clock_.now(); });
}

void ForeignTimeWait::look() {
    found_.clear();
    enforcer_.about_to_look();
    const core::Instant now = clock_.now();
    for (const probe::SocketEntry& entry : dump_.take())
        found_.push_back(
            {entry.tuple, entry.cookie, probe::kernel_time_wait - std::chrono::milliseconds{entry.expires_ms}});
    enforcer_.look(now, found_);
}

}  // namespace portdrought::kernel
