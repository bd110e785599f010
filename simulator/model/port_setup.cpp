#include "model/port_setup.hpp"

#include <utility>
#include <vector>

#include "model/random.hpp"
#include "scenario/addresses.hpp"

namespace portdrought::model {
namespace {

using scenario::PortChoice;

Algorithm algorithm_of(scenario::PortSearch search) {
    using scenario::PortSearch;
    switch (search) {
        case PortSearch::linux_4_2: return Algorithm::linux_4_2;
        case PortSearch::linux_4_6: return Algorithm::linux_4_6;
        case PortSearch::linux_5_12: return Algorithm::linux_5_12;
        case PortSearch::linux_5_18: return Algorithm::linux_5_18;
        case PortSearch::linux_6_8: return Algorithm::linux_6_8;
        case PortSearch::linux_6_18: return Algorithm::linux_6_18;
        case PortSearch::rfc6056_1: return Algorithm::rfc6056_1;
        case PortSearch::rfc6056_2: return Algorithm::rfc6056_2;
        case PortSearch::rfc6056_3: return Algorithm::rfc6056_3;
        case PortSearch::rfc6056_4: return Algorithm::rfc6056_4;
        case PortSearch::rfc6056_5: return Algorithm::rfc6056_5;
    }
    return Algorithm::linux_6_18;
}

Algorithm algorithm_of(const scenario::Host& host) {
    switch (host.port_choice) {
        case PortChoice::sequential:
        case PortChoice::bound: return Algorithm::sequential;
        case PortChoice::random: return Algorithm::random;
        case PortChoice::kernel: break;
    }
    // bind(address, 0): inet_csk_find_open_port() starts at random.
    return scenario::bind_takes_port(host) ? Algorithm::random : algorithm_of(host.port_search);
}

/// Ports that sockets have which are bound and never connect. bind(address, 0) takes odd offsets of the host's range
/// first, at random (facts: inet_csk_find_open_port()), whatever window the connecting sockets have.
std::vector<std::uint16_t> taken_silently(const scenario::Host& host, std::uint64_t seed) {
    std::vector<std::uint16_t> odd, even, taken;
    for (std::uint32_t offset = 0; offset < host.ports.size(); ++offset) {
        const auto port = static_cast<std::uint16_t>(host.ports.first + offset);
        if (!core::contains(host.reserved_ports, port)) (offset % 2 == 1 ? odd : even).push_back(port);
    }
    Random random(seed);
    for (std::vector<std::uint16_t>* some : {&odd, &even})
        while (taken.size() < host.unconnected_ports && !some->empty()) {
            std::swap((*some)[random.below(static_cast<std::uint32_t>(some->size()))], some->back());
            taken.push_back(some->back());
            some->pop_back();
        }
    return taken;
}

}  // namespace

std::uint32_t tuples_of(const scenario::Scenario& real) {
    const std::uint32_t upstreams = real.server.kind == scenario::ServerKind::relay ? real.load.workers : 0;
    return real.host.sources * (scenario::destination_count(real.host) + upstreams);
}

SearchSetup search_setup(const scenario::Scenario& real) {
    const core::PortRange range = scenario::port_range(real.host);
    SearchSetup setup;
    setup.algorithm = algorithm_of(real.host);
    setup.ports = range.size();
    setup.window = real.host.port_window.has_value();
    for (std::uint32_t offset = 0; offset < range.size(); ++offset)
        if (core::contains(real.host.reserved_ports, static_cast<std::uint16_t>(range.first + offset)))
            setup.reserved.push_back(offset);
    setup.tuples = tuples_of(real);
    setup.first = real.host.first_port.value_or(range.first) - range.first;
    setup.seed = real.lab.seed;
    return setup;
}

PortBits free_ports(const SearchSetup& setup, const scenario::Host& host) {
    const core::PortRange range = scenario::port_range(host);
    const Layout layout = Layout::of(setup.algorithm, setup.ports, setup.window);
    PortBits free(setup.ports);
    free.set_all();
    for (const std::uint32_t offset : setup.reserved) free.reset(layout.slot_of(offset));
    for (const std::uint16_t port : taken_silently(host, setup.seed))
        if (range.contains(port)) free.reset(layout.slot_of(static_cast<std::uint32_t>(port - range.first)));
    return free;
}

}  // namespace portdrought::model
