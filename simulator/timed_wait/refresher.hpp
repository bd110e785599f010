// Keeps TIME-WAIT entries alive beyond the kernel's 60 s (Linux net/ipv4/tcp_minisocks.c, TCP_TIMEWAIT_LEN): a stale
// ACK from the peer's side makes the kernel start the 60 s anew. Its answer draws a reset, which ends the entry unless
// net.ipv4.tcp_rfc1337 is 1; the lab sees to that. Every entry is renewed at the same ages, so a cursor into the
// enforcer's queue for each of these ages is all there is to remember.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/units.hpp"
#include "os/net/packed_tuple.hpp"
#include "os/net/raw_tcp.hpp"
#include "timed_wait/entry_fifo.hpp"

namespace portdrought::timed_wait {

/// TCP_TIMEWAIT_LEN.
inline constexpr core::Duration kernel_length = std::chrono::seconds{60};

/// At which ages an entry that is to live for `length` is renewed: none up to the kernel's own length, then evenly and
/// at least every 50 s, so that a worker may be 10 s late.
std::vector<core::Duration> refresh_ages(core::Duration length);

class Refresher {
public:
    /// `length` is real time, above kernel_length. Sends in the network namespace the thread is in now; throws
    /// os::SystemError without CAP_NET_RAW.
    explicit Refresher(core::Duration length);

    /// When send_due() has something to do: up to 50 ms after the first entry is due, so that one send() serves many.
    std::optional<core::Instant> next_due(const EntryFifo& waiting) const;

    /// Renews the entries that have waited longest past their due time, one batch at most; `packer` packed their
    /// tuples. Call it again while next_due() has come.
    void send_due(const EntryFifo& waiting, const os::TuplePacker& packer, core::Instant now);

    /// ACKs sent so far.
    std::uint64_t refreshes() const { return refreshes_; }

private:
    struct Cursor {
        core::Duration age;
        std::uint64_t next = 0;  // number of the first entry that has not been renewed at this age
    };

    static std::optional<core::Instant> due(const Cursor& cursor, const EntryFifo& waiting);
    Cursor* most_urgent(const EntryFifo& waiting, core::Instant now);

    std::vector<Cursor> cursors_;
    os::StaleAckBatch batch_;
    std::uint64_t refreshes_ = 0;
};

}  // namespace portdrought::timed_wait
