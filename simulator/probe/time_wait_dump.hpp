// Every TIME-WAIT entry of the network namespace, whoever closed: sock_diag dumps of that state alone.
#pragma once

#include <vector>

#include "os/net/netlink.hpp"
#include "probe/sock_diag_decoder.hpp"

namespace portdrought::probe {

class TimeWaitDump {
public:
    /// Speaks to the network namespace the thread is in now.
    TimeWaitDump();

    /// In no order; not a snapshot: entries that come or go meanwhile may be missing. About 0.4 us CPU per entry plus
    /// two walks over the table. Throws os::SystemError when the kernel refuses.
    const std::vector<SocketEntry>& take();

private:
    void dump(int family);

    os::SockDiagSocket socket_;
    std::vector<std::byte> buffer_;
    std::vector<SocketEntry> entries_;
    std::uint32_t sequence_ = 0;
};

}  // namespace portdrought::probe
