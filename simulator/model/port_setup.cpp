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

/// bind(address, 0) takes odd offsets first, at random (facts: inet_csk_find_open_port()).
void take_silently(PortBits& free, const Layout& layout, std::uint32_t count, std::uint64_t seed) {
    Random random(seed);
    std::vector<std::uint32_t> odd, even;
    for (std::uint32_t offset = 0; offset < layout.ports(); ++offset)
        if (free.test(layout.slot_of(offset))) (offset % 2 == 1 ? odd : even).push_back(layout.slot_of(offset));
    for (std::vector<std::uint32_t>* some : {&odd, &even})
        for (; count > 0 && !some->empty(); --count) {
            std::swap((*some)[random.below(static_cast<std::uint32_t>(some->size()))], some->back());
            free.reset(some->back());
            some->pop_back();
        }
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

PortBits free_ports(const SearchSetup& setup, std::uint32_t silent) {
    const Layout layout = Layout::of(setup.algorithm, setup.ports, setup.window);
    PortBits free(setup.ports);
    free.set_all();
    for (const std::uint32_t offset : setup.reserved) free.reset(layout.slot_of(offset));
    take_silently(free, layout, silent, setup.seed);
    return free;
}

}  // namespace portdrought::model
