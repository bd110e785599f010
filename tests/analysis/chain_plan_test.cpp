// Plans for several hosts or a NAT: which pool is full first, and what gains on the whole path.
#include <gmock/gmock.h>

#include <algorithm>
#include <sstream>

#include "analysis/knees/plan.hpp"
#include "analysis/report/chain_plan_text.hpp"
#include "analysis/report/knees_json.hpp"
#include "analysis/report/plan_text.hpp"
#include "golden.hpp"
#include "scenario/reader.hpp"

namespace portdrought {
namespace {

using laws::PoolKind;
using testing::HasSubstr;
using testing::Not;

scenario::Scenario behind(const std::string& profile, std::vector<std::string> settings = {}) {
    settings.insert(settings.begin(), {"lab.engine=model", "server.port=443", "load.duration=24h",
                                       "load.in_flight=100000", "nat.profile=" + profile});
    const scenario::Reading reading = scenario::read("name = \"" + profile + "\"\n", "plan", settings, {});
    for (const auto& complaint : reading.complaints) ADD_FAILURE() << to_string(complaint);
    return reading.variants.front();
}

const std::vector<std::string> two_hundred{"topology.hosts=200", "load.rate=40/s", "load.hold=50ms"};

const knees::Mitigation* find(const knees::Plan& plan, std::string_view name) {
    const auto found = std::ranges::find(plan.mitigations, name, &knees::Mitigation::name);
    return found == plan.mitigations.end() ? nullptr : &*found;
}

TEST(ChainPlan, CalculatesWhatEachMitigationGainsOnTheWholePath) {
    const knees::Plan plan = knees::plan_for(behind("azure-nat-gateway", two_hundred));
    EXPECT_NEAR(find(plan, "close by reset")->factor.value(), 65.05 / 16.05, 1e-9);
    EXPECT_NEAR(find(plan, "4 x public addresses")->factor.value(), 4, 1e-9);
    EXPECT_NEAR(find(plan, "4 x destinations")->factor.value(), 4, 1e-9);
    EXPECT_NEAR(find(plan, "keep-alive, 10 requests")->factor.value(), 10, 1e-9);
    EXPECT_EQ(find(plan, "shorter hold in the NAT"), nullptr) << "Azure has no such setting";
    EXPECT_NEAR(find(plan, "a quarter of the hosts")->factor.value(), 4, 1e-9) << "for each host";
    EXPECT_NEAR(find(plan, "a quarter of the hosts")->lasts_per_s.value(), 50'000 / 65.05, 1e-9) << "not for all";
    EXPECT_FALSE(find(plan, "pool")->lasts_per_s);
    for (const char* of_the_host : {"tw_reuse", "server closes first", "wider range"})
        EXPECT_TRUE(find(plan, of_the_host)->is_useless()) << of_the_host << " does nothing for the NAT's ports";
    EXPECT_TRUE(std::ranges::is_sorted(plan.mitigations, std::ranges::greater{},
                                       [](const knees::Mitigation& item) { return item.factor.value_or(1e9); }));
}

TEST(ChainPlan, ServesAllHostsWithAQuarterOfThemEach) {
    for (const auto& [hosts, each] : {std::pair{"10", "3"}, {"30", "8"}, {"7", "2"}}) {
        const knees::Plan plan = knees::plan_for(
            behind("linux-conntrack-snat", {"topology.hosts=" + std::string{hosts}, "load.rate=100/s"}));
        EXPECT_THAT(find(plan, "a quarter of the hosts")->settings,
                    testing::ElementsAre("topology.hosts=" + std::string{each}));
        if (std::string{hosts} == "10") {
            EXPECT_NEAR(find(plan, "a quarter of the hosts")->factor.value(), 10 / 3.0, 1e-9);
        }
    }
}

TEST(ChainPlan, SaysThatTheServersTableIsFullWhereNothingElseIs) {
    scenario::Scenario s = behind("none", {"topology.hosts=10000", "load.rate=100/s", "load.closer=server"});
    const std::string words = report::chain_words(knees::plan_for(s));
    EXPECT_THAT(words, HasSubstr("Only the server's TIME_WAIT entries are full, after 0.2 s"));
    EXPECT_THAT(words, Not(HasSubstr("No pool")));
}

TEST(ChainPlan, SaysWhySomeHostsGetMoreThanIsSustained) {
    const std::string words =
        report::chain_words(knees::plan_for(behind("gcp-cloud-nat-dynamic", {"topology.hosts=20", "load.rate=50/s"})));
    EXPECT_THAT(words, HasSubstr("47.1 % of the attempts fail and 529/s succeed, because the last ports let 11 of the "
                                 "20 hosts grow to 4,096 each"));
}

TEST(ChainPlan, SaysWhenTheHostSendsItsSynAgain) {
    const auto words = [](const std::string& host) {
        return report::chain_words(knees::plan_for(
            behind("azure-nat-gateway", {"topology.hosts=200", "load.rate=40/s", "host.profile=" + host})));
    };
    EXPECT_THAT(words("linux"), HasSubstr("sent again after 1, 2, 3, 4, 5, 7 s and so on"));
    EXPECT_THAT(words("linux-5.18"), HasSubstr("sent again after 1, 3, 7 s and so on"));
    EXPECT_THAT(words("macos"), HasSubstr("sent again after 1, 3, 7 s and so on"));
}

TEST(ChainPlan, JudgesEachPoolByTheLoadsWorst) {
    std::vector<std::string> bursts = two_hundred;
    bursts.insert(bursts.end(), {"load.arrivals=bursts", "load.burst_on=65s", "load.burst_off=65s", "load.hold=0s"});
    const knees::Plan plan = knees::plan_for(behind("azure-nat-gateway", bursts));
    EXPECT_NEAR(plan.chain->weakest().sustainable_per_s, 50'000 / 65.0 / 2, 1e-6);
    EXPECT_NEAR(core::seconds(plan.chain->first_full()->exhaustion.value()), 50'000 / 16'000.0, 1e-6);
}

TEST(ChainPlan, SaysWhichPoolIsFullNext) {
    const knees::Plan plan = knees::plan_for(behind("azure-nat-gateway", {"topology.hosts=3", "load.rate=400/s"}));
    EXPECT_EQ(plan.chain->weakest().kind, PoolKind::nat_ports);
    const knees::Mitigation& more = *find(plan, "4 x public addresses");
    EXPECT_EQ(more.chain->weakest().kind, PoolKind::client_ports) << "4 x 769/s are more than 3 x 471/s";
    EXPECT_NEAR(more.factor.value(), (28'232 / 60.0) / (50'000 / 65.0 / 3), 1e-9);
}

TEST(ChainPlan, GivesEachHostWhatTheNatHasLeft) {
    const knees::Plan plan = knees::plan_for(behind("gcp-cloud-nat", {"topology.hosts=200", "load.rate=1/s"}));
    const knees::Mitigation& bigger = *find(plan, "bigger share per host");
    EXPECT_THAT(bigger.settings, testing::ElementsAre("nat.ports_per_host=322"));
    EXPECT_NEAR(bigger.factor.value(), 322 / 64.0, 1e-9);
    EXPECT_EQ(find(plan, "close by reset")->factor.value(), 1) << "as long as after FIN";
    const knees::Plan by_table = knees::plan_for(behind("azure-lb-snat", {"topology.hosts=200", "load.rate=1/s"}));
    EXPECT_THAT(find(by_table, "bigger share per host")->settings,
                testing::ElementsAre("nat.ports_by_hosts=", "nat.ports_per_host=320"));
}

TEST(ChainPlan, GivesSettingsThatMakeTheSamePlan) {
    for (const char* profile :
         {"azure-nat-gateway", "azure-lb-snat", "gcp-cloud-nat-dynamic", "cgnat", "linux-conntrack-snat"}) {
        const knees::Plan plan = knees::plan_for(behind(profile, two_hundred));
        EXPECT_FALSE(plan.mitigations.empty()) << profile;
        for (const knees::Mitigation& item : plan.mitigations) {
            std::vector<std::string> settings = two_hundred;
            std::ranges::copy(item.settings, std::back_inserter(settings));
            const laws::Chain chain = laws::chain_of(behind(profile, settings));
            EXPECT_EQ(chain.weakest().sustainable_per_s, item.chain->weakest().sustainable_per_s)
                << profile << ": " << item.name;
            EXPECT_NE(item.cost, "") << item.name;
            EXPECT_NE(item.price, "") << item.name;
        }
    }
}

TEST(ChainPlan, AdvisesWhereSomeHostsHaveNoShare) {
    const knees::Plan plan = knees::plan_for(behind("cgnat", {"topology.hosts=300", "load.rate=1/s"}));
    EXPECT_NEAR(plan.failing_share, 0.58, 1e-9);
    EXPECT_THAT(report::chain_words(plan),
                HasSubstr("126 shares of 512 (unverified), and 174 of the 300 hosts get none"));
    EXPECT_EQ(find(plan, "bigger share per host"), nullptr) << "215 ports are fewer than 512";
    EXPECT_TRUE(find(plan, "4 x destinations")->is_useless()) << "for hosts without a share";
    EXPECT_THAT(report::render_text({plan}, {.width = 80}), Not(HasSubstr(" 0/s    share")));
}

TEST(ChainPlan, MarksWhatNothingConfirms) {
    const std::string aws = report::chain_words(knees::plan_for(behind("aws-nat-gateway", two_hundred)));
    EXPECT_THAT(aws, HasSubstr("55,000 / (240 s (unverified) + 0.05 s open) = 229.1/s"));
    const std::string azure = report::chain_words(knees::plan_for(behind("azure-nat-gateway", two_hundred)));
    EXPECT_THAT(azure, Not(HasSubstr("unverified")));
    const std::string own =
        report::chain_words(knees::plan_for(behind("aws-nat-gateway", {"topology.hosts=200", "nat.after_fin=60s"})));
    EXPECT_THAT(own, HasSubstr("55,000 / 60 s = 916.6/s")) << "the user's value is the user's";
}

TEST(ChainPlan, SaysHowOneSeesIt) {
    const std::string words = report::chain_words(knees::plan_for(behind("azure-nat-gateway", two_hundred)));
    EXPECT_THAT(words, HasSubstr("768.6/s of all 200 hosts together, 3.84/s of each"));
    EXPECT_THAT(words, HasSubstr("At the offered 8,000/s (200 hosts x 40/s) they are full after 6.25 s"));
    EXPECT_THAT(words, HasSubstr("never as EADDRNOTAVAIL"));
    const std::string host =
        report::chain_words(knees::plan_for(behind("azure-nat-gateway", {"topology.hosts=1", "load.rate=500/s"})));
    EXPECT_THAT(host, HasSubstr("The client ports are full first: 28,232 / 60 s = 470.5/s."));
    EXPECT_THAT(host, HasSubstr("The symptom: EADDRNOTAVAIL at once."));
    EXPECT_THAT(report::chain_words(knees::plan_for(behind("azure-nat-gateway", {"load.pool_size=8"}))),
                HasSubstr("reuses connections"));
}

TEST(ChainPlan, SpeaksOfThePoolThatIsFullFirstWhereNothingComesBack) {
    const knees::Plan plan =
        knees::plan_for(behind("azure-nat-gateway", {"topology.hosts=20", "load.rate=40/s", "load.closer=never"}));
    EXPECT_EQ(plan.chain->weakest().kind, PoolKind::nat_ports) << "50,000 / 800/s before 28,232 / 40/s";
    EXPECT_THAT(
        report::chain_words(plan),
        HasSubstr("No rate lasts: the NAT ports, 50,000, are taken and never given back. At the offered 800/s (20 "
                  "hosts x 40/s) they are full after 62.5 s"));
    EXPECT_TRUE(plan.mitigations.empty());
}

TEST(ChainPlanJson, HasThePools) {
    const std::string json = report::plan_json({knees::plan_for(behind("azure-nat-gateway", two_hundred))});
    EXPECT_THAT(json, HasSubstr("\"first\": \"NAT ports\""));
    EXPECT_THAT(json, HasSubstr("\"symptom\": \"syn_timeout\""));
    EXPECT_THAT(json, HasSubstr("\"then_first\": \"NAT ports\""));
    EXPECT_THAT(json, HasSubstr("\"time_to_exhaustion_s\": 6.25"));
    EXPECT_THAT(json, Not(HasSubstr("inf")));
}

std::string text_of(const std::string& profile, const std::vector<std::string>& settings) {
    return report::render_text({knees::plan_for(behind(profile, settings))}, {.width = 80}, report::PlanForm::brief);
}

TEST(Golden, ShowsAPlanOfANat) { made::expect_golden("plan-nat.txt", text_of("azure-nat-gateway", two_hundred)); }

TEST(Golden, ShowsAPlanOfSharesNobodyVouchesFor) {
    made::expect_golden("plan-shares.txt", text_of("gcp-cloud-nat", {"topology.hosts=200", "load.rate=1/s"}));
}

TEST(Golden, ShowsAPlanOnOneScreen) {
    const scenario::Reading reading =
        scenario::read("name = \"linux\"\n", "plan",
                       {"load.rate=500/s", "load.duration=24h", "server.port=443", "load.in_flight=1000"}, {});
    const std::string text =
        report::render_text({knees::plan_for(reading.variants.front())}, {.width = 80}, report::PlanForm::brief);
    made::expect_golden("plan-brief.txt", text);
    std::istringstream lines(text);
    std::size_t count = 0;
    for (std::string line; std::getline(lines, line); ++count) EXPECT_LE(text::display_width(line), 80U) << line;
    EXPECT_LE(count, 23U) << "and the line of the command itself";
}

}  // namespace
}  // namespace portdrought
