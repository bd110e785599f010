#include <fmt/format.h>

#include <algorithm>

#include "analysis/knees/mitigation.hpp"
#include "analysis/laws/nat.hpp"
#include "analysis/text/numbers.hpp"

namespace portdrought::knees {
namespace {

using scenario::Scenario;
using namespace std::chrono_literals;

constexpr std::uint32_t times = 4;
constexpr std::uint64_t most_ports = 65535, most_entries = 100'000'000;  // of the keys

Mitigation change(std::string name, std::vector<std::string> settings, Scenario scenario, std::string effect,
                  std::string cost, std::string price) {
    Mitigation result;
    result.name = std::move(name);
    result.settings = std::move(settings);
    result.scenario = std::move(scenario);
    result.effect = std::move(effect);
    result.cost = std::move(cost);
    result.price = std::move(price);
    return result;
}

using Mitigations = std::vector<Mitigation>;

/// The largest share that all ports allow each host, and the settings that say so.
std::uint64_t widest_share(const Scenario& s) {
    return std::min(most_ports, laws::nat_ports(s.nat) / s.topology.hosts);
}

void set_share(Scenario& s, std::uint64_t ports, std::vector<std::string>& settings) {
    if (!s.nat.ports_by_hosts.empty()) settings.emplace_back("nat.ports_by_hosts=");
    if (s.nat.max_ports_per_host > 0) settings.emplace_back("nat.max_ports_per_host=0");
    s.nat.ports_by_hosts.clear();
    s.nat.max_ports_per_host = 0;
    s.nat.ports_per_host = static_cast<std::uint32_t>(ports);
    settings.push_back(fmt::format("nat.ports_per_host={}", ports));
}

std::uint64_t share_now(const Scenario& s) { return laws::grown_share(s.nat, s.topology.hosts); }

/// Never a smaller one, not even where that would leave one for every host.
bool can_be_widened(const Scenario& s) {
    return widest_share(s) > std::max(share_now(s), laws::first_share(s.nat, s.topology.hosts));
}

bool has_shares(const Scenario& s) { return laws::first_share(s.nat, s.topology.hosts) > 0; }

void add_addresses(Mitigations& all, Scenario s) {
    constexpr std::uint32_t most = 1000;
    if (s.nat.addresses * times > most) return;
    s.nat.addresses *= times;
    std::vector<std::string> settings{fmt::format("nat.addresses={}", s.nat.addresses)};
    if (has_shares(s) && can_be_widened(s)) set_share(s, widest_share(s), settings);
    all.push_back(change(fmt::format("{} x public addresses", times), settings, s,
                         has_shares(s) ? fmt::format("a share of {} ports for each host", text::thousands(share_now(s)))
                                       : "each address has all ports once more",
                         "each address is paid for, and products have a limit (8 at AWS, 16 at Azure); who filters by "
                         "address has to learn the new ones; shares have to be set anew",
                         "addresses to pay and to announce"));
}

void add_bigger_share(Mitigations& all, Scenario s) {
    if (!has_shares(s) || !can_be_widened(s)) return;
    const std::uint64_t before = share_now(s);
    std::vector<std::string> settings;
    set_share(s, widest_share(s), settings);
    all.push_back(change(
        "bigger share per host", settings, s,
        fmt::format("{} ports for each host instead of {}", text::thousands(share_now(s)), text::thousands(before)),
        "no port is left for a further host; a change of the allocation may cut connections",
        "no port left for a further host"));
}

void add_fewer_hosts(Mitigations& all, Scenario s) {
    if (s.topology.hosts < times) return;
    const auto divided_up = [](std::uint32_t number, std::uint32_t by) { return (number + by - 1) / by; };
    const std::uint32_t before = s.topology.hosts, each = divided_up(before, times);
    s.topology.hosts = each;
    const std::string more = text::counted(divided_up(before, each) - 1, "NAT") + " more";
    all.push_back(change(
        "a quarter of the hosts", {fmt::format("topology.hosts={}", each)}, s,
        fmt::format("at most {} behind each NAT instead of {}", text::counted(each, "host"), text::thousands(before)),
        more + ", each with addresses and routes of its own", more));
}

void add_reset(Mitigations& all, const Scenario& scenario) {
    const laws::Holding holding = laws::predict(scenario).holding;
    const bool is_closed_by_fin = laws::nat_holds_for(scenario.nat, holding) == scenario.nat.after_fin;
    if (!is_closed_by_fin || holding == laws::Holding::by_reset || scenario.nat.after_reset >= scenario.nat.after_fin)
        return;
    Scenario s = scenario;
    s.load.linger = 0s;
    all.push_back(change("close by reset", {"load.linger=0s"}, s,
                         fmt::format("the NAT holds a port for {} after RST instead of {} after FIN",
                                     text::seconds(s.nat.after_reset), text::seconds(s.nat.after_fin)),
                         "unsent data is thrown away and the peer sees its connection reset; no protection against "
                         "old duplicates. For aborts, never as a fix",
                         "loses data; for aborts only"));
}

/// AWS and Azure let nobody set how long a port is held after the close, nor how many connections there may be.
bool has_settings(const scenario::Nat& nat) {
    return !nat.profile.starts_with("aws-") && !nat.profile.starts_with("azure-");
}

void add_shorter_hold(Mitigations& all, Scenario s) {
    if (!has_settings(s.nat)) return;
    const core::Duration now = laws::nat_holds_for(s.nat, laws::predict(s).holding);
    if (now != s.nat.after_fin || now <= core::Duration{0}) return;
    s.nat.after_fin = now > 30s ? core::Duration{30s} : now / 2;
    all.push_back(
        change("shorter hold in the NAT", {fmt::format("nat.after_fin={:g}s", core::seconds(s.nat.after_fin))}, s,
               fmt::format("{} instead of {}", text::seconds(s.nat.after_fin), text::seconds(now)),
               "a setting of Linux (nf_conntrack_tcp_timeout_time_wait), of GCP and of other NATs' operators, "
               "not of AWS or Azure; a port comes back while the server still holds the old pair in "
               "TIME_WAIT",
               "meets old pairs"));
}

void add_larger_table(Mitigations& all, Scenario s) {
    if (!has_settings(s.nat) || !s.nat.max_connections || std::uint64_t{*s.nat.max_connections} * times > most_entries)
        return;
    *s.nat.max_connections *= times;
    all.push_back(change(fmt::format("{} x table of the NAT", times),
                         {fmt::format("nat.max_connections={}", *s.nat.max_connections)}, s,
                         "more connections at one time",
                         "memory of the NAT (nf_conntrack_max); a limit of the product "
                         "elsewhere",
                         "memory of the NAT"));
}

}  // namespace

Mitigations nat_mitigations(const Scenario& scenario) {
    Mitigations all;
    if (!scenario.nat.is_there()) return all;
    for (const auto add : {add_bigger_share, add_addresses, add_fewer_hosts, add_shorter_hold, add_larger_table})
        add(all, scenario);
    add_reset(all, scenario);
    return all;
}

}  // namespace portdrought::knees
