// Emulates a full table on the way (connection tracking, NAT): a share of the SYNs that reach a listener vanishes, and
// nothing else. A real table cannot be filled here: its size belongs to the host, not to a network namespace.
#pragma once

namespace portdrought::load {

/// From now on the kernel drops that share (0..1) of the SYNs that arrive at `listener`, sent again or not, before they
/// count as a handshake. Throws os::SystemError.
void drop_syns(int listener, double share);

}  // namespace portdrought::load
