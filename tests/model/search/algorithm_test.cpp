#include "model/search/algorithm.hpp"

#include <gtest/gtest.h>

#include <set>

namespace portdrought::model {
namespace {

TEST(Algorithm, IsFoundByItsName) {
    std::set<std::string_view> names;
    for (const Algorithm algorithm : all_algorithms) {
        EXPECT_EQ(algorithm_named(name_of(algorithm)), algorithm) << name_of(algorithm);
        names.insert(name_of(algorithm));
    }
    EXPECT_EQ(names.size(), all_algorithms.size());
    EXPECT_FALSE(names.contains(""));
}

TEST(Algorithm, IsNotGuessedFromAnotherName) {
    EXPECT_EQ(algorithm_named("linux-6.17"), std::nullopt);
    EXPECT_EQ(algorithm_named(""), std::nullopt);
}

}  // namespace
}  // namespace portdrought::model
