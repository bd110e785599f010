// The port searches that a modelled host can have, and their names in scenarios and profiles.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace portdrought::model {

/// Each Linux search is named after the first version that has it. docs/model.md has sources and what is unverified.
enum class Algorithm : std::uint8_t {
    linux_4_2,   // to 4.5: one global counter, every port in turn from an even offset
    linux_4_6,   // to 5.11: the same counter, all even offsets before any odd one
    linux_5_12,  // to 5.17: 256 counters instead of one, noise of 1/16
    linux_5_18,  // to 6.7: 65,536 counters, steps of 2 to 16, a new start every 10 s
    linux_6_8,   // to 6.17: no parity in a per-socket range of ports
    linux_6_18,  // the same search; what changed is when a port left by bind() may be taken by connect()
    rfc6056_1,   // simple port randomization
    rfc6056_2,   // simple port randomization, a fresh random port for each try; may miss the last free ports
    rfc6056_3,   // simple hash-based
    rfc6056_4,   // double hash
    rfc6056_5,   // random increments
    sequential,  // the next port after the last one taken; Windows before Vista
    random       // the next free port from a random one; Windows since Vista, BSD
};

inline constexpr auto all_algorithms = std::to_array<Algorithm>(
    {Algorithm::linux_4_2, Algorithm::linux_4_6, Algorithm::linux_5_12, Algorithm::linux_5_18, Algorithm::linux_6_8,
     Algorithm::linux_6_18, Algorithm::rfc6056_1, Algorithm::rfc6056_2, Algorithm::rfc6056_3, Algorithm::rfc6056_4,
     Algorithm::rfc6056_5, Algorithm::sequential, Algorithm::random});

/// "linux-6.18", "rfc6056-1", "sequential".
std::string_view name_of(Algorithm algorithm);
/// Nothing where there is none of that name.
std::optional<Algorithm> algorithm_named(std::string_view name);

}  // namespace portdrought::model
