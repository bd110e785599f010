// What a census counts, and the counting itself: pure, one entry at a time, so that it can be tested without sockets.
// Entries that neither side of the question owns are left out.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <vector>

#include "core/units.hpp"
#include "os/net/tuple.hpp"
#include "probe/sock_diag_decoder.hpp"

namespace portdrought::probe {

/// Consecutive ports of each of some consecutive addresses that a server listens on.
struct ServerEndpoints {
    os::Address first;
    std::uint32_t addresses = 1;
    core::PortRange ports;
    bool contains(const os::Endpoint& endpoint) const {
        return ports.contains(endpoint.port) && endpoint.address.is_near(first) &&
               endpoint.address.last_four() - first.last_four() < addresses;
    }
};

/// Linux arms every TIME_WAIT timer with 60 s, also where entries are removed sooner (TCP_TIMEWAIT_LEN).
inline constexpr std::chrono::milliseconds kernel_time_wait{60'000};

struct CensusQuestion {
    std::vector<ServerEndpoints>
        servers;  // an entry is server-held by its local, client-held by its remote endpoint; of one address family
    core::PortRange ports;       // that connect() chooses from …
    core::PortSet reserved;      // … without these
    std::uint64_t capacity = 0;  // tuples connect() may choose from, over all sources and destinations
    // connect() takes TIME_WAIT tuples over, with timestamps: tw_reuse is on (or loopback), or the port can be bound
    // again, then at any age.
    bool tw_reuse = false;
    std::chrono::milliseconds tw_reuse_delay{1000};
    core::Duration time_wait_length = kernel_time_wait;  // real: 60 s, or the enforced one
    std::uint32_t listing_rows = 0;                      // rows to keep for a listing, the oldest ones
};

struct CensusCount {
    std::uint64_t entries = 0;  // of the question, in any state
    std::uint64_t time_wait_client = 0, time_wait_server = 0;
    std::uint64_t fin_wait_2 = 0;    // either side
    std::uint64_t connected = 0;     // client-held, in any other state: each connection once
    std::uint64_t parked = 0;        // TIME_WAIT and FIN_WAIT_2 without a socket: what sockstat counts as `tw`
    std::uint64_t ports_in_use = 0;  // client-held tuples in the range, in any state
    std::uint64_t reusable = 0;      // those of them in TIME_WAIT for tw_reuse_delay or longer
    std::map<os::Endpoint, std::uint64_t> ports_by_destination;
    /// TIME_WAIT entries by time left, in tenths of the TIME-WAIT length; the last, eleventh: more than all of it.
    std::vector<std::uint64_t> left_by_tenth = std::vector<std::uint64_t>(11);
    std::uint64_t rows_total = 0;
    std::vector<SocketEntry> rows;  // oldest first
    bool interrupted = false;       // the table changed under the dump: counts are off by a few
    core::Duration cpu{0};          // thread CPU time of this census

    /// What connect() could take now.
    std::uint64_t ports_free(const CensusQuestion& question) const;
};

class CensusCounter {
public:
    /// `question` must outlive the counter.
    explicit CensusCounter(const CensusQuestion& question) : question_(question) {}

    void add(const SocketEntry& entry);
    /// Sorts the rows; the counter is used up.
    CensusCount finish();

private:
    void count_client_held(const SocketEntry& entry);
    void count_age(const SocketEntry& entry);
    void keep_row(const SocketEntry& entry);

    const CensusQuestion& question_;
    CensusCount count_;
    // Dumps come in hash order, but most runs have one destination: remember the last one found.
    std::pair<const os::Endpoint, std::uint64_t>* last_destination_ = nullptr;
};

}  // namespace portdrought::probe
