// Makes a TIME-WAIT length other than the kernel's fixed 60 s real (Linux net/ipv4/tcp_minisocks.c, TCP_TIMEWAIT_LEN):
// each entry is removed through sock_diag when its time is over, and its port is free at once; beyond 60 s it is kept
// alive until then (refresher.hpp). One per worker, called inline from the worker's loop, single-threaded; whoever
// closes sockets reports to it.
#pragma once

#include <array>
#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <memory>
#include <optional>

#include "core/histogram.hpp"
#include "core/units.hpp"
#include "os/net/destroy_batch.hpp"
#include "os/net/netlink.hpp"
#include "os/net/packed_tuple.hpp"
#include "os/net/tuple.hpp"
#include "timed_wait/claims.hpp"
#include "timed_wait/entry_fifo.hpp"
#include "timed_wait/refresher.hpp"

namespace portdrought::timed_wait {

class Enforcer {
public:
    /// `length` is real time; above 60 s the namespace needs net.ipv4.tcp_rfc1337 = 1 and CAP_NET_RAW
    /// (os::SystemError). Speaks to the network namespace the thread is in now.
    explicit Enforcer(core::Duration length);

    /// Right before the active closer's close(). `active` is that socket's view, `cookie` its SO_COOKIE (the kernel
    /// hands the cookie on to the TIME-WAIT entry). A second call for the same tuple replaces the first.
    void closing(const os::Tuple& active, std::uint64_t cookie);

    /// The passive side has closed too: TIME-WAIT begins. No-op for a tuple that is not closing. `now` never decreases
    /// from call to call, so the queue is in order of entry.
    void entered(const os::Tuple& active, core::Instant now);

    /// This side has closed, the other has not.
    bool is_half_closed(const os::Tuple& active) { return closing_.contains(packer_.pack(active)); }

    /// The connection ended by RST or the closing was called off: there will be no TIME-WAIT.
    void forget(const os::Tuple& active) { closing_.erase(packer_.pack(active)); }

    /// When reap() next has something to do: a little after the oldest entry is due, so that one send() serves several,
    /// or when entries have to be kept alive.
    std::optional<core::Instant> next_due() const;

    /// Once next_due() has come, removes every entry due at `now`, and keeps up to a batch of others alive; `clock()`
    /// gives the core::Instant after each batch. Returns how many entries left the queue. Throws os::SystemError when
    /// the kernel refuses to destroy at all (EPERM: the namespace is not ours; EOPNOTSUPP: before Linux 6.0, or without
    /// CONFIG_INET_DIAG_DESTROY).
    template <class Clock>
    std::size_t reap(core::Instant now, Clock&& clock) {
        std::size_t reaped = 0;
        refresh(now);
        while (const std::size_t sent = send_due(now)) {
            settle(clock());
            reaped += sent;
        }
        return reaped;
    }

    /// From entry to the return of the send() that removed it. Entries that were gone already are not in it.
    const core::Histogram& lifetimes() const { return lifetimes_; }
    /// The same less the wanted length: resolves fractions of a millisecond where lifetimes() has 1.6 % steps.
    const core::Histogram& lateness() const { return lateness_; }
    /// Entries into TIME-WAIT seen so far: lifetimes().count() + already_gone() + tracked().
    std::uint64_t entries() const { return entries_; }
    /// Gone before their time: taken over by a fresh SYN, reused through tw_reuse, or skipped at tcp_max_tw_buckets.
    std::uint64_t already_gone() const { return already_gone_; }
    /// ACKs that made the kernel start an entry's 60 s anew.
    std::uint64_t refreshes() const { return refresher_ ? refresher_->refreshes() : 0; }
    /// Thread CPU time spent removing and keeping alive; bookkeeping in closing() and entered() is not in it.
    core::Duration cpu() const { return cpu_; }
    /// In TIME-WAIT now, as far as known here.
    std::size_t tracked() const { return waiting_.size(); }
    /// Closed by the active side, not yet by the passive one.
    std::size_t half_closed() const { return closing_.size(); }
    /// Heap bytes of both tables; at most 64 per entry once there are more than a few thousand. Claims are not in it.
    std::size_t memory_bytes() const;
    /// The entries being waited for, by cookie, for other threads to ask.
    Claims& claims() const { return *claims_; }

private:
    std::optional<core::Instant> next_removal() const;
    void refresh(core::Instant now);
    std::size_t send_due(core::Instant now);
    void settle(core::Instant removed_at);

    core::Duration length_;
    core::Duration slack_;  // never early, at most this much late on purpose, to remove several at once
    os::SockDiagSocket socket_;
    os::TuplePacker packer_;
    boost::unordered_flat_map<os::PackedTuple, std::uint64_t, os::PackedTupleHash> closing_;
    EntryFifo waiting_;
    std::optional<Refresher> refresher_;  // above the kernel's own length
    std::unique_ptr<Claims> claims_ = std::make_unique<Claims>();
    os::DestroyBatch batch_;
    std::array<core::Instant, os::DestroyBatch::capacity> batch_entered_{};
    std::array<std::uint64_t, os::DestroyBatch::capacity> batch_cookies_{};
    core::Duration batch_cpu_start_{0};
    core::Histogram lifetimes_;
    core::Histogram lateness_;
    std::uint64_t entries_ = 0;
    std::uint64_t already_gone_ = 0;
    core::Duration cpu_{0};
};

}  // namespace portdrought::timed_wait
