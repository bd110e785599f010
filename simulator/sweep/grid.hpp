// Every point of a sweep in a fixed order: variants of the file outermost, then the axes as given, repetitions
// innermost. A point is read anew from the scenario's text with the axes' values as further --set, so every rule of a
// scenario holds for it; nothing is kept per point. Reads only: any number of threads may ask for points.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "record/sweep_result.hpp"
#include "scenario/complaint.hpp"
#include "scenario/rules.hpp"
#include "scenario/scenario.hpp"

namespace portdrought::sweep {

struct Plan {
    std::string text, file;             // of the scenario
    std::vector<std::string> settings;  // --set
    std::vector<std::string> variants;  // names of those to run; none: the scenario has no variants
    std::vector<record::SweepAxis> axes;
    std::uint32_t repeat = 1;  // runs of each point, with seeds counted up from lab.seed
    scenario::Limits limits;
};

struct Point {
    std::uint64_t index = 0;
    scenario::Scenario scenario;
    std::uint32_t repetition = 1;
};

class Grid {
public:
    explicit Grid(Plan plan);

    /// Axes with one value included; a variant or a repetition is an axis where there are several.
    const std::vector<record::SweepAxis>& axes() const { return header_.axes; }
    std::uint64_t size() const { return header_.points(); }

    /// `index` below size(). The scenario is valid if examine() found no mistake.
    Point at(std::uint64_t index) const;
    /// What a point has of its own: its axes' keys and all others that change over the grid.
    scenario::Pairs settings(const Point& point) const;

    struct Examination {
        std::vector<scenario::Complaint> complaints;  // each once, with the first point that it is about
        scenario::Pairs same;                         // keys on which all points agree
    };
    /// Looks at every point, and shows each to `visit`, once for all its repetitions. settings() needs it.
    Examination examine(const std::function<void(const scenario::Scenario&)>& visit);

private:
    std::vector<std::string> settings_of(const std::vector<std::size_t>& place) const;
    /// "load.rate = 100/s, host.timed_wait_delay = 30s": where a point is on the axes given.
    std::string words(std::uint64_t index) const;
    std::string blame(const scenario::Complaint& complaint, std::uint64_t first, std::uint64_t count) const;

    Plan plan_;
    record::SweepHeader header_;  // the axes only
    std::size_t first_axis_ = 0;  // of plan_.axes among them
    std::vector<bool> changes_;   // by position in flatten()
};

}  // namespace portdrought::sweep
