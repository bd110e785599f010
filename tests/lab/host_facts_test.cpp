#include "lab/host_facts.hpp"

#include <gtest/gtest.h>

namespace portdrought::lab {
namespace {

TEST(HostFacts, FindTheTickInAKernelConfiguration) {
    EXPECT_EQ(hz_in("CONFIG_HZ_250=y\nCONFIG_HZ=250\nCONFIG_SCHED_HRTICK=y\n"), 250U);
    EXPECT_EQ(hz_in("CONFIG_HZ=1000"), 1000U);
    EXPECT_EQ(hz_in("# CONFIG_HZ=100 is a comment\nCONFIG_HZ_250=y\n"), std::nullopt);
    EXPECT_EQ(hz_in("CONFIG_HZ=\n"), std::nullopt);
    EXPECT_EQ(hz_in(""), std::nullopt);
}

TEST(HostFacts, TellTheNamespacesOwnTableFromTheMachines) {
    EXPECT_EQ(own_hash_slots("16384"), 16'384U);
    EXPECT_EQ(own_hash_slots("-262144"), std::nullopt);
    EXPECT_EQ(own_hash_slots(std::nullopt), std::nullopt);
}

TEST(HostFacts, LeaveOutSettingsTheKernelDoesNotHave) {
    const record::HostFacts facts = collect_host_facts({"kernel.ostype", "net.ipv4.no_such_setting"});
    EXPECT_EQ(facts.sysctls, (std::map<std::string, std::string>{{"kernel.ostype", "Linux"}}));
    EXPECT_FALSE(facts.kernel.empty());
    EXPECT_GE(facts.cpus, 1U);
    EXPECT_GT(facts.descriptor_limit, 0U);
}

}  // namespace
}  // namespace portdrought::lab
