// Scenarios that break one rule each, and what is said of it. A file of rules instantiates Rule with those it breaks.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ostream>

#include "scenario/rules.hpp"

namespace portdrought::scenario {

struct Broken {
    const char* name;
    void (*breaks)(Scenario&);  // a valid scenario, the defaults
    const char *key, *text;
};

inline void PrintTo(const Broken& broken, std::ostream* out) { *out << broken.name; }

inline constexpr Limits limits{20'000};

class Rule : public testing::TestWithParam<Broken> {};

}  // namespace portdrought::scenario
