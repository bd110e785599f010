// The cheapest way to make connections on one machine that we know: one thread plays client and server in turn, with
// blocking sockets and no event loop. On loopback nothing ever has to wait, because a call returns with its packet
// already delivered.
#pragma once

#include <cstdint>

#include "bench/yardstick/sockets.hpp"

namespace portdrought::bench {

class RawLoop {
public:
    /// Listens at work.server; work.duration is run()'s alone.
    explicit RawLoop(const Work& work);

    /// One connection from connect() to both closes; leaves the client in TIME_WAIT.
    void make_connection();
    /// As many as work.duration has room for; returns how many.
    std::uint64_t run();

private:
    Work work_;
    os::FileDescriptor listener_;
};

}  // namespace portdrought::bench
