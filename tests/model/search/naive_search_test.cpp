// Every search beside its naive transcription, call by call over random states: same port, same number of probes.
#include "model/naive_search.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace portdrought::model {
namespace {

using namespace std::chrono_literals;
using TestRandom = std::mt19937_64;

SearchSetup random_setup(Algorithm algorithm, TestRandom& random) {
    SearchSetup setup;
    setup.algorithm = algorithm;
    setup.ports = static_cast<std::uint32_t>(1 + random() % (random() % 4 == 0 ? 5000 : 150));
    setup.window = random() % 3 == 0;
    setup.tuples = static_cast<std::uint32_t>(1 + random() % 5);
    setup.first = static_cast<std::uint32_t>(random() % setup.ports);
    setup.seed = random();
    if (random() % 2 == 0)
        for (std::uint32_t offset = 0; offset < setup.ports; ++offset)
            if (random() % 5 == 0) setup.reserved.push_back(offset);
    return setup;
}

/// A host whose ports are taken and given back at random, seen by both searches.
class Beside {
public:
    explicit Beside(const SearchSetup& setup)
        : setup_(setup), search_(make_port_search(setup)), naive_(setup), bits_(setup.ports), takeable_(setup.ports) {
        std::vector<bool> reserved(setup.ports);
        for (const std::uint32_t offset : setup.reserved) reserved[offset] = true;
        for (std::uint32_t offset = 0; offset < setup.ports; ++offset)
            if (!reserved[offset]) usable_.push_back(offset);
    }

    void search_and_take(std::uint32_t tuple, core::Instant now) {
        const Searched found = search_->find(bits_, tuple, now);
        const NaiveFound expected = naive_.find(takeable_, tuple, now);
        NaiveFound same{std::nullopt, found.probes};
        if (found.slot) same.offset = search_->layout().offset_of(*found.slot);
        ASSERT_EQ(same, expected) << name_of(setup_.algorithm) << ", " << setup_.ports << " ports, seed "
                                  << setup_.seed;
        if (found.slot) set(*expected.offset, false);
    }

    /// Of those not reserved, `free_in_16` of 16.
    void shuffle(unsigned free_in_16, TestRandom& random) {
        for (const std::uint32_t offset : usable_) set(offset, random() % 16 < free_in_16);
    }

private:
    void set(std::uint32_t offset, bool takeable) {
        const std::uint32_t slot = search_->layout().slot_of(offset);
        takeable ? bits_.set(slot) : bits_.reset(slot);
        takeable_[offset] = takeable;
    }

    SearchSetup setup_;
    std::unique_ptr<PortSearch> search_;
    NaiveSearch naive_;
    PortBits bits_;
    std::vector<bool> takeable_;
    std::vector<std::uint32_t> usable_;
};

class NaiveSearchTest : public testing::TestWithParam<Algorithm> {};

TEST_P(NaiveSearchTest, FindsTheSamePortsWithTheSameProbes) {
    TestRandom random(11);
    for (int host = 0; host < 150; ++host) {
        const SearchSetup setup = random_setup(GetParam(), random);
        Beside beside(setup);
        core::Instant now{0};
        for (int state = 0; state < 8; ++state) {
            beside.shuffle(static_cast<unsigned>(random() % 17), random);
            for (int i = 0; i < 20 && !HasFatalFailure(); ++i, now += std::chrono::milliseconds(random() % 1000))
                beside.search_and_take(static_cast<std::uint32_t>(random() % setup.tuples), now);
        }
        ASSERT_FALSE(HasFatalFailure());
    }
}

std::string test_name(const testing::TestParamInfo<Algorithm>& info) {
    std::string name(name_of(info.param));
    for (char& letter : name)
        if (letter == '-' || letter == '.') letter = '_';
    return name;
}

INSTANTIATE_TEST_SUITE_P(Searches, NaiveSearchTest, testing::ValuesIn(all_algorithms), test_name);

}  // namespace
}  // namespace portdrought::model
