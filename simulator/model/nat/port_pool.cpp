#include "model/nat/port_pool.hpp"

#include <algorithm>
#include <limits>

namespace portdrought::model {

PortPool::PortPool(const scenario::Nat& nat, std::uint32_t destinations)
    : addresses_(nat.addresses),
      ports_(nat.ports.size()),
      most_per_table_(std::min(ports_, nat.connections_per_destination.value_or(ports_))),
      most_(nat.max_connections ? *nat.max_connections : std::numeric_limits<std::uint64_t>::max()),
      tables_(std::size_t{destinations} * addresses_, FreePorts(ports_)),
      taken_towards_(destinations) {}

void PortPool::take(NatPort port) {
    table(port).take(port.slot);
    ++taken_towards_[port.destination];
    peak_ = std::max(peak_, ++taken_);
}

void PortPool::give_back(NatPort port) {
    table(port).give_back(port.slot);
    --taken_towards_[port.destination];
    --taken_;
}

std::uint64_t PortPool::bytes() const {
    return tables_.size() * tables_.front().bytes() + taken_towards_.size() * sizeof taken_towards_.front();
}

}  // namespace portdrought::model
