// The searches of Linux: __inet_hash_connect() in net/ipv4/inet_hashtables.c, whose source for each version was read;
// docs/model.md has the table.
#pragma once

#include <cstdint>

#include "model/random.hpp"
#include "model/search/perturbation_table.hpp"
#include "model/search/port_search.hpp"
#include "model/search/walk.hpp"

namespace portdrought::model {

/// What two passes need to know of a range of ports: first all offsets of one parity, then the others, both from
/// the same place and each wrapping once.
class ParityWalk {
public:
    explicit ParityWalk(const Layout& layout);

    /// `start`: anything; offset = start mod (range rounded down to even), its lowest bit cleared.
    Walked from(const Walk& walk, const PortBits& takeable, std::uint32_t start) const;

private:
    Walked even_offsets(const Walk& walk, const PortBits& takeable, std::uint32_t start) const;

    std::uint32_t ports_;
    std::uint32_t first_odd_;
    std::uint32_t half_;  // candidates per pass
};

/// 4.2 to 4.5: a hint for all destinations, and every port in turn from an even offset. Past half of the range it
/// finds the odd neighbours of the even ports, so there is no cliff.
class LinuxHintSearch : public PortSearch {
public:
    explicit LinuxHintSearch(const SearchSetup& setup);
    Searched find(const PortBits& takeable, std::uint32_t tuple, core::Instant now) override;

private:
    Walk walk_;
    std::uint64_t key_;
    std::uint32_t hint_ = 0;
};

/// 4.6 to 5.11: the same hint, two passes.
class LinuxParityHintSearch : public PortSearch {
public:
    explicit LinuxParityHintSearch(const SearchSetup& setup);
    Searched find(const PortBits& takeable, std::uint32_t tuple, core::Instant now) override;

private:
    Walk walk_;
    ParityWalk parities_;
    std::uint64_t key_;
    std::uint32_t hint_ = 0;
};

/// 5.12 and later: counters in a table, chosen by a hash of the addresses, in place of the one hint.
class LinuxTableSearch : public PortSearch {
public:
    explicit LinuxTableSearch(const SearchSetup& setup);
    Searched find(const PortBits& takeable, std::uint32_t tuple, core::Instant now) override;

private:
    std::uint64_t epoch_at(core::Instant now) const;
    Walked walk_from(const PortBits& takeable, std::uint32_t start) const;
    std::uint32_t advance(std::uint32_t passed);

    Walk walk_;
    ParityWalk parities_;
    std::uint32_t ports_;
    std::uint32_t step_;
    bool salted_;  // 5.18: a new hash every 10 s, and steps of up to 8 times `step_`
    std::uint64_t key_;
    PerturbationTable table_;
    Random noise_;
};

}  // namespace portdrought::model
