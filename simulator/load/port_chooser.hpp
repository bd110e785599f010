// Which source port to try next where the program, not the kernel, chooses. It only believes:
// it remembers until when a port of a tuple should be taken, so that a full range costs one connect() and not one per
// port, but every verdict is the kernel's. One per worker, shared by the client and the relay's outbound leg, as the
// legs of one host share its counter.
#pragma once

#include <cstdint>
#include <optional>
#include <random>
#include <vector>

#include "core/units.hpp"
#include "scenario/scenario.hpp"

namespace portdrought::load {

class PortChooser {
public:
    /// `tuples`: number of (source, destination) pairs.
    PortChooser(const scenario::Host& host, std::size_t tuples, std::uint64_t seed);

    /// The next port believed free for `tuple` at `now`; nothing when all are believed taken.
    std::optional<std::uint16_t> next_free(std::size_t tuple, core::Instant now);
    /// The next port in turn, whatever is believed: to hear the kernel's verdict on a full range.
    std::uint16_t next_in_turn();

    void taken_until(std::size_t tuple, std::uint16_t port, core::Instant until);
    std::size_t size() const { return ports_.size(); }

private:
    std::size_t start();
    void move_past(std::size_t index) { cursor_ = (index + 1) % ports_.size(); }

    std::vector<std::uint16_t> ports_;                     // usable ports in order
    std::vector<std::uint32_t> index_of_;                  // by port - first port of the range
    std::vector<std::vector<core::Instant>> taken_until_;  // by tuple, then by index
    std::uint16_t first_;
    bool random_;
    std::size_t cursor_ = 0;
    std::mt19937_64 generator_;
};

}  // namespace portdrought::load
