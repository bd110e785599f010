// The five algorithms of RFC 6056 (section 3.3), as its pseudo code has them: what a step changes, how many tries there
// are, and when a search gives up. And sequential choice, the predictable ancestor that the RFC sets out from (2.2).
#pragma once

#include <array>
#include <cstdint>

#include "model/random.hpp"
#include "model/search/port_search.hpp"
#include "model/search/walk.hpp"

namespace portdrought::model {

/// The next port after the last one taken, whatever the tuple; a search that fails leaves the counter where it was.
class SequentialSearch : public PortSearch {
public:
    explicit SequentialSearch(const SearchSetup& setup);
    Searched find(const PortBits& takeable, std::uint32_t tuple, core::Instant now) override;

private:
    Walk walk_;
    std::uint32_t next_;
};

/// Algorithm 1 (3.3.1): from a random port on.
class RandomStartSearch : public PortSearch {
public:
    explicit RandomStartSearch(const SearchSetup& setup);
    Searched find(const PortBits& takeable, std::uint32_t tuple, core::Instant now) override;

private:
    Walk walk_;
    Random random_;
};

/// Algorithms 2 (3.3.2), each try anywhere, and 5 (3.3.5), each try 1 to 500 ports further than the last. As many tries
/// as there are ports, some of them for the same port, so a search can fail while ports are free.
class RandomTriesSearch : public PortSearch {
public:
    explicit RandomTriesSearch(const SearchSetup& setup);
    Searched find(const PortBits& takeable, std::uint32_t tuple, core::Instant now) override;

private:
    std::uint32_t next_try();
    Searched fail_at_once();

    Walk walk_;
    Random random_;
    std::uint32_t ports_;
    bool increments_;
    std::uint32_t next_;
};

/// Algorithms 3 (3.3.3), a hash of the tuple plus a counter, and 4 (3.3.4), plus one of ten counters chosen by another
/// hash. Counters go on by one with each port looked at, also in a search that fails.
class HashedSearch : public PortSearch {
public:
    explicit HashedSearch(const SearchSetup& setup);
    Searched find(const PortBits& takeable, std::uint32_t tuple, core::Instant now) override;

private:
    static constexpr std::uint32_t table_length = 10;  // TABLE_LENGTH of the RFC's example

    std::uint64_t& counter_of(std::uint32_t tuple);

    Walk walk_;
    std::uint64_t key_;
    bool double_;
    std::array<std::uint64_t, table_length> counters_{};
};

}  // namespace portdrought::model
