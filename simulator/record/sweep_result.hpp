// The SweepResult value: what one scenario did at every point of a grid, or at those of one shard. Written and read by
// sweep_file.hpp (schema portdrought.sweep/1, docs/sweeps.md). Nothing in it depends on when, where or in which order
// the points were made.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "scenario/flat.hpp"

namespace portdrought::record {

inline constexpr const char* sweep_schema = "portdrought.sweep/1";

/// "variant", "repetition" or a key of the scenario, with the values it takes in turn.
struct SweepAxis {
    std::string key;
    std::vector<std::string> values;
    friend bool operator==(const SweepAxis&, const SweepAxis&) = default;
};

/// What all files of one sweep have in common.
struct SweepHeader {
    std::string tool_version;
    std::string git_revision;
    std::string engine;           // "kernel" or "model"; "kernel, model" where an axis changes it
    std::string costs;            // what the model rests on, as in ModelFacts::costs_source; empty without the model
    std::vector<SweepAxis> axes;  // the first changes slowest; empty: one point
    scenario::Pairs scenario;     // keys that are the same at every point

    std::uint64_t points() const;
    /// Which value of each axis the point has.
    std::vector<std::size_t> place_of(std::uint64_t point) const;
    friend bool operator==(const SweepHeader&, const SweepHeader&) = default;
};

/// Part `index` of `count`, from 1: every count-th point.
struct Shard {
    std::uint64_t index = 1, count = 1;
    bool holds(std::uint64_t point) const { return point % count == index - 1; }
    friend bool operator==(const Shard&, const Shard&) = default;
};

struct SweepResult {
    SweepHeader header;
    Shard shard;
    /// By point; each is a JSON object in one line, see sweep_file.hpp. It is kept as text so that a file is passed on
    /// byte by byte, members this version does not know included.
    std::map<std::uint64_t, std::string> rows;

    std::vector<std::uint64_t> missing() const;
};

/// The figures of a row that reports show. What is not known is absent.
struct SweepRow {
    std::uint64_t point = 0;
    bool valid = true;
    std::vector<std::string> notes;
    std::uint64_t attempts = 0, ok = 0;
    std::optional<double> time_to_first_failure_s, achieved_rate_per_s, sustained_rate_per_s;
    std::optional<std::uint64_t> time_wait_peak, ports_min_free;
};

}  // namespace portdrought::record
