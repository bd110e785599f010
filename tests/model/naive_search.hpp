// The searches once more, as their sources write them: loops over one port after the other, no words of bits, no
// layouts, no tables that forget. Slow and easy to compare with kernel and RFC; what the real ones are held to.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "core/units.hpp"
#include "model/random.hpp"
#include "model/search/port_search.hpp"

namespace portdrought::model {

struct NaiveFound {
    std::optional<std::uint32_t> offset;
    std::uint32_t probes = 0;
    friend bool operator==(const NaiveFound&, const NaiveFound&) = default;
};

class NaiveSearch {
public:
    explicit NaiveSearch(const SearchSetup& setup);

    /// `takeable` by offset.
    NaiveFound find(const std::vector<bool>& takeable, std::uint32_t tuple, core::Instant now);

private:
    NaiveFound linux_4_2(const std::vector<bool>& takeable, std::uint32_t tuple);
    NaiveFound linux_by_parity(const std::vector<bool>& takeable, std::uint32_t& counter, std::uint32_t hash);
    NaiveFound linux_window(const std::vector<bool>& takeable, std::uint32_t& counter, std::uint32_t hash);
    NaiveFound rfc6056_1(const std::vector<bool>& takeable);
    NaiveFound rfc6056_2(const std::vector<bool>& takeable);
    NaiveFound rfc6056_3_or_4(const std::vector<bool>& takeable, std::uint64_t& counter, std::uint64_t offset);
    NaiveFound rfc6056_5(const std::vector<bool>& takeable);
    NaiveFound sequential(const std::vector<bool>& takeable);

    /// The one thing that is done as the real searches do it, since the draws of tries in vain cannot be seen: with
    /// nothing to find there is one, which is where algorithm 5 goes on.
    bool all_tries_fail(const std::vector<bool>& takeable, NaiveFound& found);
    std::uint32_t noise(std::uint32_t i, std::uint32_t step);
    /// Looks at a port unless it is reserved.
    bool suits(const std::vector<bool>& takeable, std::uint32_t offset, NaiveFound& found) const;

    SearchSetup setup_;
    std::vector<bool> reserved_;
    Random random_;
    std::uint32_t hint_ = 0;
    std::map<std::pair<std::uint64_t, std::uint32_t>, std::uint32_t> table_;  // by epoch and index
    std::uint64_t next_ephemeral_ = 0;
    std::vector<std::uint64_t> double_hash_table_;
};

}  // namespace portdrought::model
