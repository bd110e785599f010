// A FIN that waits: how two sides of a connection on one host can close at the same moment although loopback delivers
// every segment before the call that sent it returns. Needs CAP_NET_ADMIN in the namespace, which the lab has.
#pragma once

namespace portdrought::os {

/// Whether everything written to the socket has been sent, acknowledged or not (SIOCOUTQNSD).
bool has_sent_all(int fd);

/// The FIN of the next shutdown() or close() stays on this host until the peer's next segment comes, or the first
/// window probe, 0.2 s later: the send window is shut by TCP_REPAIR_WINDOW (Linux 4.8), and a FIN counts against it
/// (tcp_snd_wnd_test()). Only on a socket that has sent all. Throws SystemError.
void hold_back_fin(int fd);

}  // namespace portdrought::os
