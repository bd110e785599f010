// Which host the next attempt is of, and where it goes: one host with its destinations in turn, as load::Connector
// does it; of several hosts, each in turn where attempts are evenly spaced and at random where they are not, which
// makes every host's own arrivals random too.
#pragma once

#include <cstdint>
#include <vector>

#include "model/random.hpp"
#include "scenario/scenario.hpp"

namespace portdrought::model {

struct Origin {
    std::uint32_t host = 0;
    std::uint32_t tuple = 0;  // destination x sources + source, as Hosts counts them
    std::uint32_t destination = 0;
};

class Origins {
public:
    /// Worker `share` has every load.workers-th destination.
    Origins(const scenario::Scenario& real_time, unsigned share);

    Origin next() { return is_single_ ? Origin{0, share_, share_} : choose(); }

private:
    Origin choose();
    std::uint32_t next_host();
    std::uint32_t skewed_destination();

    std::uint32_t hosts_, sources_, share_, workers_;
    std::uint64_t own_tuples_;
    bool in_turn_;
    bool is_single_;                  // one host, one tuple
    std::vector<double> cumulative_;  // of the destinations' shares; empty where they are equal
    Random random_;
    std::uint64_t next_ = 0;
    std::uint32_t next_host_ = 0;
};

}  // namespace portdrought::model
