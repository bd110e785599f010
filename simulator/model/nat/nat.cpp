#include "model/nat/nat.hpp"

#include "model/nat/conntrack.hpp"
#include "model/nat/gateway.hpp"
#include "model/nat/port_pool.hpp"
#include "model/nat/shares.hpp"

namespace portdrought::model {
namespace {

std::unique_ptr<Translation> make_translation(const scenario::Nat& nat, std::uint32_t hosts, std::uint32_t destinations,
                                              std::uint64_t seed) {
    if (nat.port_choice == scenario::NatPorts::preserve && !has_shares(nat))
        return std::make_unique<Conntrack>(nat, destinations, seed);
    return std::make_unique<Gateway>(nat, hosts, destinations, seed);
}

}  // namespace

Nat::Nat(const scenario::Nat& real_time, std::uint32_t hosts, std::uint32_t destinations, std::uint64_t seed)
    : translation_(make_translation(real_time, hosts, destinations, seed)) {}

std::optional<Nat::Mapping> Nat::open(const NatFlow& flow, core::Instant now) {
    translation_->release_until(now);
    const auto mapping = translation_->open(flow);
    ++(mapping ? flows_ : dropped_);
    if (!mapping && !first_drop_) first_drop_ = now;
    return mapping;
}

void Nat::close(Mapping mapping, End end, core::Instant now) {
    translation_->release_until(now);
    translation_->close(mapping, end, now);
}

std::uint64_t Nat::in_use(core::Instant now) {
    translation_->release_until(now);
    return translation_->pool().taken();
}

record::NatUse Nat::use() const {
    return {.capacity = translation_->capacity(),
            .peak = translation_->pool().peak(),
            .flows = flows_,
            .dropped = dropped_,
            .evicted = translation_->evicted(),
            .first_drop_s = first_drop_ ? std::optional(core::seconds(*first_drop_)) : std::nullopt};
}

}  // namespace portdrought::model
