#include "model/search/perturbation_table.hpp"

#include <gtest/gtest.h>

namespace portdrought::model {
namespace {

TEST(PerturbationTable, SharesACounterAmongHashesOfOneIndex) {
    PerturbationTable table(65'536, 3);
    table.counter(5, 0) = 10;
    table.counter(5 + 8, 0) = 20;       // another counter, the same place in a small table
    table.counter(5 + 65'536, 0) += 1;  // the same counter
    EXPECT_EQ(table.counter(5, 0), 11U);
    EXPECT_EQ(table.counter(5 + 8, 0), 20U);
}

TEST(PerturbationTable, BeginsEveryEpochAnew) {
    PerturbationTable table(65'536, 2);
    table.counter(5, 0) = 10;
    EXPECT_EQ(table.counter(5, 1), 0U);
    EXPECT_EQ(table.counter(6, 1), 0U);
}

// As many different counters as were announced, all in the same place to begin with; as many tuples as the real table
// has entries, and more.
TEST(PerturbationTable, HoldsAsManyCountersAsAnnounced) {
    for (const std::uint32_t tuples : {1U, 2U, 100U, 1000U, 65'536U, 100'000U}) {
        PerturbationTable table(65'536, tuples);
        const std::uint64_t stride = tuples <= 100 ? 512 : 1;
        for (std::uint64_t epoch : {0U, 1U, 7U}) {
            for (std::uint64_t i = 0; i < tuples; ++i) ++table.counter(i * stride, epoch);
            for (std::uint64_t i = 0; i < tuples && i < 65'536; ++i)
                ASSERT_EQ(table.counter(i * stride, epoch), 1 + (tuples - 1 - i) / 65'536) << tuples << " " << i;
        }
    }
}

}  // namespace
}  // namespace portdrought::model
