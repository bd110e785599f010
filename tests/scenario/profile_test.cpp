// Profiles: each value has its evidence, a scenario gets what they say, and tells what of it nobody has checked.
#include "scenario/profile.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "scenario/keys/key_table.hpp"
#include "scenario/reader.hpp"

namespace portdrought::scenario {
namespace {

using namespace std::chrono_literals;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

constexpr Limits limits{20'000};

Reading with(std::vector<std::string> settings, std::string_view text = "") {
    return read(text, "x.toml", settings, limits);
}

Scenario scenario_with(std::vector<std::string> settings, std::string_view text = "") {
    settings.push_back("lab.engine=model");
    const Reading reading = with(std::move(settings), text);
    for (const Complaint& complaint : reading.complaints) ADD_FAILURE() << to_string(complaint);
    return reading.variants.front();
}

std::vector<std::string> complaints(const Reading& reading) {
    std::vector<std::string> lines;
    for (const Complaint& complaint : reading.complaints) lines.push_back(to_string(complaint));
    return lines;
}

TEST(Profile, HasEvidenceForEachOfItsValuesAndForNothingElse) {
    for (const CatalogueEntry& entry : profiles()) {
        const Profile profile = profile_of(entry);
        std::vector<std::string> values, evidence;
        for (const Entry& value : profile.values) values.push_back(value.key);
        for (const Evidence& one : profile.evidence) evidence.push_back(one.key);
        EXPECT_EQ(values, evidence) << entry.file;
        EXPECT_THAT(values, Not(IsEmpty())) << entry.file;
    }
}

TEST(Profile, NamesASourceForEachValueAndAReasonForEachDoubt) {
    for (const CatalogueEntry& entry : profiles())
        for (const Evidence& evidence : profile_of(entry).evidence) {
            EXPECT_FALSE(evidence.source.empty()) << entry.file << ": " << evidence.key;
            EXPECT_TRUE(evidence.verified || !evidence.note.empty()) << entry.file << ": " << evidence.key;
        }
}

TEST(Profile, HoldsNothingButItsSectionAndTheEvidence) {
    for (const CatalogueEntry& entry : profiles()) {
        const Document document = parse(entry.text, entry.file);
        ASSERT_FALSE(document.error) << entry.file;
        const std::string section = profile_of(entry).kind == ProfileKind::nat ? "nat" : "host";
        for (const Entry& one : document.top.entries) {
            const std::string part = one.key.substr(0, one.key.find('.'));
            EXPECT_THAT((std::vector<std::string>{"name", "title", "evidence", section}), Contains(part)) << entry.file;
        }
        for (const auto& [key, table] : document.evidence)
            for (const Entry& one : table.entries)
                EXPECT_THAT((std::vector<std::string>{"source", "verified", "note"}), Contains(one.key))
                    << entry.file << ": " << key;
    }
}

TEST(Profile, IsNamedAfterItsFileAndLikeNoScenario) {
    for (const CatalogueEntry& entry : profiles()) {
        const Document document = parse(entry.text, entry.file);
        const auto written = std::ranges::find(document.top.entries, "name", &Entry::key);
        ASSERT_NE(written, document.top.entries.end()) << entry.file;
        EXPECT_EQ(written->text, entry.name);
        EXPECT_EQ(find_scenario(entry.name), nullptr) << entry.name;
    }
}

TEST(Profile, LaysItsValuesOnAHostAndOnANat) {
    const Scenario scenario = scenario_with({"host.profile=macos", "nat.profile=azure-nat-gateway"});
    EXPECT_EQ(scenario.host.ports, (core::PortRange{49152, 65535}));
    EXPECT_EQ(scenario.host.timed_wait_delay, core::Duration{30s});
    EXPECT_EQ(scenario.nat.connections_per_destination, 50'000U);
    EXPECT_EQ(scenario.nat.after_fin, core::Duration{65s});
    EXPECT_EQ(scenario.nat.after_reset, core::Duration{16s});
    EXPECT_EQ(scenario.nat.half_open, core::Duration{30s});
}

TEST(Profile, GivesWayToWhatTheUserWrites) {
    const Scenario scenario = scenario_with({"nat.profile=azure-nat-gateway"}, "[nat]\nafter_fin = \"10s\"\n");
    EXPECT_EQ(scenario.nat.after_fin, core::Duration{10s});
    EXPECT_EQ(scenario.nat.after_reset, core::Duration{16s});
}

TEST(Profile, OfNoneLaysNothing) { EXPECT_EQ(scenario_with({"nat.profile=none"}).nat, Nat{}); }

TEST(Profile, LaysSharesByTheNumberOfHosts) {
    const Scenario scenario = scenario_with({"nat.profile=azure-lb-snat"});
    ASSERT_EQ(scenario.nat.ports_by_hosts.size(), 6U);
    EXPECT_EQ(scenario.nat.ports_by_hosts.front(), (NatShare{50, 1024}));
    EXPECT_EQ(scenario.nat.ports_by_hosts.back(), (NatShare{1000, 32}));
}

TEST(Profile, OfTheWrongKindIsSaid) {
    EXPECT_THAT(complaints(with({"host.profile=cgnat"})),
                ElementsAre("--set:1:1: host.profile: \"cgnat\" is the profile of a NAT, not of a host; write it as "
                            "nat.profile; `portdrought list` names all"));
    EXPECT_THAT(complaints(with({"nat.profile=macos"})),
                ElementsAre("--set:1:1: nat.profile: \"macos\" is the profile of a host, not of a NAT; write it as "
                            "host.profile; `portdrought list` names all"));
}

TEST(Profile, ThatIsUnknownIsSaidWithTheNearestOfItsKind) {
    EXPECT_THAT(complaints(with({"nat.profile=aws-nat-gatway"})),
                ElementsAre(HasSubstr("is not a known profile; did you mean aws-nat-gateway?")));
    EXPECT_THAT(complaints(with({"nat.profile=nonee"})), ElementsAre(HasSubstr("did you mean none?")));
    EXPECT_THAT(complaints(with({"host.profile=solaris"})),
                ElementsAre(HasSubstr("\"solaris\" is not a known profile; `portdrought list` names them")));
}

TEST(Profile, OfAnotherLinuxIsForTheModel) {
    EXPECT_THAT(complaints(with({"host.profile=linux-5.18"})),
                ElementsAre(StartsWith("--set:1:1: host.port_search: this machine's kernel has a search of its own")));
    EXPECT_EQ(scenario_with({"host.profile=linux-5.18"}).host.port_search, PortSearch::linux_5_18);
}

TEST(Unverified, IsNothingOnLinuxAsItWasMeasured) {
    EXPECT_THAT(unverified(scenario_with({})), IsEmpty());
    EXPECT_THAT(unverified(scenario_with({"nat.profile=linux-conntrack-snat"})), IsEmpty());
}

TEST(Unverified, TellsValueProfileAndReason) {
    EXPECT_THAT(unverified(scenario_with({"host.profile=windows-10"})),
                Contains("host.timed_wait_delay = 120s (windows-10): documentation disagrees: 120 s for Server 2003, 4 "
                         "minutes in the troubleshooting guide of 2025"));
}

TEST(Unverified, LeavesOutWhatTheUserSaysHimself) {
    const auto sentences = unverified(scenario_with({"host.profile=windows-10", "host.timed_wait_delay=30s"}));
    EXPECT_THAT(sentences, Not(Contains(StartsWith("host.timed_wait_delay"))));
    EXPECT_THAT(sentences, Contains(StartsWith("host.port_choice = random (windows-10)")));
}

TEST(Unverified, IsOfANatOnlyWhereThereIsOne) {
    EXPECT_THAT(unverified(scenario_with({"nat.profile=gcp-cloud-nat"})),
                Contains(StartsWith("nat.after_fin = 120s (gcp-cloud-nat): ")));
    EXPECT_THAT(unverified(scenario_with({"nat.profile=none"})), IsEmpty());
}

TEST(Unverified, LeavesOutWhatPlaysNoPart) {
    EXPECT_THAT(unverified(scenario_with({"nat.profile=aws-nat-gateway"})),
                Not(Contains(StartsWith("nat.after_reset"))));
    EXPECT_THAT(unverified(scenario_with({"nat.profile=aws-nat-gateway", "load.linger=0s"})),
                Contains(StartsWith("nat.after_reset = 240s (aws-nat-gateway)")));
    EXPECT_THAT(unverified(scenario_with({"host.profile=linux-6.8"})),
                ElementsAre(StartsWith("host.port_search = linux-6.8 (linux-6.8): ")));
    EXPECT_THAT(unverified(scenario_with({"host.profile=linux-6.8", "host.port_choice=random", "host.tw_reuse=on"})),
                ElementsAre(StartsWith("host.tw_reuse_delay = 1s (linux-6.8): ")));
}

}  // namespace
}  // namespace portdrought::scenario
