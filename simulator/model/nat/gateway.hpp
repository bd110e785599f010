// NATs that give any free port, or the next one: those of clouds and carriers, where all hosts share all ports or each
// has some of its own. A new flow on a tuple whose former flow is still in its time is a flow like any other; what the
// real ones do there is not documented.
#pragma once

#include <cstdint>
#include <optional>

#include "model/nat/holds.hpp"
#include "model/nat/port_pool.hpp"
#include "model/nat/shares.hpp"
#include "model/nat/translation.hpp"
#include "model/random.hpp"
#include "scenario/scenario.hpp"

namespace portdrought::model {

class Gateway final : public Translation {
public:
    Gateway(const scenario::Nat& nat, std::uint32_t hosts, std::uint32_t destinations, std::uint64_t seed);

    std::optional<NatPort> open(const NatFlow& flow) override;
    void close(NatPort port, FlowEnd end, core::Instant now) override { holds_.add(port, end, now); }
    void release_until(core::Instant now) override;

    const PortPool& pool() const override { return pool_; }
    std::uint64_t capacity() const override;
    std::uint64_t evicted() const override { return 0; }
    std::uint64_t bytes() const override;

private:
    std::optional<NatPort> choose(const NatFlow& flow);
    NatPort any(std::uint32_t destination);
    NatPort next(std::uint32_t destination);
    std::uint16_t any_address(std::uint32_t destination);

    PortPool pool_;
    std::optional<Shares> shares_;
    Holds holds_;
    std::uint16_t first_port_;
    bool is_sequential_;
    Random random_;
    std::uint16_t address_ = 0;  // sequential choice: where the next search begins
    std::uint32_t slot_ = 0;
};

}  // namespace portdrought::model
