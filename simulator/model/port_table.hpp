// The source ports of one host towards one destination (or towards all of them, where bind() takes a port for itself):
// which can be taken now, which are taken, and which of those in TIME_WAIT a new connection may take over.
#pragma once

#include <cstdint>
#include <vector>

#include "model/port_bits.hpp"

namespace portdrought::model {

/// Pairs in TIME_WAIT that may end before their time because a new connection takes them over. What waits for their
/// end must then let one end pass: ends come in the order in which the pairs entered.
class Overtaken {
public:
    Overtaken() = default;
    explicit Overtaken(std::uint32_t slots) : held_(slots), overtaken_(slots) {}

    bool holds(std::uint32_t slot) const { return held_.test(slot); }
    void hold(std::uint32_t slot) { held_.set(slot); }
    void overtake(std::uint32_t slot) {
        held_.reset(slot);
        ++overtaken_[slot];
    }
    /// The end of a pair is due; false where it was taken over before.
    bool end(std::uint32_t slot) {
        if (forget(slot)) return false;
        held_.reset(slot);
        return true;
    }
    /// True where the first end that is still to come is of a pair that was taken over; nobody waits for it any more.
    bool forget(std::uint32_t slot) {
        if (overtaken_[slot] == 0) return false;
        --overtaken_[slot];
        return true;
    }

private:
    PortBits held_{1};
    std::vector<std::uint32_t> overtaken_;
};

struct PortTable {
    explicit PortTable(std::uint32_t slots) : takeable(slots) {}

    PortBits takeable;
    PortBits last_resort{1};      // may be taken over where nothing is takeable: what bind() shares
    std::uint32_t taken = 0;      // in any state, TIME_WAIT that may be taken over included
    std::uint32_t time_wait = 0;  // of these
    Overtaken reusable;           // where tw_reuse, or bind() of a shared port, takes pairs over
    Overtaken at_server;          // where the server holds TIME_WAIT, which a fresh SYN takes over (RFC 9293, MAY-2)
    PortBits stale_peers{1};      // where the server never closes: what it still holds of an earlier connection
};

}  // namespace portdrought::model
