// Waiting for descriptors and for the next due time: one single-threaded Asio io_context per worker. On loopback most
// calls complete at once, so only a socket that really has to wait comes here; all calls from the worker's thread.
#pragma once

#include <chrono>
#include <functional>
#include <memory>

namespace portdrought::load {

class Reactor {
public:
    enum class Direction { read, write };

    Reactor();
    ~Reactor();
    Reactor(const Reactor&) = delete;
    Reactor& operator=(const Reactor&) = delete;

    /// Calls `when_ready` once, from poll() or wait_until(), when `fd` is readable, writable or broken. One wait per
    /// descriptor.
    void wait(int fd, Direction direction, std::function<void()> when_ready);
    /// Ends the wait of `fd`, if any, without calling back. Must come before its close().
    void cancel(int fd);
    bool idle() const { return waits_ == 0; }

    /// Runs what is ready now.
    void poll();
    /// Sleeps until `due` or until a descriptor is ready, then runs what is ready.
    void wait_until(std::chrono::steady_clock::time_point due);

private:
    struct Loop;  // keeps the Asio headers in one file
    std::unique_ptr<Loop> loop_;
    std::size_t waits_ = 0;
};

}  // namespace portdrought::load
