// Runs the body of a test in a child process inside a lab of its own; what fails there fails the test. Where this
// machine forbids private networks the test is skipped with the reason, except in CI, where a skip would hide a gap.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <functional>
#include <string>

#include "lab/lab.hpp"
#include "os/process/child_process.hpp"
#include "os/system_error.hpp"

namespace portdrought::lab {

/// A plan every kernel with user namespaces can meet: 1000 ports, nothing reused.
inline LabPlan small_plan() {
    LabPlan plan;
    plan.ports = {20000, 20999};
    return plan;
}

inline constexpr int cannot_host = 77;

inline int run_in_lab(const LabPlan& plan, const std::function<void(const record::HostFacts&)>& body) {
    record::HostFacts facts;
    try {
        facts = enter(plan);
    } catch (const os::EnvironmentError& reason) {
        std::fprintf(stderr, "%s\n", reason.what());
        return cannot_host;
    }
    body(facts);
    return ::testing::Test::HasFailure() ? 1 : 0;
}

}  // namespace portdrought::lab

/// First and only statement of a test: PORTDROUGHT_IN_LAB(plan, [](const record::HostFacts& facts) { … });
#define PORTDROUGHT_IN_LAB(plan, ...)                                                                             \
    ::portdrought::os::ChildProcess lab_child([&] { return ::portdrought::lab::run_in_lab(plan, __VA_ARGS__); }); \
    const auto lab_status = lab_child.wait();                                                                     \
    if (lab_status.code == ::portdrought::lab::cannot_host && std::getenv("CI") == nullptr)                       \
        GTEST_SKIP() << "this machine cannot host the lab, see above";                                            \
    EXPECT_EQ(lab_status.code, 0) << "the child in the lab failed, see above"
