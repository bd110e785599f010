// What the keys of one scenario must agree on: each rule a sentence, free of text and positions. Values that make no
// sense on their own are the key table's business.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "scenario/scenario.hpp"

namespace portdrought::scenario {

/// What the machine allows; found out by the caller, because this folder sees no operating system.
struct Limits {
    std::uint64_t descriptors = 1'048'576;  // open files at most (RLIMIT_NOFILE, hard)
};

struct Finding {
    std::vector<std::string> keys;  // all that take part, the one to blame first
    std::string text;               // what is wrong; what would be right
    bool only_if_written = false;   // no mistake of the user where the first key has its default
};

/// Every broken rule, in the order of the rules.
std::vector<Finding> findings(const Scenario& scenario, const Limits& limits);

/// Descriptors an open attempt takes: both ends live in this process, twice over with a relay between them.
std::uint64_t descriptors_per_attempt(const Scenario& scenario);

/// Both ends of the pool's idle connections, at most.
std::uint64_t descriptors_of_pool(const Scenario& scenario);

/// Accepted connections whose client has gone while the server waits out its read delay, at most.
std::uint64_t descriptors_of_slow_servers(const Scenario& scenario);

}  // namespace portdrought::scenario
