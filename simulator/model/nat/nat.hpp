#pragma once
// TEMPORARY
#include <optional>
#include "core/units.hpp"
#include "record/run_record.hpp"
#include "scenario/scenario.hpp"
namespace portdrought::model {
struct NatFlow { std::uint32_t host; std::uint16_t source_port; std::uint32_t destination; };
class Nat {
public:
    enum class End : std::uint8_t { fin, reset, half_open };
    struct Mapping { std::uint32_t a = 0, b = 0; };
    Nat(const scenario::Nat&, std::uint32_t, std::uint32_t, std::uint64_t) {}
    std::optional<Mapping> open(const NatFlow&, core::Instant) { return Mapping{}; }
    void close(Mapping, End, core::Instant) {}
    std::uint64_t in_use(core::Instant) { return 0; }
    std::uint64_t dropped() const { return 0; }
    record::NatUse use() const { return {}; }
};
}
