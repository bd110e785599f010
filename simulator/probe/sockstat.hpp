// /proc/net/sockstat: the cheapest look at TIME_WAIT, some 20 us however many there are.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace portdrought::probe {

/// The line "TCP:"; absent where this kernel does not show a value.
struct Sockstat {
    std::optional<std::uint64_t> in_use, orphans, allocated;
    std::optional<std::uint64_t> time_wait;  // `tw`: TIME_WAIT and orphans' FIN_WAIT_2 of this network namespace
    friend bool operator==(const Sockstat&, const Sockstat&) = default;
};

Sockstat parse_sockstat(std::string_view text);

}  // namespace portdrought::probe
