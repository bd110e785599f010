// What a scenario asks for that the model does not know. Pure.
#pragma once

#include <string>
#include <vector>

#include "scenario/scenario.hpp"

namespace portdrought::model {

/// A sentence each, with the remedy; a run that needs any of it is not valid.
std::vector<std::string> unmodelled(const scenario::Scenario& scenario);

/// What connections cost in CPU time is known for Linux alone, and for one host without a NAT in between.
bool costs_are_known(const scenario::Scenario& scenario);

/// What a resetting side's peer loses depends on socket buffers, which the model does not have.
bool losses_are_known(const scenario::Scenario& scenario);

}  // namespace portdrought::model
