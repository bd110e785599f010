// The ports of a NAT: one table per destination and public address, since a port may serve several destinations at
// once. Knows how many may be taken; who may take which is the business of others (shares.hpp, conntrack.hpp).
#pragma once

#include <cstdint>
#include <vector>

#include "model/nat/flow.hpp"
#include "model/nat/free_ports.hpp"
#include "scenario/scenario.hpp"

namespace portdrought::model {

class PortPool {
public:
    PortPool(const scenario::Nat& nat, std::uint32_t destinations);

    std::uint32_t addresses() const { return addresses_; }
    std::uint32_t ports() const { return ports_; }                      // of each address
    std::uint32_t most_per_address() const { return most_per_table_; }  // towards one destination
    std::size_t tables() const { return tables_.size(); }
    /// Of one table after the other, for those who keep more about each port.
    std::size_t index_of(NatPort port) const {
        return (std::size_t{port.destination} * addresses_ + port.address) * ports_ + port.slot;
    }

    const FreePorts& towards(std::uint32_t destination, std::uint32_t address) const {
        return tables_[std::size_t{destination} * addresses_ + address];
    }

    /// Whether the address may have one more connection to the destination.
    bool has_room(std::uint32_t destination, std::uint32_t address) const {
        return towards(destination, address).taken() < most_per_table_;
    }
    bool has_room(std::uint32_t destination) const { return taken_towards_[destination] < capacity(); }
    bool has_room() const { return taken_ < most_; }

    /// Connections towards one destination at one time, as far as this pool limits them.
    std::uint64_t capacity() const { return std::uint64_t{addresses_} * most_per_table_; }
    std::uint64_t max_connections() const { return most_; }

    void take(NatPort port);
    void give_back(NatPort port);

    std::uint64_t taken() const { return taken_; }
    std::uint64_t peak() const { return peak_; }
    std::uint64_t bytes() const;

private:
    FreePorts& table(NatPort port) { return tables_[std::size_t{port.destination} * addresses_ + port.address]; }

    std::uint32_t addresses_, ports_, most_per_table_;
    std::uint64_t most_;
    std::vector<FreePorts> tables_;
    std::vector<std::uint32_t> taken_towards_;
    std::uint64_t taken_ = 0, peak_ = 0;
};

}  // namespace portdrought::model
