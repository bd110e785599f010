#include "core/outcome.hpp"

#include <gtest/gtest.h>

#include <cerrno>
#include <cstring>
#include <set>

namespace portdrought::core {
namespace {

struct Failure {
    Call call;
    int error;
    Outcome outcome;
};

class OutcomeOf : public ::testing::TestWithParam<Failure> {};

TEST_P(OutcomeOf, KeepsCallAndErrorApart) {
    EXPECT_EQ(outcome_of(GetParam().call, GetParam().error), GetParam().outcome);
}

INSTANTIATE_TEST_SUITE_P(
    Errors, OutcomeOf,
    ::testing::Values(
        Failure{Call::connect, EADDRNOTAVAIL, Outcome::no_port_connect},
        Failure{Call::bind, EADDRNOTAVAIL, Outcome::no_port_bind},
        Failure{Call::bind, EADDRINUSE, Outcome::no_port_bind}, Failure{Call::connect, EADDRINUSE, Outcome::other},
        Failure{Call::send, EADDRNOTAVAIL, Outcome::other}, Failure{Call::connect, ECONNREFUSED, Outcome::refused},
        Failure{Call::receive, ECONNRESET, Outcome::reset}, Failure{Call::send, EPIPE, Outcome::reset},
        Failure{Call::connect, ETIMEDOUT, Outcome::timeout}, Failure{Call::socket, EMFILE, Outcome::fd_limit},
        Failure{Call::accept, ENFILE, Outcome::fd_limit}, Failure{Call::socket, ENOBUFS, Outcome::no_memory},
        Failure{Call::send, ENOMEM, Outcome::no_memory}, Failure{Call::connect, ENETUNREACH, Outcome::other}),
    [](const auto& failure) {
        return std::string(name(failure.param.call)) + "_" + ::strerrorname_np(failure.param.error);
    });

TEST(Outcome, NamesAreDistinctAndReadBack) {
    std::set<std::string_view> names;
    for (std::size_t i = 0; i < outcome_count; ++i) {
        const auto outcome = static_cast<Outcome>(i);
        names.insert(name(outcome));
        EXPECT_EQ(outcome_from_name(name(outcome)), outcome);
    }
    EXPECT_EQ(names.size(), outcome_count);
    EXPECT_FALSE(names.contains(""));
}

// Records and expectations name these; renaming one breaks both.
TEST(Outcome, NamesAreThoseOfTheRecordFormat) {
    EXPECT_EQ(name(Outcome::ok), "ok");
    EXPECT_EQ(name(Outcome::no_port_connect), "no_port_connect");
    EXPECT_EQ(name(Outcome::no_port_bind), "no_port_bind");
    EXPECT_EQ(name(Outcome::fd_limit), "fd_limit");
    EXPECT_EQ(name(Outcome::late), "late");
    EXPECT_EQ(name(Outcome::other), "other");
}

TEST(Outcome, DoesNotReadUnknownNames) {
    EXPECT_EQ(outcome_from_name(""), std::nullopt);
    EXPECT_EQ(outcome_from_name("OK"), std::nullopt);
    EXPECT_EQ(outcome_from_name("no_port"), std::nullopt);
}

TEST(Call, NamesAreDistinct) {
    std::set<std::string_view> names;
    for (std::size_t i = 0; i < call_count; ++i) names.insert(name(static_cast<Call>(i)));
    EXPECT_EQ(names.size(), call_count);
}

TEST(OutcomeCounts, AddUp) {
    OutcomeCounts counts, more;
    counts[Outcome::ok] = 5;
    counts[Outcome::no_port_connect] = 3;
    more[Outcome::ok] = 1;
    more[Outcome::no_port_bind] = 2;
    more[Outcome::other] = 4;
    counts += more;
    EXPECT_EQ(counts[Outcome::ok], 6U);
    EXPECT_EQ(counts.no_port(), 5U);
    EXPECT_EQ(counts.failed(), 9U);
    EXPECT_EQ(counts.total(), 15U);
}

}  // namespace
}  // namespace portdrought::core
