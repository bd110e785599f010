#include "scenario/addresses.hpp"

#include <algorithm>

namespace portdrought::scenario {
namespace {

using core::Address;

constexpr Address ipv6_loopback(Address::Bytes{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});
constexpr Address first_ipv4_source(0x7f000001);
constexpr Address first_ipv6_source(Address::Bytes{0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});

bool is_ipv4_loopback(const Address& address) {
    const std::uint32_t ipv4 = address.last_four();
    return address.is_ipv4() && ipv4 >> 24U == 127 && ipv4 != 0x7f000000 && ipv4 != 0x7fffffff;  // network, broadcast
}

/// Of fd00::/64, without its first address, which belongs to routers (RFC 4291, 2.6.1).
bool is_of_the_lab(const Address& address) { return address.high() == first_ipv6_source.high() && address.low() != 0; }

}  // namespace

bool is_server_address(const Address& address) {
    return is_ipv4_loopback(address) || address == ipv6_loopback || is_of_the_lab(address);
}

Address address_of(const std::string& text) { return core::address_from(text).value_or(Address()); }

bool is_ipv6(const Scenario& scenario) { return !address_of(scenario.server.address).is_ipv4(); }

Address source_address(const Scenario& scenario, std::uint32_t index) {
    const Address server = address_of(scenario.server.address);
    if (server.is_ipv4()) return first_ipv4_source.plus(index);
    return server == ipv6_loopback && scenario.host.sources == 1 ? ipv6_loopback : first_ipv6_source.plus(index);
}

std::uint32_t destination_count(const Host& host) { return host.destinations * host.destination_addresses; }

std::vector<Address> addresses_to_add(const Scenario& scenario) {
    std::vector<Address> all;
    const auto add = [&](const Address& address) {
        if (is_of_the_lab(address)) all.push_back(address);
    };
    for (std::uint32_t i = 0; i < scenario.host.sources; ++i) add(source_address(scenario, i));
    for (std::uint32_t i = 0; i < scenario.host.destination_addresses; ++i)
        add(address_of(scenario.server.address).plus(i));
    if (scenario.server.kind == ServerKind::relay) add(address_of(scenario.server.upstream_address));
    std::ranges::sort(all);
    all.erase(std::ranges::unique(all).begin(), all.end());
    return all;
}

bool tw_reuse_works(const Scenario& scenario) {
    const Host& host = scenario.host;
    if (!host.timestamps || host.tw_reuse == TwReuse::off) return false;
    const Address server = address_of(scenario.server.address);
    return host.tw_reuse == TwReuse::on || is_ipv4_loopback(server) || server == ipv6_loopback;
}

}  // namespace portdrought::scenario
