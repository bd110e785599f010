// What --vary says: a key of the scenario and the values it takes in turn, "load.rate=100/s..2000/s:25". Values are
// checked by the key table one by one; what they must agree on with others is found out per point (grid.hpp). Pure.
#pragma once

#include <string>
#include <vector>

#include "record/sweep_result.hpp"
#include "scenario/complaint.hpp"

namespace portdrought::sweep {

/// Of one sweep; more could neither be read by anyone nor kept in memory.
inline constexpr std::uint64_t most_points = 100'000;

struct Axes {
    std::vector<record::SweepAxis> axes;          // values as the key table prints them
    std::vector<scenario::Complaint> complaints;  // their file is "--vary", the line the number of the text from 1
};

/// Each text is KEY=ITEM,ITEM…, an item one of
///   VALUE              as --set takes it; in double quotes where it has a comma of its own
///   LO..HI:STEP        LO, LO + STEP, … up to HI; STEP in the key's unit, or a plain number in the unit of LO
///   LO..HI:xFACTOR     LO, LO x FACTOR, … up to HI
Axes axes_from(const std::vector<std::string>& texts);

}  // namespace portdrought::sweep
