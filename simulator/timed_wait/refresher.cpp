#include "timed_wait/refresher.hpp"

#include <algorithm>
#include <array>

namespace portdrought::timed_wait {

namespace {

constexpr core::Duration longest_interval = std::chrono::seconds{50};
constexpr core::Duration slack = std::chrono::milliseconds{50};

}  // namespace

std::vector<core::Duration> refresh_ages(core::Duration length) {
    std::vector<core::Duration> ages;
    if (length <= kernel_length) return ages;
    const auto stretches = (length + longest_interval - core::Duration{1}) / longest_interval;
    for (std::int64_t i = 1; i < stretches; ++i) ages.push_back(length / stretches * i);
    return ages;
}

Refresher::Refresher(core::Duration length) {
    for (const core::Duration age : refresh_ages(length)) cursors_.push_back({age, 0});
}

std::optional<core::Instant> Refresher::due(const Cursor& cursor, const EntryFifo& waiting) {
    const std::uint64_t next = std::max(cursor.next, waiting.popped());
    if (next == waiting.popped() + waiting.size()) return std::nullopt;
    return waiting.at(next - waiting.popped()).entered + cursor.age;
}

std::optional<core::Instant> Refresher::next_due(const EntryFifo& waiting) const {
    std::optional<core::Instant> first;
    for (const Cursor& cursor : cursors_) {
        const auto its = due(cursor, waiting);
        if (its && (!first || *its < *first)) first = its;
    }
    return first ? std::optional{*first + slack} : std::nullopt;
}

Refresher::Cursor* Refresher::most_urgent(const EntryFifo& waiting, core::Instant now) {
    Cursor* found = nullptr;
    core::Instant first = now;
    for (Cursor& cursor : cursors_) {
        const auto its = due(cursor, waiting);
        if (!its || *its > first) continue;
        found = &cursor;
        first = *its;
    }
    return found;
}

void Refresher::send_due(const EntryFifo& waiting, const os::TuplePacker& packer, core::Instant now) {
    std::array<Cursor*, os::StaleAckBatch::capacity> came_from{};
    std::size_t added = 0;
    while (!batch_.is_full()) {
        Cursor* cursor = most_urgent(waiting, now);
        if (cursor == nullptr) break;
        cursor->next = std::max(cursor->next, waiting.popped());
        batch_.add(packer.unpack(waiting.at(cursor->next - waiting.popped()).tuple));
        ++cursor->next;
        came_from[added++] = cursor;
    }
    if (added == 0) return;
    const std::size_t sent = batch_.send();
    refreshes_ += sent;
    // What the kernel had no buffers for is due as before. Each cursor moved in order, so stepping back is enough.
    for (std::size_t i = sent; i < added; ++i) --came_from[i]->next;
}

}  // namespace portdrought::timed_wait
