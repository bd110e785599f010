#include "load/worker.hpp"
#include "scenario/addresses.hpp"

namespace portdrought::load {
namespace {

os::Endpoint endpoint(const os::Address& address, std::uint32_t port) {
    return {address, static_cast<std::uint16_t>(port)};
}

}  // namespace

std::vector<os::Endpoint> server_endpoints(const scenario::Scenario& scenario) {
    std::vector<os::Endpoint> endpoints;
    const os::Address first = scenario::address_of(scenario.server.address);
    for (std::uint32_t i = 0; i < scenario.host.destination_addresses; ++i)
        for (std::uint32_t j = 0; j < scenario.host.destinations; ++j)
            endpoints.push_back(endpoint(first.plus(i), scenario.server.port + j));
    return endpoints;
}

std::vector<os::Endpoint> endpoints_of(const scenario::Scenario& scenario, unsigned share) {
    const std::vector<os::Endpoint> all = server_endpoints(scenario);
    std::vector<os::Endpoint> own;
    for (std::size_t i = share; i < all.size(); i += scenario.load.workers) own.push_back(all[i]);
    if (scenario.server.kind == scenario::ServerKind::relay)
        own.push_back(
            endpoint(scenario::address_of(scenario.server.upstream_address), scenario.server.upstream_port + share));
    return own;
}

}  // namespace portdrought::load
