#include "timed_wait/enforcer.hpp"

#include <algorithm>
#include <cerrno>
#include <span>

#include "os/clock.hpp"
#include "os/system_error.hpp"

namespace portdrought::timed_wait {

namespace {

// A request alone in its send() costs several times the CPU of one among others. Where entries come closer than this,
// the oldest waits for the next ones: removals are then late by about half of it. One that comes alone does not wait.
constexpr core::Duration most_slack = std::chrono::microseconds{600};

}  // namespace

Enforcer::Enforcer(core::Duration length) : length_(length), slack_(std::min(most_slack, length / 400)) {
    if (length > kernel_length) refresher_.emplace(length);
}

void Enforcer::closing(const os::Tuple& active, std::uint64_t cookie) {
    closing_.insert_or_assign(packer_.pack(active), cookie);
}

void Enforcer::entered(const os::Tuple& active, core::Instant now) {
    const auto found = closing_.find(packer_.pack(active));
    if (found == closing_.end()) return;
    claims_->add(found->second);
    waiting_.push({found->first, found->second, now});
    closing_.erase(found);
    ++entries_;
}

std::optional<core::Instant> Enforcer::next_due() const {
    const std::optional<core::Instant> removal = next_removal();
    if (!removal || !refresher_) return removal;
    return std::min(*removal, refresher_->next_due(waiting_).value_or(*removal));
}

std::optional<core::Instant> Enforcer::next_removal() const {
    if (waiting_.is_empty()) return std::nullopt;
    const core::Instant oldest = waiting_.front().entered;
    const bool has_company = waiting_.size() > 1 && waiting_.at(1).entered <= oldest + slack_;
    return oldest + length_ + (has_company ? slack_ : core::Duration{0});
}

std::size_t Enforcer::memory_bytes() const {
    return waiting_.memory_bytes() + closing_.bucket_count() * (sizeof(*closing_.begin()) + 1);
}

void Enforcer::refresh(core::Instant now) {
    if (!refresher_ || refresher_->next_due(waiting_).value_or(core::Instant::max()) > now) return;
    const core::Duration cpu_before = os::thread_cpu_time();
    refresher_->send_due(waiting_, packer_, now);
    cpu_ += os::thread_cpu_time() - cpu_before;
}

// Sends one batch of what is due; 0 before next_removal(), without a system call.
std::size_t Enforcer::send_due(core::Instant now) {
    const core::Instant newest_due = now - length_;
    if (next_removal().value_or(core::Instant::max()) > now) return 0;
    batch_cpu_start_ = os::thread_cpu_time();
    while (!batch_.is_full() && !waiting_.is_empty() && waiting_.front().entered <= newest_due) {
        const Entry& entry = waiting_.front();
        batch_entered_[batch_.size()] = entry.entered;
        batch_cookies_[batch_.size()] = entry.cookie;
        batch_.add(packer_.unpack(entry.tuple), entry.cookie);
        waiting_.pop();
    }
    batch_.send(socket_);
    return batch_.size();
}

void Enforcer::settle(core::Instant removed_at) {
    batch_.read_errors(socket_);
    for (std::size_t i = 0; i < batch_.size(); ++i) {
        const int error = batch_.error(i);
        if (error == 0) {
            const core::Duration lifetime = removed_at - batch_entered_[i];
            lifetimes_.add(lifetime);
            lateness_.add(lifetime - length_);
        } else if (error == ENOENT) {
            ++already_gone_;
        } else {
            throw os::SystemError("destroy a TIME_WAIT entry", error);
        }
    }
    claims_->remove(std::span(batch_cookies_).first(batch_.size()));
    batch_.clear();
    cpu_ += os::thread_cpu_time() - batch_cpu_start_;
}

}  // namespace portdrought::timed_wait
