// The RunRecord value: one run, complete enough to be judged and drawn without the machine it ran on.
// Written and read by record_file.hpp (schema portdrought.record/1, docs/record-format.md). An unknown value is absent.
// Times are scenario time unless the name or comment says real; latencies and CPU are always real.
#pragma once

#include <boost/container/flat_map.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/costs.hpp"
#include "core/histogram.hpp"
#include "core/outcome.hpp"
#include "core/pool.hpp"
#include "scenario/scenario.hpp"

namespace portdrought::record {

inline constexpr const char* schema = "portdrought.record/1";

struct HostFacts {
    std::string kernel;  // uname -r
    std::string machine;
    std::uint32_t cpus = 0;
    std::optional<std::uint32_t> hz;  // CONFIG_HZ, where the kernel's configuration can be read
    std::uint64_t descriptor_limit = 0;
    bool user_namespace = false;                    // false: a privileged caller without user namespaces
    std::optional<std::uint64_t> established_hash;  // slots of the namespace's own TCP table; absent: the host's table
    std::map<std::string, std::string> sysctls;     // as read back after they were set
};

/// Deltas since the start of the run, by their kernel names ("TcpExt.TW", "TcpExt.TWRecycled", "Tcp.OutRsts").
using Counters = std::map<std::string, std::uint64_t>;
/// The same for a sample, of which a record has thousands: one block of memory each.
using SampleCounters = boost::container::flat_map<std::string, std::uint64_t>;

/// What connect() took, real time, with the precision of a histogram: at most 1/64 above the true value, never below.
struct ConnectTimes {
    core::Duration p50{0}, p99{0}, max{0};
    friend bool operator==(const ConnectTimes&, const ConnectTimes&) = default;
};

/// One look at the run; cumulative counts, gauges as they were.
struct Look {
    double t_s = 0;
    std::uint64_t attempts = 0;
    std::uint64_t connected = 0;
    core::OutcomeCounts outcomes;
    std::optional<std::uint64_t> time_wait;    // /proc/net/sockstat `tw`: TIME_WAIT and orphaned FIN_WAIT_2
    std::optional<std::uint64_t> established;  // Tcp.CurrEstab
    // Present where a census was taken at this look:
    std::optional<std::uint64_t> time_wait_client, time_wait_server, fin_wait_2;
    std::optional<std::uint64_t> ports_in_use;    // tuples of the client's side that are not free, in any state
    std::optional<std::uint64_t> ports_free;      // what connect() could take now
    std::optional<std::uint64_t> ports_reusable;  // TIME_WAIT tuples that tw_reuse gives, or would give, back
    // Present where there is a NAT:
    std::optional<std::uint64_t> nat_in_use;   // ports of the NAT that are taken, those of closed flows included
    std::optional<std::uint64_t> nat_dropped;  // SYNs dropped for want of a port, cumulative
};

/// In a record the times of samples rise strictly.
struct Sample : Look {
    SampleCounters counters;  // empty where they were not read
    /// Of the connections made after the sample before this one in the record; absent where there were none, or where
    /// nothing says what they took. The highest `max` of all samples is that of RunRecord::connect.
    std::optional<ConnectTimes> connect;
};

/// Up to this many pairs in FIN_WAIT_2 are connections caught between their two FINs; more of them pile up.
inline constexpr std::uint64_t fin_wait_2_in_passing = 10;

struct Census {
    double t_s = 0;
    std::uint64_t time_wait_client = 0, time_wait_server = 0, fin_wait_2 = 0, connected = 0;
    std::uint64_t parked = 0;  // TIME_WAIT and FIN_WAIT_2 without a socket: what sockstat counts as `tw`
    std::optional<std::uint64_t> sockstat_time_wait;            // read right after the dump, for the cross-check
    bool interrupted = false;                                   // NLM_F_DUMP_INTR: the table changed under the dump
    double cpu_us = 0;                                          // own cost, real
    std::map<std::string, std::uint64_t> ports_by_destination;  // "127.0.0.1:7000" -> tuples in use towards it
    /// Entries by time left, in tenths of the TIME-WAIT length; last bucket: more than the whole length.
    std::vector<std::uint64_t> left_by_tenth;
};

/// A row of the listing, as netstat would print it from the census with most entries.
struct Connection {
    std::string local, remote, state;
    std::uint64_t inode = 0;  // 0: no owner, the "PID 0" of netstat
};

struct Listing {
    double t_s = 0;
    std::uint64_t rows_total = 0;  // rows the host of the scenario would show
    std::vector<Connection> rows;  // the oldest ones first, at most 50
};

/// SO_LINGER, RST and TIME-WAIT shortcuts are paid for by the peer: what it lost.
struct Cost {
    std::uint64_t resets_seen_by_peer = 0;
    std::optional<std::uint64_t> transfers_cut;
    std::optional<std::uint64_t> bytes_lost;
    std::optional<std::uint64_t> time_wait_overflow;
    std::optional<std::uint64_t> ports_reused_early;  // through tw_reuse (TWRecycled)
    std::optional<std::uint64_t> connect_stalls;      // SYNs and SYN-ACKs sent again: a lost one costs a second
    std::optional<double>
        cpu_us_per_connection;  // generator, server and enforcer, per connection made; pool: per request
};

/// What became of the connections of a client pool.
using PoolUse = core::PoolCounts;

/// What became of the ports of the NAT.
struct NatUse {
    std::uint64_t capacity = 0;  // flows towards one destination at one time
    std::uint64_t peak = 0;      // most ports taken at one time, towards all destinations
    std::uint64_t flows = 0;     // that got a port
    std::uint64_t dropped = 0;   // SYNs dropped for want of a port, those sent again included
    std::uint64_t evicted = 0;   // ports taken from closed flows before their time
    std::optional<double> first_drop_s;
};

/// What a modelled run rests on.
struct ModelFacts {
    core::Costs costs;
    std::string costs_source;             // "built in", or who measured them where
    std::vector<std::string> unverified;  // a sentence each: values and rules that nothing here could check
};

/// Trials in which segments of an old connection met a new one on the same pair (lab.duplicates).
struct Duplicates {
    std::uint64_t trials = 0;
    std::uint64_t pair_refused = 0;  // the pair could not be used again: the old connection was still protected
    // What became of data that fits into the new connection's window, as after a wrap of sequence numbers. Where the
    // kernel does not show PAWSEstab, what was dropped is in neither of the two:
    std::uint64_t accepted = 0;       // it reached the application: data corrupted
    std::uint64_t dropped_paws = 0;   // dropped by its old timestamp (RFC 7323 5)
    std::uint64_t dropped_other = 0;  // dropped otherwise
    std::uint64_t killed = 0;         // the new connection ended
    // What became of data with the old connection's own sequence numbers:
    std::uint64_t stale_accepted = 0, stale_dropped = 0, stale_killed = 0;
    // A stale segment sent to the pair while it was in TIME_WAIT (RFC 1337 hazards):
    std::uint64_t time_wait_killed = 0;  // TIME_WAIT was ended by the reset that answered it
    std::uint64_t time_wait_kept = 0;
};

struct Enforced {
    core::Histogram lifetimes;  // achieved, real time, from entry into TIME-WAIT to its removal
    core::Duration wanted{0};   // real time
    std::uint64_t entries = 0;
    std::uint64_t already_gone = 0;  // ENOENT: reused by a fresh SYN or by tw_reuse before its time
    core::Histogram lateness;        // achieved - wanted, real; finer than lifetimes can show
    std::uint64_t refreshes = 0;     // stale ACKs that renewed the kernel's 60 s: the cost of a longer TIME-WAIT
    std::uint64_t foreign = 0;       // of the entries, those found by the census: closed by a process that is not ours
    std::optional<core::Duration> foreign_precision;  // real; what is not known about their ends
};

struct Totals {
    std::uint64_t attempts = 0;   // offered
    std::uint64_t connected = 0;  // connections made
    std::uint64_t retries = 0;
    core::OutcomeCounts outcomes;
    std::map<std::string, std::uint64_t> errors;  // "connect/EADDRNOTAVAIL" -> calls that failed so, retries included
    std::map<std::string, std::uint64_t> relay_errors;  // the same for the relay's outbound leg
    std::optional<std::uint64_t> time_wait_peak, time_wait_peak_client, time_wait_peak_server, fin_wait_2_peak;
    std::uint64_t ports_capacity = 0;
    std::optional<std::uint64_t> ports_min_free;
    std::optional<std::uint64_t>
        ports_bound;                  // of the range, by sockets that are bound and never connected; at the end
    std::uint64_t self_connects = 0;  // connections whose two ends are one socket
    std::optional<double> time_to_first_failure_s;  // first attempt without a port
    std::optional<double> achieved_rate_per_s;      // connections per scenario second
    std::optional<double>
        sustained_rate_per_s;  // ok per scenario second after the first failure, over the last whole times that a
                               // place in the full pool (the host's ports, the NAT's) stays taken
    Cost cost;
};

struct Cpu {
    double workers_s = 0;   // generator, builtin server and enforcer share one loop
    double enforcer_s = 0;  // the part of workers_s spent removing and renewing TIME_WAIT entries
    double probe_s = 0;
    double real_s = 0;        // length of the run
    double in_connect_s = 0;  // real time the workers spent inside connect(), failed calls included
};

/// How well the probe kept its interval. Samples in a record may be fewer than were taken: they are thinned.
struct ProbeWork {
    std::uint64_t samples = 0;   // taken
    std::uint64_t overruns = 0;  // of these, taken a whole interval or more after they were due
};

struct Validity {
    bool valid = true;
    std::vector<std::string> notes;  // each a sentence; at least one when not valid
};

struct RunRecord {
    std::string tool_version;
    std::string git_revision;
    std::string started_at;  // UTC, RFC 3339
    std::string engine = "kernel";
    std::uint32_t repetition = 1;
    bool interrupted = false;
    scenario::Scenario scenario;  // with every default, the variant applied
    HostFacts host;               // of the kernel engine
    std::vector<Sample> samples;
    std::vector<Census> censuses;
    std::optional<Listing> listing;
    core::Histogram connect;           // actual start -> established, real
    core::Histogram connect_intended;  // intended start -> established, real; empty in a closed loop
    core::Histogram start_lag;         // intended -> actual start, real; empty in a closed loop
    std::optional<Enforced> enforced;
    std::optional<PoolUse> pool;
    std::optional<NatUse> nat;
    std::optional<ModelFacts> model;  // absent for the kernel engine
    std::optional<Duplicates> duplicates;
    Totals totals;
    Counters counters;  // over the whole run
    Cpu cpu;
    ProbeWork probe;
    Validity validity;
};

}  // namespace portdrought::record
