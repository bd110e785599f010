#include "scenario/keys/key_table.hpp"

#include <cctype>

#include "scenario/addresses.hpp"
#include "scenario/keys/key_kinds.hpp"
#include "scenario/keys/nat_keys.hpp"
#include "scenario/keys/port_keys.hpp"

namespace portdrought::scenario {
namespace {

constexpr auto in(auto Load::*member) { return Field{&Scenario::load, member}; }
constexpr auto in(auto Host::*member) { return Field{&Scenario::host, member}; }
constexpr auto in(auto Server::*member) { return Field{&Scenario::server, member}; }
constexpr auto in(auto Topology::*member) { return Field{&Scenario::topology, member}; }
constexpr auto in(auto Nat::*member) { return Field{&Scenario::nat, member}; }
constexpr auto in(auto Lab::*member) { return Field{&Scenario::lab, member}; }

// ---- units

std::optional<std::chrono::seconds> whole_seconds_from(std::string_view text) {
    const auto duration = duration_from(text);
    if (!duration || *duration % std::chrono::seconds{1} != core::Duration{0}) return std::nullopt;
    return std::chrono::duration_cast<std::chrono::seconds>(*duration);
}

std::string whole_seconds_text(std::chrono::seconds seconds) { return std::to_string(seconds.count()) + "s"; }

std::optional<std::uint32_t> count_from(std::string_view text) {
    const auto value = whole_from(text, UINT32_MAX);
    return value ? std::optional{static_cast<std::uint32_t>(*value)} : std::nullopt;
}

std::string count_text(std::uint32_t value) { return std::to_string(value); }

constexpr Unit<core::Duration> duration{"duration", "a number and a unit, such as \"10s\" or \"250ms\"", duration_from,
                                        to_text};
constexpr Unit<std::chrono::seconds> whole_seconds{"number of whole seconds", "it with its unit, such as \"1s\"",
                                                   whole_seconds_from, whole_seconds_text};
constexpr Unit<core::Rate> rate{"rate", "connections per second, such as \"200/s\"", rate_from, to_text};
constexpr Unit<std::uint32_t> count{"whole number", "one, such as \"1024\"", count_from, count_text};
constexpr Unit<std::uint64_t> size{"size", "a whole number and B, KB or MB, such as \"64KB\"", size_from, size_text};

// ---- texts that must have a form

bool is_name(std::string_view text) {
    return !text.starts_with('.') && text.size() <= 64 && std::ranges::all_of(text, [](unsigned char c) {
        return std::isalnum(c) || c == '-' || c == '_' || c == '.';
    });
}

bool is_algorithm(std::string_view text) {
    return !text.empty() && text.size() < 16 &&  // TCP_CA_NAME_MAX
           std::ranges::all_of(text, [](unsigned char c) { return std::isalnum(c) || c == '-' || c == '_'; });
}

/// One line, nothing in it that a terminal would act on.
bool is_file_name(std::string_view text) {
    return text.size() <= 4096 &&  // PATH_MAX
           std::ranges::none_of(text, [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

/// An IPv4 address is not written as an IPv6 one here.
bool is_server(std::string_view text) {
    const auto address = core::address_from(text);
    return address && is_server_address(*address) && address->is_ipv4() == (text.find(':') == text.npos);
}

constexpr const char* server_addresses = "an address 127.x.y.z, ::1 or one of fd00::/64";

// ---- the table

std::vector<Key> top_keys() {
    return {
        checked_text_key(
            {"name", "name in the catalogue, in reports and in file names; the file's own name if left out"},
            TopField{&Scenario::name}, "a name of letters, digits, '-', '_' and '.', at most 64", "port-cliff",
            is_name),
        text_key({"title", "the question in a few words, as a heading"}, {&Scenario::title}),
        text_key({"question", "what the scenario answers, with its numbers"}, {&Scenario::question}),
        list_key({"source", "where the claim or the report comes from"}, {&Scenario::source}),
        text_key({"expected", "the expected outcome in words"}, {&Scenario::expected}),
    };
}

std::vector<Key> load_keys() {
    using core::Arrivals, core::Closer, core::HoldDistribution;
    return {
        quantity_key({"load.rate",
                      "attempts offered per scenario second; max: as many as in_flight allows, one after the other"},
                     in(&Load::rate), rate, {"0.001/s", "1000000/s", "max"}),
        choice_key({"load.arrivals",
                    "equal gaps between attempts; exponential ones; on-off bursts; a daily curve; a recorded trace"},
                   in(&Load::arrivals),
                   std::vector<std::pair<std::string, Arrivals>>{{"constant", Arrivals::constant},
                                                                 {"poisson", Arrivals::poisson},
                                                                 {"bursts", Arrivals::bursts},
                                                                 {"daily", Arrivals::daily},
                                                                 {"trace", Arrivals::trace}}),
        quantity_key({"load.burst_on", "bursts: how long attempts come, at more than load.rate; scenario time"},
                     in(&Load::burst_on), duration, {"1ms", "1000h", ""}),
        quantity_key({"load.burst_off", "bursts: how long none come before the next burst, scenario time"},
                     in(&Load::burst_off), duration, {"0s", "1000h", ""}),
        number_key({"load.daily_low", "daily: the lowest rate, at the start, as a share of load.rate"},
                   in(&Load::daily_low), 0, 1),
        quantity_key({"load.daily_period", "daily: from one lowest rate to the next, scenario time"},
                     in(&Load::daily_period), duration, {"1ms", "1000h", ""}),
        checked_text_key({"load.trace", "trace: the CSV file with the attempts; relative to the scenario file"},
                         in(&Load::trace), "the name of a file, or \"\"", "orders.csv", is_file_name),
        checked_text_key(
            {"load.trace_content", "trace: what the file must hold, as `show` and records say it; empty: anything"},
            in(&Load::trace_content), "what `show` says of a trace, or \"\"",
            "3 rows, 70 attempts, fnv1a 0123456789abcdef", is_file_name),
        quantity_key({"load.duration", "how long attempts are offered, scenario time"}, in(&Load::duration), duration,
                     {"1ms", "1000h", ""}),
        whole_key({"load.in_flight", "open attempts at most, over all workers; one that finds no slot is late"},
                  in(&Load::in_flight), 1, 1'000'000),
        quantity_key({"load.request", "bytes the client sends per request"}, in(&Load::request_bytes), size,
                     {"0B", "1GB", ""}),
        quantity_key({"load.response", "bytes the server answers per request"}, in(&Load::response_bytes), size,
                     {"0B", "1GB", ""}),
        whole_key({"load.requests_per_connection", "requests on one connection; keep-alive above 1"},
                  in(&Load::requests_per_connection), 1, 1'000'000),
        quantity_key({"load.hold", "time between the last response and the close, scenario time; the mean"},
                     in(&Load::hold), duration, {"0s", "1h", ""}),
        choice_key({"load.hold_distribution",
                    "load.hold for every connection, or random with that mean: uniform from 0 to twice the mean, "
                    "lognormal with sigma 1"},
                   in(&Load::hold_distribution),
                   std::vector<std::pair<std::string, HoldDistribution>>{{"constant", HoldDistribution::constant},
                                                                         {"exponential", HoldDistribution::exponential},
                                                                         {"uniform", HoldDistribution::uniform},
                                                                         {"lognormal", HoldDistribution::lognormal}}),
        choice_key({"load.closer", "who sends the first FIN and so keeps the pair in TIME-WAIT"}, in(&Load::closer),
                   std::vector<std::pair<std::string, Closer>>{{"client", Closer::client},
                                                               {"server", Closer::server},
                                                               {"both", Closer::both},
                                                               {"never", Closer::never}}),
        quantity_key({"load.linger", "SO_LINGER of the active closer in real time; 0s resets instead of closing"},
                     in(&Load::linger), whole_seconds, {"0s", "3600s", "off"}),
        quantity_key({"load.passive_linger", "SO_LINGER of the side that closes second, real time"},
                     in(&Load::passive_linger), whole_seconds, {"0s", "3600s", "off"}),
        boolean_key({"load.half_close",
                     "whether the active closer calls shutdown(SHUT_WR) and reads to the end before close()"},
                    in(&Load::half_close)),
        boolean_key({"load.close_unread",
                     "whether the active closer leaves the last message unread, which makes its close a reset"},
                    in(&Load::close_unread)),
        boolean_key(
            {"load.passive_closes", "whether the other side answers the FIN; false leaves the closer in FIN_WAIT_2"},
            in(&Load::passive_closes)),
        whole_key({"load.workers", "single-threaded loops that share the rate, each with its own listeners"},
                  in(&Load::workers), 1, 64),
        quantity_key({"load.timeout", "longest time for one attempt, retries included, `load.hold` not; real time"},
                     in(&Load::timeout), duration, {"1ms", "1h", ""}),
        whole_key({"load.retries", "further tries after a failed one, within the same attempt"}, in(&Load::retries), 0,
                  1000),
        quantity_key({"load.retry_backoff", "pause before a further try, scenario time"}, in(&Load::retry_backoff),
                     duration, {"0s", "1h", ""}),
        quantity_key({"load.admission", "attempts per scenario second let through; those above are refused locally"},
                     in(&Load::admission), rate, {"0.001/s", "1000000/s", "off"}),
        whole_key({"load.pool_size",
                   "idle connections kept for later attempts, towards each destination at most; 0: no pool"},
                  in(&Load::pool_size), 0, 100'000),
        quantity_key({"load.pool_idle", "how long a connection may be idle in the pool, scenario time"},
                     in(&Load::pool_idle), duration, {"1ms", "1000h", ""}),
        whole_key({"load.pool_max_requests", "requests on one pooled connection at most; 0: no limit"},
                  in(&Load::pool_max_requests), 0, 1'000'000),
        boolean_key({"load.pool_drain", "whether responses are read to their end; undrained connections are closed"},
                    in(&Load::pool_drain)),
    };
}

std::vector<Key> host_keys() {
    return {
        checked_text_key({"host.profile", "named set of host values; every other host key overrides it"},
                         in(&Host::profile), "the name of a profile", "linux", is_name),
        ports_key({"host.ports", "ports that connect() may take (ip_local_port_range)"}, in(&Host::ports)),
        choice_key({"host.port_choice",
                    "who picks the source port: the kernel's search; the program, one after the other or from a random "
                    "start; or the program by bind(address, port)"},
                   in(&Host::port_choice),
                   std::vector<std::pair<std::string, PortChoice>>{{"kernel", PortChoice::kernel},
                                                                   {"sequential", PortChoice::sequential},
                                                                   {"random", PortChoice::random},
                                                                   {"bound", PortChoice::bound}}),
        choice_key({"host.port_search",
                    "how a modelled host searches where it chooses the port itself; the kernel engine has its own "
                    "kernel's search"},
                   in(&Host::port_search),
                   std::vector<std::pair<std::string, PortSearch>>{{"linux-4.2", PortSearch::linux_4_2},
                                                                   {"linux-4.6", PortSearch::linux_4_6},
                                                                   {"linux-5.12", PortSearch::linux_5_12},
                                                                   {"linux-5.18", PortSearch::linux_5_18},
                                                                   {"linux-6.8", PortSearch::linux_6_8},
                                                                   {"linux-6.18", PortSearch::linux_6_18},
                                                                   {"rfc6056-1", PortSearch::rfc6056_1},
                                                                   {"rfc6056-2", PortSearch::rfc6056_2},
                                                                   {"rfc6056-3", PortSearch::rfc6056_3},
                                                                   {"rfc6056-4", PortSearch::rfc6056_4},
                                                                   {"rfc6056-5", PortSearch::rfc6056_5}}),
        first_port_key({"host.first_port", "where sequential choice begins"}, in(&Host::first_port)),
        quantity_key({"host.timed_wait_delay", "TIME-WAIT length, scenario time; natural: the kernel's own 60 s"},
                     in(&Host::timed_wait_delay), duration, {"10ms", "1h", "natural"}),
        reserved_ports_key({"host.reserved_ports", "ports left out of the range (ip_local_reserved_ports)"},
                           in(&Host::reserved_ports)),
        choice_key({"host.tw_reuse", "whether connect() may take over a pair in TIME-WAIT (tcp_tw_reuse)"},
                   in(&Host::tw_reuse),
                   std::vector<std::pair<std::string, TwReuse>>{
                       {"off", TwReuse::off}, {"on", TwReuse::on}, {"loopback", TwReuse::loopback}}),
        quantity_key({"host.tw_reuse_delay", "age from which tw_reuse may act (tcp_tw_reuse_delay), scenario time"},
                     in(&Host::tw_reuse_delay), duration, {"1ms", "1h", ""}),
        boolean_key({"host.timestamps", "TCP timestamps (tcp_timestamps); tw_reuse needs them"}, in(&Host::timestamps)),
        whole_key({"host.max_time_wait", "pairs kept in TIME-WAIT at most; closes beyond skip it (tcp_max_tw_buckets)"},
                  in(&Host::max_time_wait), 0, 10'000'000),
        quantity_key({"host.fin_timeout",
                      "how long a closer nobody answers stays in FIN_WAIT_2 (tcp_fin_timeout), scenario time; rounded "
                      "up to a real second"},
                     in(&Host::fin_timeout), duration, {"1s", "1h", ""}),
        boolean_key({"host.rfc1337", "whether a reset leaves TIME-WAIT alone (tcp_rfc1337)"}, in(&Host::rfc1337)),
        checked_text_key({"host.congestion_control", "algorithm of both sides (tcp_congestion_control)"},
                         in(&Host::congestion_control), "the name of an algorithm, at most 15 letters", "cubic",
                         is_algorithm),
        whole_key({"host.sources",
                   "local addresses, 127.0.0.1 upwards; with an IPv6 server fd00::1 upwards, or ::1 alone for ::1"},
                  in(&Host::sources), 1, 250),
        whole_key({"host.destinations", "consecutive ports of each of the server's addresses"}, in(&Host::destinations),
                  1, 64),
        whole_key({"host.destination_addresses", "consecutive addresses of the server, from server.address upwards"},
                  in(&Host::destination_addresses), 1, 64),
        boolean_key({"host.bind_before_connect", "bind(address, 0) first: one port for all destinations"},
                    in(&Host::bind_before_connect)),
        boolean_key({"host.bind_address_no_port",
                     "IP_BIND_ADDRESS_NO_PORT: bind() chooses the address only, connect() the port"},
                    in(&Host::bind_address_no_port)),
        boolean_key({"host.reuse_address", "SO_REUSEADDR on the client's sockets"}, in(&Host::reuse_address)),
        boolean_key({"host.autobind_reuse",
                     "whether bind(address, 0) may share ports of SO_REUSEADDR sockets (ip_autobind_reuse)"},
                    in(&Host::autobind_reuse)),
        port_window_key({"host.port_window", "the part of the range this client keeps to (IP_LOCAL_PORT_RANGE)"},
                        in(&Host::port_window)),
        whole_key({"host.unconnected_ports", "ports taken by sockets that are bound and never connect"},
                  in(&Host::unconnected_ports), 0, 65535),
    };
}

std::vector<Key> server_keys() {
    return {
        choice_key({"server.kind", "answers itself, or opens one outbound connection per accepted one as a proxy does"},
                   in(&Server::kind),
                   std::vector<std::pair<std::string, ServerKind>>{{"builtin", ServerKind::builtin},
                                                                   {"relay", ServerKind::relay}}),
        checked_text_key({"server.address", "where it listens; the first of host.destination_addresses"},
                         in(&Server::address), server_addresses, "127.0.0.1", is_server),
        whole_key({"server.port", "first of host.destinations consecutive ports of each address"}, in(&Server::port), 1,
                  65535),
        whole_key({"server.backlog", "established connections waiting for accept() at most"}, in(&Server::backlog), 1,
                  65535),
        quantity_key({"server.read_delay", "time between accept and the server's first read, real time"},
                     in(&Server::read_delay), duration, {"0s", "1h", ""}),
        boolean_key({"server.listens", "whether anybody listens at its address"}, in(&Server::listens)),
        boolean_key({"server.accepts", "whether it ever calls accept(); false fills the backlog"},
                    in(&Server::accepts)),
        number_key(
            {"server.drops_syn", "share of SYNs that get no answer; emulates a full connection table on the way"},
            in(&Server::drops_syn), 0, 1),
        checked_text_key({"server.upstream_address",
                          "where a relay connects to; stands for a remote machine; of the family of server.address"},
                         in(&Server::upstream_address), server_addresses, "127.0.1.1", is_server),
        whole_key({"server.upstream_port", "port a relay connects to; each worker takes the next one"},
                  in(&Server::upstream_port), 1, 65535),
    };
}

std::vector<Key> topology_keys() {
    return {
        whole_key(
            {"topology.hosts",
             "hosts like [host], each with all of load.rate and load.in_flight, a trace once for all; model only"},
            in(&Topology::hosts), 1, 1'000'000),
        number_key({"topology.destination_skew",
                    "exponent of Zipf's law over the destinations; 0: each host takes them one after the other; model "
                    "only"},
                   in(&Topology::destination_skew), 0, 5),
    };
}

std::vector<Key> nat_keys() {
    return {
        checked_text_key({"nat.profile", "named set of NAT values; every other nat key overrides it; none: no NAT"},
                         in(&Nat::profile), "the name of a profile, or none", "aws-nat-gateway", is_name),
        ports_key({"nat.ports", "ports of each public address"}, in(&Nat::ports)),
        whole_key({"nat.addresses", "public addresses"}, in(&Nat::addresses), 1, 1000),
        quantity_key({"nat.connections_per_destination",
                      "connections at one time of each public address to one destination, closed ones whose port is "
                      "still taken included"},
                     in(&Nat::connections_per_destination), count, {"1", "65535", "off"}),
        quantity_key({"nat.max_connections", "the same of the whole NAT (nf_conntrack_max)"}, in(&Nat::max_connections),
                     count, {"1", "100000000", "off"}),
        whole_key({"nat.ports_per_host", "ports set aside for each host; 0: all hosts share all of them"},
                  in(&Nat::ports_per_host), 0, 65535),
        nat_shares_key({"nat.ports_by_hosts",
                        "ports set aside for each host by the number of hosts, which overrides nat.ports_per_host"},
                       in(&Nat::ports_by_hosts)),
        whole_key({"nat.max_ports_per_host", "what a host's share may grow to; 0: it does not grow"},
                  in(&Nat::max_ports_per_host), 0, 65535),
        choice_key({"nat.growth", "whether a share that is used up doubles, or gets another block of its first size"},
                   in(&Nat::growth),
                   std::vector<std::pair<std::string, NatGrowth>>{{"twofold", NatGrowth::twofold},
                                                                  {"block", NatGrowth::block}}),
        choice_key(
            {"nat.port_choice",
             "which free port a new flow gets: any, the next one, or its own source port where that is free"},
            in(&Nat::port_choice),
            std::vector<std::pair<std::string, NatPorts>>{
                {"random", NatPorts::random}, {"sequential", NatPorts::sequential}, {"preserve", NatPorts::preserve}}),
        boolean_key(
            {"nat.evicts", "whether the last tries of nat.port_choice = \"preserve\" take ports of closed flows"},
            in(&Nat::evicts)),
        quantity_key({"nat.after_fin", "how long a port stays taken after both sides' FIN, scenario time"},
                     in(&Nat::after_fin), duration, {"0s", "24h", ""}),
        quantity_key({"nat.after_reset", "how long a port stays taken after a reset, scenario time"},
                     in(&Nat::after_reset), duration, {"0s", "24h", ""}),
        quantity_key({"nat.half_open", "how long a port stays taken after a SYN that nobody answered, scenario time"},
                     in(&Nat::half_open), duration, {"0s", "24h", ""}),
    };
}

std::vector<Key> lab_keys() {
    return {
        choice_key({"lab.engine", "what plays the scenario: this machine's kernel, or a model of port tables"},
                   in(&Lab::engine),
                   std::vector<std::pair<std::string, Engine>>{{"kernel", Engine::kernel}, {"model", Engine::model}}),
        number_key({"lab.time_scale", "scenario seconds per real second: delays are divided by it, rates multiplied"},
                   in(&Lab::time_scale), 1, 1000),
        quantity_key({"lab.sample", "interval between looks at the kernel's counters, real time"}, in(&Lab::sample),
                     duration, {"10ms", "10s", ""}),
        whole_key({"lab.seed", "seed of everything random in the run"}, in(&Lab::seed), 0, INT64_MAX),
        quantity_key({"lab.descriptors", "descriptors the run may open (RLIMIT_NOFILE)"}, in(&Lab::descriptors), count,
                     {"128", "1000000", "machine"}),
        whole_key({"lab.duplicates",
                   "trials, after the load, in which segments of an old connection meet a new one on the same pair"},
                  in(&Lab::duplicates), 0, 1000),
    };
}

std::vector<Key> all_keys() {
    std::vector<Key> keys;
    for (auto part : {top_keys(), load_keys(), host_keys(), server_keys(), topology_keys(), nat_keys(), lab_keys()})
        std::ranges::move(part, std::back_inserter(keys));
    return keys;
}

}  // namespace

const std::vector<Key>& key_table() {
    static const std::vector<Key> keys = all_keys();
    return keys;
}

const Key* find_key(std::string_view name) {
    const auto found = std::ranges::find(key_table(), name, &Key::name);
    return found == key_table().end() ? nullptr : &*found;
}

const std::vector<std::string>& sections() {
    static const std::vector<std::string> names{"load", "host", "server", "topology", "nat", "lab"};
    return names;
}

}  // namespace portdrought::scenario
