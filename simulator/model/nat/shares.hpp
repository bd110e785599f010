// Which ports a NAT has set aside for which host. Shares are granted in the order of the hosts before the first flow,
// each within one public address; hosts for whom nothing is left have none. They grow when they are used up, at once
// and wherever there is room, and never shrink again.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "model/nat/port_pool.hpp"
#include "model/random.hpp"
#include "scenario/scenario.hpp"

namespace portdrought::model {

/// Whether the NAT sets ports aside for each host.
bool has_shares(const scenario::Nat& nat);

/// Ports that each of `hosts` hosts gets at first: of the first row of nat.ports_by_hosts for so many, or its last; or
/// nat.ports_per_host. At most the ports of an address.
std::uint32_t first_share(const scenario::Nat& nat, std::uint32_t hosts);

class Shares {
public:
    Shares(const scenario::Nat& nat, std::uint32_t hosts);

    /// A free port of the host's share towards `destination`, of those in reach of the NAT's limits; a share without
    /// one grows. `wanted` is the slot of the host's own port.
    std::optional<NatPort> choose(const PortPool& pool, std::uint32_t host, std::uint32_t destination,
                                  std::uint32_t wanted, Random& random);

    std::uint32_t of(std::uint32_t host) const { return owners_[host].ports; }
    /// What all hosts may have at one time: their shares and, where these grow, what is left to grow into.
    std::uint64_t most() const;
    std::uint64_t bytes() const;

private:
    static constexpr std::uint32_t none = ~std::uint32_t{0};

    struct Block {
        std::uint16_t address, first;
        std::uint32_t size;
        std::uint32_t next;  // of the same host
        std::uint32_t end() const { return first + size; }
    };
    struct Owner {
        std::uint32_t first_block = none, last_block = none;
        std::uint32_t ports = 0;
        std::uint32_t cursor = 0;  // sequential choice: where in the share the next search begins
    };

    bool grow(Owner& owner);
    bool grant(Owner& owner, std::uint32_t size);
    std::optional<std::uint16_t> address_with(std::uint32_t size);
    void append(Owner& owner, std::uint16_t address, std::uint32_t size);

    std::optional<NatPort> any(const PortPool& pool, const Owner& owner, std::uint32_t destination,
                               Random& random) const;
    std::optional<NatPort> next(const PortPool& pool, Owner& owner, std::uint32_t destination) const;
    std::optional<NatPort> next_from(const PortPool& pool, Owner& owner, std::uint32_t destination,
                                     std::uint32_t from) const;
    std::optional<NatPort> own(const PortPool& pool, const Owner& owner, std::uint32_t destination,
                               std::uint32_t wanted) const;
    std::optional<NatPort> one_of(const PortPool& pool, Owner& owner, std::uint32_t destination, std::uint32_t wanted,
                                  Random& random) const;

    scenario::NatPorts choice_;
    scenario::NatGrowth growth_;
    std::uint32_t ports_, first_share_, most_per_host_;
    std::uint32_t refused_ = none;        // as many at one address, or more, are nowhere left
    std::vector<std::uint32_t> granted_;  // of each address, from its first port on
    std::vector<Block> blocks_;
    std::vector<Owner> owners_;
};

}  // namespace portdrought::model
