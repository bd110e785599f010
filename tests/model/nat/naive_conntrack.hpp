// Linux's source NAT once more, as the kernel's source reads: a list of connections, each question a walk through it.
#pragma once

#include <algorithm>
#include <list>
#include <optional>

#include "model/nat/nat.hpp"
#include "model/random.hpp"

namespace portdrought::model {

class NaiveConntrack {
public:
    NaiveConntrack(const scenario::Nat& nat, std::uint64_t seed) : nat_(nat), seed_(seed), random_(seed) {}

    std::optional<NatPort> open(const NatFlow& flow, core::Instant now) {
        expire(now);
        const auto old = std::ranges::find(all_, flow, &Connection::flow);
        if (old != all_.end() && old->end == FlowEnd::half_open) {
            old->until.reset();
            return old->port;
        }
        if (old != all_.end()) all_.erase(old);
        if (all_.size() >= nat_.max_connections.value_or(~0U)) return std::nullopt;
        const auto port = unique_tuple(flow);
        if (port) all_.push_back({flow, *port, std::nullopt, FlowEnd::fin});
        return port;
    }

    void close(NatPort port, FlowEnd end, core::Instant now) {
        expire(now);
        const core::Duration times[] = {nat_.after_fin, nat_.after_reset, nat_.half_open};
        const auto connection = std::ranges::find(all_, port, &Connection::port);
        connection->until = now + times[static_cast<std::size_t>(end)];
        connection->end = end;
    }

    std::uint64_t in_use(core::Instant now) {
        expire(now);
        return all_.size();
    }
    std::uint64_t evicted() const { return evicted_; }

private:
    struct Connection {
        NatFlow flow;
        NatPort port;
        std::optional<core::Instant> until;  // once it is closed
        FlowEnd end;
    };

    void expire(core::Instant now) {
        std::erase_if(all_, [&](const Connection& c) { return c.until && *c.until <= now; });
    }

    bool is_used(NatPort port) const { return std::ranges::find(all_, port, &Connection::port) != all_.end(); }

    bool is_used_harder(NatPort port, std::uint32_t attempts_left) {
        const auto other = std::ranges::find(all_, port, &Connection::port);
        if (other == all_.end()) return false;
        if (attempts_left > 32 || !nat_.evicts) return true;
        const bool may_kill = other->until && other->end != FlowEnd::half_open;
        if (!may_kill || random_.below(2) != 0) return true;
        all_.erase(other);
        ++evicted_;
        return false;
    }

    std::optional<NatPort> unique_tuple(const NatFlow& flow) {
        const std::uint32_t range = nat_.ports.size();
        NatPort port{flow.destination, 0, 0};
        port.address = static_cast<std::uint16_t>(hash(mix(seed_), flow.host, flow.destination) % nat_.addresses);
        if (nat_.ports.contains(flow.source_port)) {
            port.slot = static_cast<std::uint16_t>(flow.source_port - nat_.ports.first);
            if (!is_used(port)) return port;
        }
        auto offset = static_cast<std::uint16_t>(random_.below(65'536));
        for (std::uint32_t attempts = std::min(range, 128U);;
             offset = static_cast<std::uint16_t>(random_.below(65'536))) {
            for (std::uint32_t i = 0; i < attempts; ++i, ++offset) {
                port.slot = static_cast<std::uint16_t>(offset % range);
                if (!is_used_harder(port, attempts - i)) return port;
            }
            if (attempts >= range || attempts < 16) return std::nullopt;
            attempts /= 2;
        }
    }

    scenario::Nat nat_;
    std::uint64_t seed_;
    Random random_;
    std::list<Connection> all_;
    std::uint64_t evicted_ = 0;
};

}  // namespace portdrought::model
