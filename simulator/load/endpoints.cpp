#include "load/worker.hpp"

namespace portdrought::load {
namespace {

os::Endpoint endpoint(const std::string& address, std::uint32_t port) {
    // The scenario's rules have checked it.
    return {core::address_from(address).value(), static_cast<std::uint16_t>(port)};
}

}  // namespace

std::vector<os::Endpoint> server_endpoints(const scenario::Scenario& scenario) {
    std::vector<os::Endpoint> endpoints;
    for (std::uint32_t i = 0; i < scenario.host.destinations; ++i)
        endpoints.push_back(endpoint(scenario.server.address, scenario.server.port + i));
    return endpoints;
}

std::vector<os::Endpoint> endpoints_of(const scenario::Scenario& scenario, unsigned share) {
    const std::vector<os::Endpoint> all = server_endpoints(scenario);
    std::vector<os::Endpoint> own;
    for (std::size_t i = share; i < all.size(); i += scenario.load.workers) own.push_back(all[i]);
    if (scenario.server.kind == scenario::ServerKind::relay)
        own.push_back(endpoint(scenario.server.upstream_address, scenario.server.upstream_port + share));
    return own;
}

}  // namespace portdrought::load
