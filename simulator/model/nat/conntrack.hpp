// Source NAT as Linux does it: every flow is an entry of a table, a new one keeps its source port where the translated
// tuple is free, and tries up to 248 others where it is not. Entries of closed flows stay for their time; a new flow of
// the same tuple, or the last tries of any flow, may end that early. Facts: get_unique_tuple(),
// nf_nat_l4proto_unique_tuple() and nf_nat_used_tuple_harder() in net/netfilter/nf_nat_core.c, and
// nf_conntrack_tcp_packet(). Not played: the hint from the same source port's mapping towards another destination.
#pragma once

#include <array>
#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <optional>
#include <vector>

#include "model/nat/holds.hpp"
#include "model/nat/port_pool.hpp"
#include "model/nat/translation.hpp"
#include "model/random.hpp"
#include "scenario/scenario.hpp"

namespace portdrought::model {

class Conntrack final : public Translation {
public:
    Conntrack(const scenario::Nat& nat, std::uint32_t destinations, std::uint64_t seed);

    /// The former flow of the same tuple, if there was one, is closed.
    std::optional<NatPort> open(const NatFlow& flow) override;
    void close(NatPort port, FlowEnd end, core::Instant now) override;
    void release_until(core::Instant now) override;

    const PortPool& pool() const override { return pool_; }
    std::uint64_t capacity() const override;
    std::uint64_t evicted() const override { return evicted_; }
    std::uint64_t bytes() const override;

private:
    using Index = std::uint32_t;
    static constexpr Index none = ~Index{0};

    struct Entry {
        core::Instant until{};  // where it is closed
        NatFlow flow{};
        NatPort port{};
        Index previous = none, next = none;  // of those that ended alike; of the unused ones, next alone
        FlowEnd end{};
        bool is_open = false;
    };
    struct Queue {
        Index first = none, last = none;
    };
    struct FlowHash {
        using is_avalanching = void;
        std::size_t operator()(const NatFlow& flow) const {
            return hash(flow.source_port, flow.host, flow.destination);
        }
    };

    NatPort wanted_by(const NatFlow& flow) const;
    bool is_limited(NatPort port) const;
    bool is_free(NatPort port) const;
    Index find(const NatFlow& flow, NatPort wanted) const;
    NatPort reopen(Index index);
    std::optional<NatPort> choose(NatPort wanted);
    std::optional<NatPort> choose_in_round(NatPort wanted, std::uint32_t tries);
    bool evict(NatPort port);

    NatPort enter(const NatFlow& flow, NatPort port);
    Index unused_entry();
    void append(Queue& queue, Index index);
    void unlink(Queue& queue, Index index);
    void remove(Index index);
    bool is_translated(const Entry& entry) const;
    Queue& queue_of(const Entry& entry) { return queues_[static_cast<std::size_t>(entry.end)]; }

    PortPool pool_;
    HoldTimes times_;
    std::uint16_t first_port_;
    bool evicts_;
    std::uint64_t key_;
    Random random_;
    std::vector<Entry> entries_;  // as many as there ever were at one time
    Index unused_ = none;
    std::vector<Index> by_port_;                                      // PortPool::index_of()
    boost::unordered_flat_map<NatFlow, Index, FlowHash> translated_;  // flows whose port is not their own
    std::array<Queue, 3> queues_;
    std::uint64_t evicted_ = 0;
};

}  // namespace portdrought::model
