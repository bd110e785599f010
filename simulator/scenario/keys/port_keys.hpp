// Table entries for ports: a range, a set and the place where a search begins. Included by the key table alone.
#pragma once

#include "scenario/keys/key_kinds.hpp"

namespace portdrought::scenario {

/// "1025-5000"; the kernel hands out no port below 1024 (ip_unprivileged_port_start).
Key ports_key(Words words, Field<Host, core::PortRange> at);
Key ports_key(Words words, Field<Nat, core::PortRange> at);

/// "20000-20499,20600", the form of ip_local_reserved_ports.
Key reserved_ports_key(Words words, Field<Host, core::PortSet> at);

/// A range, or "off" for none.
Key port_window_key(Words words, Field<Host, std::optional<core::PortRange>> at);

/// A port, or "lowest" for none.
Key first_port_key(Words words, Field<Host, std::optional<std::uint16_t>> at);

}  // namespace portdrought::scenario
