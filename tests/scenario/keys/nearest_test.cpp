#include "scenario/keys/nearest.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace portdrought::scenario {
namespace {

const std::vector<std::string> known{"load.rate", "load.duration", "host.ports", "host.profile"};

TEST(EditDistance, CountsLettersChangedAndNeighboursSwapped) {
    EXPECT_EQ(edit_distance("rate", "rate"), 0U);
    EXPECT_EQ(edit_distance("", "rate"), 4U);
    EXPECT_EQ(edit_distance("rate", "rats"), 1U);
    EXPECT_EQ(edit_distance("duratoin", "duration"), 1U);
    EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
}

TEST(Nearest, FindsTheWordThatWasMeant) {
    EXPECT_THAT(nearest("load.duratoin", known, 1), testing::ElementsAre("load.duration"));
    EXPECT_THAT(nearest("host.port", known, 1), testing::ElementsAre("host.ports"));
}

TEST(Nearest, FindsAKeyWhoseSectionIsMissingOrWrong) {
    EXPECT_THAT(nearest("rate", known, 1), testing::ElementsAre("load.rate"));
    EXPECT_THAT(nearest("server.rate", known, 1), testing::ElementsAre("load.rate"));
}

TEST(Nearest, FindsNothingWhereNothingIsNear) {
    EXPECT_THAT(nearest("completely.different", known, 3), testing::IsEmpty());
    EXPECT_EQ(did_you_mean("completely.different", known), "");
}

TEST(Nearest, OffersSeveralNearestFirst) {
    EXPECT_EQ(did_you_mean("ab", {"abc", "xyz", "ab", "abd"}, 3), "; did you mean ab, abc or abd?");
}

}  // namespace
}  // namespace portdrought::scenario
