// Enforces a TIME-WAIT length on entries that nobody reported: those of a process that is not ours, such as a server
// under test. It is shown what a look at the kernel's table finds; an entry's age follows from what its timer has left,
// exact to a kernel tick, so looks may be far apart as long as each entry is seen before its time. One thread.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/units.hpp"
#include "os/net/tuple.hpp"
#include "timed_wait/claims.hpp"
#include "timed_wait/enforcer.hpp"

namespace portdrought::timed_wait {

/// A TIME-WAIT entry as a look found it.
struct FoundEntry {
    os::Tuple tuple;  // as its holder sees it
    std::uint64_t cookie = 0;
    core::Duration age{0};  // 60 s less what the kernel's timer has left
};

class ForeignEnforcer {
public:
    /// `length` is real time; `ours`: what other enforcers take care of. They must outlive this object. Throws what
    /// Enforcer does.
    ForeignEnforcer(core::Duration length, std::vector<Claims*> ours);

    /// When the next look is due: four times within a TIME-WAIT length where foreign entries have been found lately,
    /// otherwise no more than once a second.
    core::Instant next_look() const { return next_look_; }

    /// Takes on what is new and nobody's. `found`: the whole table at `now`, in any order.
    void look(core::Instant now, std::span<const FoundEntry> found);
    /// Call before the list for look() is made: what our own enforcers remove from then on is still theirs in that
    /// list.
    void about_to_look();

    /// When reap() has something to do.
    std::optional<core::Instant> next_due() const { return enforcer_.next_due(); }

    /// As Enforcer::reap().
    template <class Clock>
    std::size_t reap(core::Instant now, Clock&& clock) {
        return enforcer_.reap(now, std::forward<Clock>(clock));
    }

    /// Lifetimes, lateness and counts of the foreign entries. They are counted from the age that the look told.
    const Enforcer& enforcer() const { return enforcer_; }

    /// What is not known about when an entry should have gone: a kernel tick, or the longest time that one was over its
    /// time already when it was found. nullopt without foreign entries.
    std::optional<core::Duration> precision() const;

private:
    bool is_ours(std::uint64_t cookie) const;
    void meet(core::Instant now, const FoundEntry& entry);
    void take_on(core::Instant now, const FoundEntry& entry);
    void forget_gone();
    void schedule(core::Instant now);

    core::Duration length_;
    core::Duration youngest_;  // younger ones are left to the next look: their closer may be about to claim them
    std::vector<Claims*> ours_;
    Enforcer enforcer_;
    boost::unordered_flat_map<std::uint64_t, std::uint64_t> known_;  // cookie -> the last look that found it
    std::vector<FoundEntry> fresh_;                                  // of one look
    std::uint64_t looks_ = 0;
    core::Instant next_look_{0};
    core::Instant last_found_{core::Instant::min()};
    std::optional<core::Duration> worst_overdue_;
};

}  // namespace portdrought::timed_wait
