// What the kernel says about one socket, by its 4-tuple: an exact look instead of a dump.
#pragma once

#include <cstdint>
#include <optional>

#include "os/net/netlink.hpp"
#include "os/net/tuple.hpp"
#include "probe/sock_diag_decoder.hpp"

namespace portdrought::probe {

class SocketLookup {
public:
    /// The connection or the TIME-WAIT entry whose holder sees `tuple`, in any state but LISTEN; nullopt when there is
    /// none. Throws os::SystemError when the kernel refuses.
    std::optional<SocketEntry> find(const os::Tuple& tuple);

private:
    os::SockDiagSocket socket_;
    std::uint32_t sequence_ = 0;
};

}  // namespace portdrought::probe
