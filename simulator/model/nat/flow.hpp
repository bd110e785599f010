// What a NAT translates, into what, and how a flow may end.
#pragma once

#include <cstdint>

namespace portdrought::model {

/// A flow before translation. `source_port` is the host's; `destination` an index.
struct NatFlow {
    std::uint32_t host;
    std::uint16_t source_port;
    std::uint32_t destination;
    friend bool operator==(const NatFlow&, const NatFlow&) = default;
};

/// A port of a public address, taken towards one destination.
struct NatPort {
    std::uint32_t destination;
    std::uint16_t address;
    std::uint16_t slot;  // 0 is the first of nat.ports
    friend bool operator==(const NatPort&, const NatPort&) = default;
};

/// As the NAT saw it. half_open: a SYN that nobody answered.
enum class FlowEnd : std::uint8_t { fin, reset, half_open };

}  // namespace portdrought::model
