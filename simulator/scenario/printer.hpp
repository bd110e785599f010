// Scenarios as TOML with every key written out: what `show` prints. Reads back to equal values.
#pragma once

#include <string>
#include <vector>

#include "scenario/expectation.hpp"
#include "scenario/keys/key_table.hpp"
#include "scenario/scenario.hpp"

namespace portdrought::scenario {

/// The variants of one scenario as one file: keys on which all agree once, the others under each [[variant]] too; then
/// what is expected of them.
std::string to_toml(const std::vector<Scenario>& variants, const std::vector<Expectation>& expectations = {});

/// One value as TOML: quoted, bare or an array, as the key's form asks.
std::string toml_value(const Key& key, const Scenario& scenario);

}  // namespace portdrought::scenario
