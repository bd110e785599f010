#include "scenario/model_rules.hpp"

#include <algorithm>

#include "scenario/addresses.hpp"
#include "scenario/keys/value_text.hpp"
#include "scenario/rule_list.hpp"

namespace portdrought::scenario {
namespace {

constexpr const char* use_the_model = "; write lab.engine = \"model\" (--engine model)";

bool is_kernel(const Scenario& s) { return s.lab.engine == Engine::kernel; }

Found the_lab_has_one_host(const Scenario& s) {
    if (!is_kernel(s) || s.topology.hosts == 1) return {};
    return Finding{{"topology.hosts", "lab.engine"},
                   std::to_string(s.topology.hosts) + " hosts do not fit into one lab" + use_the_model + ", or 1 here"};
}

Found the_lab_takes_destinations_in_turn(const Scenario& s) {
    if (!is_kernel(s) || s.topology.destination_skew == 0) return {};
    return Finding{{"topology.destination_skew", "lab.engine"},
                   "the generator on the kernel takes destinations one after the other" + std::string{use_the_model} +
                       ", or 0 here"};
}

Found the_lab_has_no_nat(const Scenario& s) {
    if (!is_kernel(s) || !s.nat.is_there()) return {};
    return Finding{{"nat.profile", "lab.engine"},
                   '"' + s.nat.profile + "\" needs a NAT between the two sides, and the lab has none" + use_the_model +
                       ", or \"none\" here"};
}

Found the_kernel_searches_in_its_own_way(const Scenario& s) {
    if (!is_kernel(s) || s.host.port_search == Host{}.port_search) return {};
    return Finding{
        {"host.port_search", "host.profile", "lab.engine"},
        "this machine's kernel has a search of its own" + std::string{use_the_model} + ", or leave the key out"};
}

Found several_hosts_have_no_relay(const Scenario& s) {
    if (s.topology.hosts == 1 || s.server.kind != ServerKind::relay) return {};
    return Finding{{"topology.hosts", "server.kind"},
                   std::to_string(s.topology.hosts) +
                       " hosts with a relay on each is not what anybody has; write 1, or server.kind = \"builtin\""};
}

Found several_hosts_have_one_worker(const Scenario& s) {
    if ((s.topology.hosts == 1 && s.topology.destination_skew == 0) || s.load.workers == 1) return {};
    return Finding{{"load.workers", "topology.hosts", "topology.destination_skew"},
                   std::to_string(s.load.workers) + " workers share one host's destinations in turn; write 1"};
}

constexpr std::uint64_t most = 3'000'000'000;  // bytes

// One bit for each port, and where TIME_WAIT may be taken over a count too (model/port_table.hpp).
std::uint64_t bytes_of_a_table(const Scenario& s) {
    const std::uint64_t ports = core::usable_ports(port_range(s.host), s.host.reserved_ports);
    const bool server_holds = s.load.closer == core::Closer::server || s.load.closer == core::Closer::both;
    const bool counts = server_holds || tw_reuse_works(s) || bind_reuses_time_wait(s.host);
    return ports / 8 + 64 + (counts ? ports * 4 + ports / 8 : 0);
}

Found the_model_finds_memory(const Scenario& s) {
    if (is_kernel(s)) return {};
    // Of each host once more: how many reserved ports lie before each (model/search/walk.hpp).
    const std::uint64_t reserved = s.host.reserved_ports.empty() ? 0 : std::uint64_t{port_range(s.host).size()} * 4;
    const std::uint64_t tables = std::uint64_t{s.topology.hosts} * s.host.sources * destination_count(s.host);
    const std::uint64_t each = bytes_of_a_table(s) + reserved * s.topology.hosts / tables;
    if (tables * each <= most) return {};
    return Finding{{"topology.hosts", "host.destinations", "host.destination_addresses", "host.sources"},
                   std::to_string(tables) + " port tables (hosts x sources x destinations) of " + std::to_string(each) +
                       " bytes are more than the " + number_text(static_cast<double>(most) / 1e9) +
                       " GB that the model takes; write " +
                       std::to_string(std::max<std::uint64_t>(1, most / each * s.topology.hosts / tables)) +
                       " hosts or less, or fewer destinations"};
}

// One bit for each port of each address towards each destination, and where flows keep their own port an entry's index
// (model/nat/conntrack.hpp).
Found the_nat_finds_memory(const Scenario& s) {
    if (is_kernel(s) || !s.nat.is_there()) return {};
    const std::uint64_t ports = s.nat.ports.last - s.nat.ports.first + 1U;
    const std::uint64_t each = ports / 8 + 64 + (s.nat.port_choice == NatPorts::preserve ? ports * 4 : 0);
    const std::uint64_t tables = std::uint64_t{s.nat.addresses} * destination_count(s.host);
    if (tables * each <= most) return {};
    return Finding{{"nat.addresses", "host.destinations", "host.destination_addresses"},
                   std::to_string(tables) + " port tables of the NAT (addresses x destinations) of " +
                       std::to_string(each) + " bytes are more than the " +
                       number_text(static_cast<double>(most) / 1e9) + " GB that the model takes; write " +
                       std::to_string(std::max<std::uint64_t>(1, most / each * s.nat.addresses / tables)) +
                       " addresses or less, or fewer destinations"};
}

// A closed loop is as fast as connections cost CPU time, and those costs are of one Linux host (model/unmodelled.hpp).
Found a_closed_loop_needs_costs(const Scenario& s) {
    const bool has_costs = s.host.profile.starts_with("linux") && s.topology.hosts == 1 && !s.nat.is_there();
    if (is_kernel(s) || s.load.rate || has_costs) return {};
    return Finding{{"load.rate", "host.profile", "topology.hosts", "nat.profile"},
                   "\"max\" is as fast as connections cost CPU time, which the model knows of one Linux host without a "
                   "NAT only; write a rate"};
}

constexpr Rule rules[] = {
    the_lab_has_one_host,        the_lab_takes_destinations_in_turn,
    the_lab_has_no_nat,          the_kernel_searches_in_its_own_way,
    several_hosts_have_no_relay, several_hosts_have_one_worker,
    the_model_finds_memory,      the_nat_finds_memory,
    a_closed_loop_needs_costs,
};

}  // namespace

std::vector<Finding> model_findings(const Scenario& scenario) { return broken(rules, scenario); }

}  // namespace portdrought::scenario
