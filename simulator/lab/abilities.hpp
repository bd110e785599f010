// Tries what a run needs from the kernel instead of guessing from its version: vendors move features between versions.
// Each answers 0, or the errno of the refusal. All work in the current network namespace, which must be private and
// have lo up, and leave no socket behind.
#pragma once

namespace portdrought::lab {

/// A sock_diag dump of TCP sockets.
int try_socket_dump();
/// SOCK_DESTROY of a real TIME_WAIT entry.
int try_destroy();
/// IP_LOCAL_PORT_RANGE.
int try_port_window();
/// A listener on an IPv6 address added to lo; switches IPv6 on for lo where only a setting keeps it off.
int try_ipv6();
/// A raw socket (CAP_NET_RAW).
int try_raw_socket();

}  // namespace portdrought::lab
