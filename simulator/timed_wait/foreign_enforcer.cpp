#include "timed_wait/foreign_enforcer.hpp"

#include <algorithm>

#include "os/clock.hpp"

namespace portdrought::timed_wait {

namespace {

using std::chrono::milliseconds, std::chrono::seconds;

constexpr core::Duration longest_unclaimed = milliseconds{250};
constexpr core::Duration shortest_interval = milliseconds{25}, longest_interval = seconds{10};
constexpr core::Duration idle_interval = seconds{1};
constexpr core::Duration lately = seconds{10};
constexpr std::uint64_t looks_an_entry_may_miss = 2;  // a dump is not a snapshot

}  // namespace

ForeignEnforcer::ForeignEnforcer(core::Duration length, std::vector<Claims*> ours)
    : length_(length), youngest_(std::min(longest_unclaimed, length / 4)), ours_(std::move(ours)), enforcer_(length) {}

void ForeignEnforcer::look(core::Instant now, std::span<const FoundEntry> found) {
    ++looks_;
    fresh_.clear();
    for (const FoundEntry& entry : found) {
        if (const auto known = known_.find(entry.cookie); known != known_.end())
            known->second = looks_;
        else if (!is_ours(entry.cookie))
            meet(now, entry);
    }
    // Oldest first, as the enforcer's queue wants it. What is found later was too young now, or missed by a dump; such
    // a one waits behind younger ones for as long as it was missed.
    std::ranges::sort(fresh_, std::greater{}, &FoundEntry::age);
    for (const FoundEntry& entry : fresh_) take_on(now, entry);
    forget_gone();
    schedule(now);
}

void ForeignEnforcer::about_to_look() {
    for (Claims* claims : ours_) claims->remember_from_here();
}

void ForeignEnforcer::meet(core::Instant now, const FoundEntry& entry) {
    last_found_ = now;
    if (entry.age >= youngest_) fresh_.push_back(entry);
}

void ForeignEnforcer::take_on(core::Instant now, const FoundEntry& entry) {
    known_.emplace(entry.cookie, looks_);
    enforcer_.closing(entry.tuple, entry.cookie);
    enforcer_.entered(entry.tuple, now - entry.age);
    worst_overdue_ = std::max(worst_overdue_.value_or(core::Duration{0}), entry.age - length_);
}

std::optional<core::Duration> ForeignEnforcer::precision() const {
    if (!worst_overdue_) return std::nullopt;
    return std::max<core::Duration>(*worst_overdue_, os::kernel_tick());
}

bool ForeignEnforcer::is_ours(std::uint64_t cookie) const {
    return std::ranges::any_of(ours_, [cookie](const Claims* claims) { return claims->contains(cookie); });
}

void ForeignEnforcer::forget_gone() {
    boost::unordered::erase_if(known_,
                               [this](const auto& entry) { return entry.second + looks_an_entry_may_miss < looks_; });
}

void ForeignEnforcer::schedule(core::Instant now) {
    const core::Duration often = std::clamp(length_ / 4, shortest_interval, longest_interval);
    const bool found_lately = last_found_ != core::Instant::min() && now - last_found_ < std::max(lately, 2 * often);
    next_look_ = now + (found_lately ? often : std::max(often, idle_interval));
}

}  // namespace portdrought::timed_wait
