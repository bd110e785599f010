// Opens one outbound connection: socket, source address, source port, connect(). Every failure is a finding
// {call, errno}, never an exception. Round robin over sources and destinations; one per worker.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/outcome.hpp"
#include "load/port_chooser.hpp"
#include "os/file_descriptor.hpp"
#include "os/net/tuple.hpp"
#include "scenario/scenario.hpp"

namespace portdrought::load {

struct Finding {
    core::Call call = core::Call::socket;
    int error = 0;
};

/// Which pair of addresses an outbound connection uses, and its port where the program chose it.
struct Route {
    std::size_t tuple = 0;  // of the port chooser; one for all destinations where bind() takes the port from all
    os::Endpoint source;    // port 0: the kernel chooses
    os::Endpoint destination;
    std::size_t destination_index = 0;  // among the worker's own
};

struct Opening {
    os::FileDescriptor fd;
    Route route;
    bool established = false;  // false without a finding: the handshake is still under way
    std::optional<Finding> finding;
};

class Connector {
public:
    /// `destinations`: this worker's own; the relay's upstream, if any, comes last.
    Connector(const scenario::Scenario& real_time, std::vector<os::Endpoint> destinations, bool has_upstream);

    /// The pair of addresses whose turn it is.
    Route next_route();
    Opening open(const Route& route, core::Instant now);
    Opening open_upstream(core::Instant now);

    /// connect() a second time: on loopback a non-blocking connect() is already established when it returns
    /// EINPROGRESS. Returns 0, EALREADY, or the error of the handshake.
    static int confirm(int fd, const os::Endpoint& destination);

    std::size_t destinations() const { return own_destinations_; }

    bool chooses_ports() const { return chooser_.has_value(); }
    /// Call when an opened connection has ended: `holds_time_wait` if this side closed first and gracefully.
    void released(const Route& route, bool holds_time_wait, core::Instant now);

private:
    std::optional<Finding> open_socket(Opening& opening) const;
    os::Address source_address(std::size_t index) const;
    std::optional<Finding> bind_source(int fd, const Route& route) const;
    static std::optional<Finding> connect(Opening& opening);
    std::optional<Finding> choose_port(Opening& opening, core::Instant now);
    std::optional<Finding> connect_from(std::uint16_t port, Opening& opening) const;
    bool binds_chosen_port() const { return host_.port_choice == scenario::PortChoice::bound; }

    scenario::Host host_;
    os::Address first_source_;
    std::vector<os::Endpoint> destinations_;
    std::size_t own_destinations_;
    std::optional<PortChooser> chooser_;
    core::Duration recheck_after_;
    core::Duration believed_lifetime_;
    bool one_for_all_;  // a port is taken for every destination
    std::uint64_t next_ = 0;
};

}  // namespace portdrought::load
