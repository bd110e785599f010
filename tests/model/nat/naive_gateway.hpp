// A gateway's rules once more, port by port: which ports a flow may get, kept in sets and lists. Where the choice is
// random it says which ones are right; where it is sequential, which one.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>
#include <vector>

#include "model/nat/nat.hpp"
#include "model/nat/shares.hpp"

namespace portdrought::model {

class NaiveGateway {
public:
    NaiveGateway(const scenario::Nat& nat, std::uint32_t hosts) : nat_(nat), granted_(nat.addresses), shares_(hosts) {
        for (std::uint32_t host = 0; host < hosts && first_share(nat_, hosts) > 0; ++host)
            if (!grant(host, share_ = first_share(nat_, hosts))) break;
        if (share_ > 0) return;
        for (std::uint32_t host = 0; host < hosts; ++host)
            for (std::uint16_t address = 0; address < nat.addresses; ++address) add(host, address, 0, nat.ports.size());
    }

    /// The ports that are right for the flow, in the order of sequential choice; none: it has to be dropped.
    std::vector<NatPort> right_ones(const NatFlow& flow, core::Instant now) {
        expire(now);
        if (is_full(flow.destination)) return {};
        for (;;) {
            auto right = free_ones(flow);
            if (!right.empty() || !grow(flow.host)) return right;
        }
    }

    void take(const NatFlow& flow, NatPort port) {
        taken_[key(port)] = std::nullopt;
        if (nat_.port_choice != scenario::NatPorts::sequential) return;
        const auto& all = shares_[flow.host];
        std::size_t& cursor = share_ > 0 ? cursors_[flow.host] : cursors_[0];
        const auto same = [&](const NatPort& p) { return p.address == port.address && p.slot == port.slot; };
        cursor = static_cast<std::size_t>(std::ranges::find_if(all, same) - all.begin()) + 1;
    }

    void close(NatPort port, FlowEnd end, core::Instant now) {
        expire(now);
        const core::Duration times[] = {nat_.after_fin, nat_.after_reset, nat_.half_open};
        taken_[key(port)] = now + times[static_cast<std::size_t>(end)];
    }

    std::uint64_t in_use(core::Instant now) {
        expire(now);
        return taken_.size();
    }

private:
    using Key = std::tuple<std::uint32_t, std::uint16_t, std::uint16_t>;
    static Key key(NatPort port) { return {port.destination, port.address, port.slot}; }

    void expire(core::Instant now) {
        std::erase_if(taken_, [&](const auto& entry) { return entry.second && *entry.second <= now; });
    }

    std::vector<NatPort> free_ones(const NatFlow& flow) {
        std::vector<NatPort> right;
        const auto& all = shares_[flow.host];
        const std::size_t from = share_ > 0 ? cursors_[flow.host] : cursors_[0];
        for (std::size_t i = 0; i < all.size(); ++i) {
            NatPort port = all[(from + i) % all.size()];
            port.destination = flow.destination;
            if (!taken_.contains(key(port)) && has_room(port)) right.push_back(port);
        }
        const auto own = std::ranges::find_if(
            right, [&](const NatPort& port) { return port.slot + nat_.ports.first == flow.source_port; });
        if (nat_.port_choice == scenario::NatPorts::preserve && own != right.end()) return {*own};
        return right;
    }

    std::uint32_t most_of_an_address() const {
        return std::min(nat_.ports.size(), nat_.connections_per_destination.value_or(65'536));
    }

    bool is_full(std::uint32_t destination) const {
        const auto towards = [&](const auto& entry) { return std::get<0>(entry.first) == destination; };
        return std::ranges::count_if(taken_, towards) == nat_.addresses * most_of_an_address() ||
               taken_.size() >= nat_.max_connections.value_or(1'000'000'000);
    }

    bool has_room(NatPort port) const {
        const auto beside = [&](const auto& entry) {
            return std::get<0>(entry.first) == port.destination && std::get<1>(entry.first) == port.address;
        };
        return std::ranges::count_if(taken_, beside) < most_of_an_address();
    }

    bool grow(std::uint32_t host) {
        const auto has = static_cast<std::uint32_t>(shares_[host].size());
        if (share_ == 0 || has == 0 || has >= nat_.max_ports_per_host) return false;
        return grant(host,
                     std::min(nat_.growth == scenario::NatGrowth::block ? share_ : has, nat_.max_ports_per_host - has));
    }

    bool grant(std::uint32_t host, std::uint32_t size) {
        for (std::uint16_t address = 0; address < nat_.addresses; ++address)
            if (granted_[address] + size <= nat_.ports.size()) {
                add(host, address, granted_[address], size);
                granted_[address] += size;
                return true;
            }
        return false;
    }

    void add(std::uint32_t host, std::uint16_t address, std::uint32_t first, std::uint32_t size) {
        for (std::uint32_t slot = first; slot < first + size; ++slot)
            shares_[host].push_back({0, address, static_cast<std::uint16_t>(slot)});
    }

    scenario::Nat nat_;
    std::uint32_t share_ = 0;
    std::vector<std::uint32_t> granted_;
    std::vector<std::vector<NatPort>> shares_;
    std::map<std::uint32_t, std::size_t> cursors_;
    std::map<Key, std::optional<core::Instant>> taken_;  // until when, once the flow is closed
};

}  // namespace portdrought::model
