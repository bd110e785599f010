// The usual shape of a load test in its barest form: a client thread and a server thread, each with an epoll loop over
// non-blocking sockets, several connections in flight.
#pragma once

#include <cstdint>

#include "bench/yardstick/sockets.hpp"

namespace portdrought::bench {

/// Keeps `in_flight` connections open at a time for work.duration; returns how many were made.
std::uint64_t run_raw_epoll(const Work& work, unsigned in_flight);

}  // namespace portdrought::bench
