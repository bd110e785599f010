#include "model/nat/shares.hpp"

#include <algorithm>

namespace portdrought::model {

bool has_shares(const scenario::Nat& nat) { return nat.ports_per_host > 0 || !nat.ports_by_hosts.empty(); }

std::uint32_t first_share(const scenario::Nat& nat, std::uint32_t hosts) {
    const auto& rows = nat.ports_by_hosts;
    if (rows.empty()) return std::min(nat.ports_per_host, nat.ports.size());
    const auto row = std::ranges::lower_bound(rows, hosts, {}, &scenario::NatShare::hosts);
    return std::min(row == rows.end() ? rows.back().ports : row->ports, nat.ports.size());
}

Shares::Shares(const scenario::Nat& nat, std::uint32_t hosts)
    : choice_(nat.port_choice),
      growth_(nat.growth),
      ports_(nat.ports.size()),
      first_share_(first_share(nat, hosts)),
      most_per_host_(std::max(nat.max_ports_per_host, first_share_)),
      granted_(nat.addresses),
      owners_(hosts) {
    for (Owner& owner : owners_)
        if (!grant(owner, first_share_)) break;
}

std::optional<NatPort> Shares::choose(const PortPool& pool, std::uint32_t host, std::uint32_t destination,
                                      std::uint32_t wanted, Random& random) {
    Owner& owner = owners_[host];
    do {
        if (const auto port = one_of(pool, owner, destination, wanted, random)) return port;
    } while (grow(owner));
    return std::nullopt;
}

std::optional<NatPort> Shares::one_of(const PortPool& pool, Owner& owner, std::uint32_t destination,
                                      std::uint32_t wanted, Random& random) const {
    if (choice_ == scenario::NatPorts::sequential) return next(pool, owner, destination);
    if (choice_ == scenario::NatPorts::preserve)
        if (const auto port = own(pool, owner, destination, wanted)) return port;
    return any(pool, owner, destination, random);
}

std::optional<NatPort> Shares::any(const PortPool& pool, const Owner& owner, std::uint32_t destination,
                                   Random& random) const {
    const auto free_in = [&](const Block& block) {
        if (!pool.has_room(destination, block.address)) return 0U;
        return pool.towards(destination, block.address).free_in(block.first, block.end());
    };
    std::uint32_t free = 0;
    for (std::uint32_t i = owner.first_block; i != none; i = blocks_[i].next) free += free_in(blocks_[i]);
    if (free == 0) return std::nullopt;
    std::uint32_t before = random.below(free);
    for (std::uint32_t i = owner.first_block;; i = blocks_[i].next) {
        const Block& block = blocks_[i];
        const std::uint32_t here = free_in(block);
        if (before < here) {
            const std::uint32_t slot = pool.towards(destination, block.address).nth(block.first, before);
            return NatPort{destination, block.address, static_cast<std::uint16_t>(slot)};
        }
        before -= here;
    }
}

std::optional<NatPort> Shares::next(const PortPool& pool, Owner& owner, std::uint32_t destination) const {
    const auto port = next_from(pool, owner, destination, owner.cursor);
    return port ? port : next_from(pool, owner, destination, 0);
}

std::optional<NatPort> Shares::next_from(const PortPool& pool, Owner& owner, std::uint32_t destination,
                                         std::uint32_t from) const {
    std::uint32_t begin = 0;  // of the block, within the share
    for (std::uint32_t i = owner.first_block; i != none; begin += blocks_[i].size, i = blocks_[i].next) {
        const Block& block = blocks_[i];
        if (from >= begin + block.size || !pool.has_room(destination, block.address)) continue;
        const std::uint32_t first = block.first + (from > begin ? from - begin : 0);
        const MaybeSlot slot = pool.towards(destination, block.address).next(first, block.end());
        if (!slot) continue;
        owner.cursor = begin + (*slot - block.first) + 1;
        return NatPort{destination, block.address, static_cast<std::uint16_t>(*slot)};
    }
    return std::nullopt;
}

std::optional<NatPort> Shares::own(const PortPool& pool, const Owner& owner, std::uint32_t destination,
                                   std::uint32_t wanted) const {
    for (std::uint32_t i = owner.first_block; i != none; i = blocks_[i].next) {
        const Block& block = blocks_[i];
        if (wanted < block.first || wanted >= block.end() || !pool.has_room(destination, block.address)) continue;
        if (pool.towards(destination, block.address).is_free(wanted))
            return NatPort{destination, block.address, static_cast<std::uint16_t>(wanted)};
    }
    return std::nullopt;
}

bool Shares::grow(Owner& owner) {
    if (owner.ports == 0 || owner.ports >= most_per_host_) return false;
    const std::uint32_t step = growth_ == scenario::NatGrowth::twofold ? owner.ports : first_share_;
    return grant(owner, std::min(step, most_per_host_ - owner.ports));
}

bool Shares::grant(Owner& owner, std::uint32_t size) {
    const auto address = address_with(size);
    if (!address) return false;
    append(owner, *address, size);
    return true;
}

std::optional<std::uint16_t> Shares::address_with(std::uint32_t size) {
    if (size >= refused_) return std::nullopt;
    for (std::uint16_t address = 0; address < granted_.size(); ++address)
        if (ports_ - granted_[address] >= size) return address;
    refused_ = size;
    return std::nullopt;
}

void Shares::append(Owner& owner, std::uint16_t address, std::uint32_t size) {
    const std::uint32_t first = granted_[address];
    granted_[address] += size;
    owner.ports += size;
    if (owner.last_block != none) {
        Block& last = blocks_[owner.last_block];
        if (last.address == address && last.end() == first) {
            last.size += size;
            return;
        }
        last.next = static_cast<std::uint32_t>(blocks_.size());
    }
    owner.last_block = static_cast<std::uint32_t>(blocks_.size());
    if (owner.first_block == none) owner.first_block = owner.last_block;
    blocks_.push_back({address, static_cast<std::uint16_t>(first), size, none});
}

std::uint64_t Shares::most() const {
    std::uint64_t all = 0, left = 0;
    for (const Owner& owner : owners_) all += owner.ports > 0 ? most_per_host_ : 0;
    for (const std::uint32_t granted : granted_) left += ports_ - granted;
    std::uint64_t now = 0;
    for (const Owner& owner : owners_) now += owner.ports;
    return std::min(all, now + (most_per_host_ > first_share_ ? left : 0));
}

std::uint64_t Shares::bytes() const {
    return blocks_.capacity() * sizeof(Block) + owners_.size() * sizeof(Owner) + granted_.size() * sizeof granted_[0];
}

}  // namespace portdrought::model
