#include "model/nat/gateway.hpp"

#include <algorithm>
#include <cassert>

namespace portdrought::model {

Gateway::Gateway(const scenario::Nat& nat, std::uint32_t hosts, std::uint32_t destinations, std::uint64_t seed)
    : pool_(nat, destinations),
      holds_(HoldTimes(nat)),
      first_port_(nat.ports.first),
      is_sequential_(nat.port_choice == scenario::NatPorts::sequential),
      random_(seed) {
    if (has_shares(nat)) shares_.emplace(nat, hosts);
}

std::uint64_t Gateway::capacity() const {
    const std::uint64_t most = std::min(pool_.capacity(), pool_.max_connections());
    return shares_ ? std::min(most, shares_->most()) : most;
}

std::optional<NatPort> Gateway::open(const NatFlow& flow) {
    if (!pool_.has_room() || !pool_.has_room(flow.destination)) return std::nullopt;
    const auto port = choose(flow);
    if (port) pool_.take(*port);
    return port;
}

std::optional<NatPort> Gateway::choose(const NatFlow& flow) {
    if (shares_) {
        const std::uint32_t wanted =
            std::uint32_t{flow.source_port} - first_port_;  // a slot of no port where it is below
        return shares_->choose(pool_, flow.host, flow.destination, wanted, random_);
    }
    return is_sequential_ ? next(flow.destination) : any(flow.destination);
}

NatPort Gateway::any(std::uint32_t destination) {
    const std::uint16_t address = any_address(destination);
    const std::uint32_t slot = pool_.towards(destination, address).any(random_);
    return {destination, address, static_cast<std::uint16_t>(slot)};
}

/// One that has room, each as likely as the other; there is one.
std::uint16_t Gateway::any_address(std::uint32_t destination) {
    constexpr int cheap_tries = 4;
    const auto has_room = [&](std::uint32_t address) { return pool_.has_room(destination, address); };
    for (int i = 0; i < cheap_tries; ++i)
        if (const std::uint32_t address = random_.below(pool_.addresses()); has_room(address))
            return static_cast<std::uint16_t>(address);
    std::uint32_t with_room = 0;
    for (std::uint32_t i = 0; i < pool_.addresses(); ++i) with_room += has_room(i);
    std::uint32_t before = random_.below(with_room);
    for (std::uint16_t address = 0;; ++address)
        if (has_room(address) && before-- == 0) return address;
}

NatPort Gateway::next(std::uint32_t destination) {
    for (;;) {
        const MaybeSlot slot = pool_.has_room(destination, address_)
                                   ? pool_.towards(destination, address_).next(slot_, pool_.ports())
                                   : MaybeSlot();
        if (slot) {
            slot_ = *slot + 1;
            return {destination, address_, static_cast<std::uint16_t>(*slot)};
        }
        address_ = address_ + 1U == pool_.addresses() ? 0 : static_cast<std::uint16_t>(address_ + 1);
        slot_ = 0;
    }
}

void Gateway::release_until(core::Instant now) {
    while (const auto port = holds_.take_due(now)) pool_.give_back(*port);
}

std::uint64_t Gateway::bytes() const { return pool_.bytes() + holds_.bytes() + (shares_ ? shares_->bytes() : 0); }

}  // namespace portdrought::model
