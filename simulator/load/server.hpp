// The builtin server: listeners of one worker, their accepted connections, and the relay form that fetches each
// response over a connection of its own. It lives in the worker of its clients, so accept() finds what they opened.
#pragma once

#include <cstdint>
#include <deque>
#include <vector>

#include "core/hold_times.hpp"
#include "load/client.hpp"
#include "load/connection.hpp"
#include "os/file_descriptor.hpp"

namespace portdrought::load {

class Server final : public Party, public ConnectionSink {
public:
    /// Listens at once; the last endpoint is the relay's upstream where the scenario has one.
    /// Throws os::SystemError when an endpoint cannot be listened on.
    Server(const scenario::Scenario& real_time, const std::vector<os::Endpoint>& endpoints,
           const core::Exchange& exchange, const Surroundings& around, Client& client, core::HoldTimes holds);

    /// Accepts what clients of this worker have opened.
    void accept_expected();
    /// No accepted connection is still at work; `pooled` of them belong to idle ones of the client's pool.
    bool idle(std::size_t pooled) const { return active_ <= pooled; }

    void expect_connection(const os::Endpoint& listener) override;
    void fetched(Connection& accepted, bool ok) override;
    void resume(Connection& connection) override;
    void timed_out(Connection&) override {}  // a server has no deadline: its peer has one
    void closed(Connection& connection) override { finish(connection); }

private:
    struct Listener {
        os::Endpoint endpoint;
        os::FileDescriptor fd;
        core::Exchange exchange;
        Closing* closing = nullptr;
        bool is_upstream = false;
        std::uint64_t expected = 0;
        bool watched = false;
        bool refused = false;  // the last accept() failed, for want of a descriptor: it is tried again in every turn
    };

    void accept_from(Listener& listener);
    void watch(Listener& listener);
    void serve(Listener& listener, os::FileDescriptor fd, const os::Endpoint& peer);
    void advance(Connection& connection);
    void finish(Connection& connection);

    const Surroundings around_;
    Client& client_;
    const bool accepts_;
    core::HoldTimes holds_;
    std::vector<Listener> listeners_;
    core::Exchange next_request_;  // of a pooled connection, after its first
    std::uint64_t expected_ = 0;
    std::deque<Connection> slots_;
    std::vector<Connection*> free_;
    std::size_t active_ = 0;
};

}  // namespace portdrought::load
