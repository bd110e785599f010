// The Scenario value: everything that defines one run, in scenario time (before lab.time_scale compresses it).
// A plain value: reading (reader.hpp), rules (rules.hpp) and variants live beside it. Keys are documented in
// docs/scenario-format.md, which a test holds against key_table.hpp.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/arrivals.hpp"
#include "core/connection_cycle.hpp"
#include "core/hold_times.hpp"
#include "core/units.hpp"

namespace portdrought::scenario {

/// Who picks the source port. Two of the three change the result, so it is explicit and shown in reports.
enum class PortChoice : std::uint8_t {
    kernel,      // connect() without bind: the kernel's own search
    sequential,  // one port after the other, as Windows before Vista
    random,      // a random start, then the next free one (RFC 6056 3.3.1)
    bound        // bind(address, port) before connect(), one port after the other, as programs with a port pool do
};

/// How a modelled host searches where it chooses the port itself (PortChoice::kernel). The kernel engine has its own
/// kernel's search. Linux by the version that brought it (facts: the history of __inet_hash_connect()), or RFC
/// 6056, 3.3.
enum class PortSearch : std::uint8_t {
    linux_4_2,
    linux_4_6,
    linux_5_12,
    linux_5_18,
    linux_6_8,
    linux_6_18,
    rfc6056_1,
    rfc6056_2,
    rfc6056_3,
    rfc6056_4,
    rfc6056_5
};

/// net.ipv4.tcp_tw_reuse 0, 1, 2.
enum class TwReuse : std::uint8_t { off, on, loopback };

/// What plays the scenario.
enum class Engine : std::uint8_t {
    kernel,  // real sockets on this machine's kernel
    model    // port tables on simulated time
};

enum class ServerKind : std::uint8_t {
    builtin,  // answers each request itself
    relay     // opens one outbound connection to an upstream per accepted one, as a filtering proxy does
};

/// What load.trace_content says the file holds, as numbers in scenario time; null in a scenario of a record. No part of
/// a scenario's equality, which compares that text.
struct TraceRows {
    std::shared_ptr<const core::Trace> shared;
    friend bool operator==(const TraceRows&, const TraceRows&) { return true; }
};

struct Load {
    /// Attempts per scenario second, on average; nullopt = "max": closed loop. With a trace the trace's own mean.
    std::optional<core::Rate> rate = core::Rate{100};
    core::Arrivals arrivals = core::Arrivals::constant;
    core::Duration burst_on = std::chrono::seconds{1};
    core::Duration burst_off = std::chrono::seconds{1};
    double daily_low = 0.25;  // the lowest rate, at the start, as a share of the mean
    core::Duration daily_period = std::chrono::hours{24};
    std::string trace;          // the file's name as written; empty without one
    std::string trace_content;  // "3 rows, 70 attempts, fnv1a 0123456789abcdef"; empty: not read, or anything
    TraceRows trace_rows;
    core::Duration duration = std::chrono::seconds{10};
    std::uint32_t in_flight = 256;  // open attempts at most, over all workers
    std::uint64_t request_bytes = 128;
    std::uint64_t response_bytes = 512;
    std::uint32_t requests_per_connection = 1;
    core::Duration hold{0};  // mean
    core::HoldDistribution hold_distribution = core::HoldDistribution::constant;
    core::Closer closer = core::Closer::client;
    std::optional<std::chrono::seconds> linger;          // SO_LINGER of the active closer; nullopt = off; real seconds
    std::optional<std::chrono::seconds> passive_linger;  // SO_LINGER of the other side
    bool passive_closes = true;
    bool half_close = false;    // the active closer calls shutdown(SHUT_WR) and reads to the end before close()
    bool close_unread = false;  // the active closer closes without reading the last message sent to it
    std::uint32_t workers = 1;
    core::Duration timeout = std::chrono::seconds{
        5};  // of one attempt, retries included, hold not; real time (the kernel's clocks are not compressed)
    std::uint32_t retries = 0;  // further tries after a failed one, within the same attempt
    core::Duration retry_backoff = std::chrono::milliseconds{100};
    std::optional<core::Rate> admission;  // attempts per scenario second let through; nullopt = "off": all of them
    // The client's pool: idle connections kept for later attempts, each of which is then one request.
    std::uint32_t pool_size = 0;                          // idle connections kept at most; 0: no pool
    core::Duration pool_idle = std::chrono::seconds{90};  // an idle connection is closed after this long
    std::uint32_t pool_max_requests = 0;                  // a connection is closed after so many; 0: no limit
    bool pool_drain = true;  // false: responses are left unread, which ends their connection
    friend bool operator==(const Load&, const Load&) = default;
};

struct Host {
    std::string profile = "linux";
    core::PortRange ports;
    PortChoice port_choice = PortChoice::kernel;
    PortSearch port_search = PortSearch::linux_6_18;
    std::optional<std::uint16_t> first_port;         // where sequential choice starts; nullopt = ports.first
    std::optional<core::Duration> timed_wait_delay;  // TIME-WAIT length; nullopt = "natural": the kernel's own 60 s
    core::PortSet reserved_ports;
    TwReuse tw_reuse = TwReuse::off;
    core::Duration tw_reuse_delay = std::chrono::seconds{1};
    bool timestamps = true;
    std::uint32_t max_time_wait = 200'000;  // net.ipv4.tcp_max_tw_buckets
    core::Duration fin_timeout = std::chrono::seconds{60};
    bool rfc1337 = false;
    std::string congestion_control = "reno";
    std::uint32_t sources = 1;                   // local addresses, see addresses.hpp
    std::uint32_t destinations = 1;              // consecutive ports of each of the server's addresses
    std::uint32_t destination_addresses = 1;     // consecutive addresses of the server
    bool bind_before_connect = false;            // bind(address, 0) before connect()
    bool bind_address_no_port = false;           // with IP_BIND_ADDRESS_NO_PORT: the port is chosen by connect()
    bool reuse_address = false;                  // SO_REUSEADDR on the client's sockets
    bool autobind_reuse = false;                 // net.ipv4.ip_autobind_reuse
    std::optional<core::PortRange> port_window;  // IP_LOCAL_PORT_RANGE of the client's sockets; nullopt = "off"
    std::uint32_t unconnected_ports = 0;         // ports bound by sockets that never connect
    friend bool operator==(const Host&, const Host&) = default;
};

struct Server {
    ServerKind kind = ServerKind::builtin;
    std::string address = "127.0.0.1";
    std::uint16_t port = 7000;  // first of host.destinations consecutive ports, outside host.ports
    std::uint32_t backlog = 4096;
    core::Duration read_delay{0};
    bool listens = true;   // false: nobody listens there
    bool accepts = true;   // false: it never calls accept()
    double drops_syn = 0;  // share of SYNs it drops unanswered, 0..1: emulates a full table on the way
    std::string upstream_address = "127.0.1.1";  // relay only; stands for a remote machine
    std::uint16_t upstream_port = 80;
    friend bool operator==(const Server&, const Server&) = default;
};

/// Who connects to where, for the model only: load.rate and load.in_flight are of each host.
struct Topology {
    std::uint32_t hosts = 1;
    double destination_skew = 0;  // exponent of Zipf's law over the destinations; 0: one after the other
    friend bool operator==(const Topology&, const Topology&) = default;
};

/// Which of its free ports a NAT gives a new flow.
enum class NatPorts : std::uint8_t {
    random,      // any of them, each as likely as the other
    sequential,  // the next one after the last
    preserve     // the flow's own source port; where it is taken, up to 248 tries (Linux nf_nat_l4proto_unique_tuple())
};

/// How a host's share of a NAT's ports grows when it is used up.
enum class NatGrowth : std::uint8_t { twofold, block };

/// So many ports for each host, where the NAT has up to `hosts` of them.
struct NatShare {
    std::uint32_t hosts, ports;
    friend bool operator==(const NatShare&, const NatShare&) = default;
};

/// The NAT between hosts and destinations, for the model only. A flow that finds no port loses its SYN.
struct Nat {
    std::string profile = "none";                              // "none": there is no NAT
    core::PortRange ports{1024, 65535};                        // of each public address
    std::uint32_t addresses = 1;                               // public ones
    std::optional<std::uint32_t> connections_per_destination;  // at one time, of each public address; nullopt = "off"
    std::optional<std::uint32_t> max_connections;  // at one time, of all (nf_conntrack_max); nullopt = "off"
    std::uint32_t ports_per_host = 0;              // 0: all hosts share all ports
    std::vector<NatShare> ports_by_hosts;  // by rising number of hosts; overrides ports_per_host where not empty
    std::uint32_t max_ports_per_host = 0;  // 0: a host's share does not grow
    NatGrowth growth = NatGrowth::twofold;
    NatPorts port_choice = NatPorts::random;
    bool evicts = false;  // late tries take ports of closed flows (Linux 6.7, NF_NAT_HARDER_THRESH)
    core::Duration after_fin{240'000'000'000};  // a port stays taken after both FINs (RFC 5382, REQ-5: 4 min)
    core::Duration after_reset{240'000'000'000};
    core::Duration half_open{240'000'000'000};  // ... after a SYN that nobody answered
    friend bool operator==(const Nat&, const Nat&) = default;

    bool is_there() const { return profile != "none"; }
};

struct Lab {
    Engine engine = Engine::kernel;
    double time_scale = 1;                                   // delays / time_scale, rates x time_scale
    core::Duration sample = std::chrono::milliseconds{100};  // real time
    std::uint64_t seed = 1;
    std::optional<std::uint32_t> descriptors;  // RLIMIT_NOFILE of the run; nullopt = "machine": what it allows
    std::uint32_t duplicates = 0;              // trials with delayed duplicates of old connections, after the load
    friend bool operator==(const Lab&, const Lab&) = default;
};

struct Scenario {
    std::string name;
    std::string title;
    std::string question;
    std::vector<std::string> source;
    std::string expected;  // the expected outcome in words
    std::string variant;   // name of the variant this value was made from; empty without variants
    Load load;
    Host host;
    Server server;
    Topology topology;
    Nat nat;
    Lab lab;
    friend bool operator==(const Scenario&, const Scenario&) = default;
};

/// What people call a run of it: "article, as explained"; the name alone where it has no variants.
std::string full_name(const Scenario& scenario);
/// "(as written)" for the only one of a scenario without variants.
std::string variant_name(const std::string& variant);

/// True where the host's profile is one of Linux.
bool is_linux(const Host& host);

/// True where bind() takes the source port, by the program's or the kernel's choice, and connect() finds it taken.
bool bind_takes_port(const Host& host);

/// True where sockets may bind a port that others of this client have (SO_REUSEADDR on all of them). bind(address, 0)
/// does so only with ip_autobind_reuse (Linux inet_csk_find_open_port()).
bool bind_shares_ports(const Host& host);

/// True where bind() takes a port from every destination at once.
bool bind_is_for_all(const Host& host);

/// True where a shared port is good for a new connection although its old one is in TIME_WAIT: connect() from a bound
/// port reuses the pair at any age, whatever tcp_tw_reuse says, if it has timestamps (Linux tcp_twsk_unique()).
bool bind_reuses_time_wait(const Host& host);

/// What the client's ports come from: host.port_window, or else host.ports.
core::PortRange port_range(const Host& host);

/// Source, destination and port tuples that connect() can choose from: ports x sources x destinations, of all addresses
/// (x 1 destination where bind() takes the port for itself).
std::uint64_t port_capacity(const Scenario& scenario);

/// `duration` of the scenario in real time.
core::Duration compressed(const Scenario& scenario, core::Duration duration);

/// The TIME-WAIT length in scenario time: the enforced one, or the kernel's 60 s (TCP_TIMEWAIT_LEN).
core::Duration time_wait_length(const Scenario& scenario);

}  // namespace portdrought::scenario
