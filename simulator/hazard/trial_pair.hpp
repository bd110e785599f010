// Pairs of a fixed address and port on both sides, opened and closed as a scenario does it, one after the other. They
// have addresses of their own on both sides, so that nothing the load has left behind is in their way.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "os/file_descriptor.hpp"
#include "os/net/tuple.hpp"
#include "scenario/scenario.hpp"

namespace portdrought::hazard {

/// Both ends of a connection. Sockets are non-blocking.
struct Ends {
    os::FileDescriptor client, server;
};

/// What a read without waiting found.
struct Received {
    std::string bytes;
    bool ended = false;  // FIN or an error
};

Received receive_queued(const os::FileDescriptor& fd);

/// Throws os::SystemError when not all bytes could be sent at once.
void send_all(const os::FileDescriptor& fd, std::string_view bytes);

class TrialPairs {
public:
    /// Listens for the connections of `count` pairs. `real_time` is a compressed scenario and must outlive the object.
    /// Throws os::SystemError when nothing can be listened on.
    TrialPairs(const scenario::Scenario& real_time, std::size_t count);

    /// Gives the pair addresses and ports that no pair has had, and opens it. Waits up to 2 s for the handshake. Throws
    /// os::SystemError where every port is taken (EADDRNOTAVAIL), where the handshake does not end (ETIMEDOUT), and as
    /// open() does.
    Ends open_first(std::size_t index);

    /// As the client sees it; after open_first().
    const os::Tuple& tuple(std::size_t index) const { return pairs_[index].tuple; }

    /// Tries to open the pair now, without waiting; nullopt where the kernel does not give it away or its handshake is
    /// not over yet. Call it again later: a handshake under way goes on. Throws os::SystemError where a call fails for
    /// any other reason, such as EMFILE.
    std::optional<Ends> open(std::size_t index);

    /// Ends an attempt that is still under way.
    void give_up(std::size_t index);

private:
    struct Pair {
        os::Tuple tuple;
        os::FileDescriptor opening;  // its handshake is under way
    };

    std::optional<os::FileDescriptor> start(const os::Tuple& tuple) const;
    void choose(Pair& pair);
    os::FileDescriptor accept_from(const os::Endpoint& client);
    void accept_queued();

    const scenario::Host& host_;
    os::Endpoint server_;
    os::FileDescriptor listener_;
    std::map<os::Endpoint, os::FileDescriptor> accepted_;  // by client, until its pair asks for it
    std::vector<std::uint16_t> ports_;                     // those not found taken
    std::size_t next_port_ = 0;
    // A bound port may be for one connection from its address: further pairs come from further addresses.
    os::Address source_;
    std::vector<Pair> pairs_;
};

/// The side of the active closer. Where both close at once, the client is the first here.
bool client_closes_first(const scenario::Load& load);

/// Right before and right after the close that leaves the active side's TIME-WAIT.
struct CloseWatch {
    virtual ~CloseWatch() = default;
    virtual void closing(const os::FileDescriptor& active) = 0;
    virtual void closed() = 0;
};

/// Closes both ends in the order and manner of the scenario. What never closes stays open in `ends`.
void close_as(const scenario::Load& load, Ends& ends, CloseWatch& watch);

}  // namespace portdrought::hazard
