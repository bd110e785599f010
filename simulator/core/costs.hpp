// What opening a connection costs in CPU time: what the model charges and the capacity laws assume. The constants are
// this project's measurements (docs/laws.md), not the kernel's; `portdrought calibrate` measures a machine's own.
#pragma once

#include <cstdint>

#include "core/units.hpp"

namespace portdrought::core {

/// CPU time of the search, measured on one virtual machine with Linux 6.18 over loopback. A port passed by costs a look
/// into the kernel's tables: less where they fit into the CPU's caches.
struct Costs {
    core::Duration live_probe{270};              // per port of an open connection passed by
    core::Duration time_wait_probe{370};         // per port in TIME_WAIT passed by
    core::Duration time_wait_probe_cached{160};  // the same in a pool of at most cached_ports
    std::uint64_t cached_ports = 10'000;
    core::Duration connect{25'000};             // connect() with a free port at hand
    core::Duration connection{110'000};         // all of a connection: client, server, enforcer, kernel
    core::Duration failing_connection{20'000};  // an attempt that finds no port, its walk not counted
    friend bool operator==(const Costs&, const Costs&) = default;
};

}  // namespace portdrought::core
