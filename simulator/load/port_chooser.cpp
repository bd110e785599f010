#include "load/port_chooser.hpp"

#include <algorithm>

namespace portdrought::load {

PortChooser::PortChooser(const scenario::Host& host, std::size_t tuples, std::uint64_t seed)
    : index_of_(host.ports.size()),
      first_(host.ports.first),
      random_(host.port_choice == scenario::PortChoice::random),
      generator_(seed) {
    for (std::uint32_t port = host.ports.first; port <= host.ports.last; ++port) {
        const auto candidate = static_cast<std::uint16_t>(port);
        if (core::contains(host.reserved_ports, candidate)) continue;
        index_of_[port - first_] = static_cast<std::uint32_t>(ports_.size());
        ports_.push_back(candidate);
    }
    taken_until_.assign(tuples, std::vector<core::Instant>(ports_.size(), core::Instant::min()));
    const auto wanted = std::ranges::lower_bound(ports_, host.first_port.value_or(host.ports.first));
    cursor_ = static_cast<std::size_t>(wanted - ports_.begin()) % ports_.size();
}

std::size_t PortChooser::start() { return random_ ? generator_() % ports_.size() : cursor_; }

std::optional<std::uint16_t> PortChooser::next_free(std::size_t tuple, core::Instant now) {
    const std::vector<core::Instant>& until = taken_until_[tuple];
    const auto is_free = [now](core::Instant instant) { return instant <= now; };
    const auto from = until.begin() + static_cast<std::ptrdiff_t>(start());
    auto found = std::find_if(from, until.end(), is_free);
    if (found == until.end()) {
        found = std::find_if(until.begin(), from, is_free);
        if (found == from) return std::nullopt;
    }
    const auto index = static_cast<std::size_t>(found - until.begin());
    move_past(index);
    return ports_[index];
}

std::uint16_t PortChooser::next_in_turn() {
    const std::size_t index = start();
    move_past(index);
    return ports_[index];
}

void PortChooser::taken_until(std::size_t tuple, std::uint16_t port, core::Instant until) {
    taken_until_[tuple][index_of_[static_cast<std::size_t>(port - first_)]] = until;
}

}  // namespace portdrought::load
