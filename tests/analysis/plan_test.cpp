// Plans and the report of a search, as people see them.
#include "analysis/knees/plan.hpp"

#include <gmock/gmock.h>

#include <algorithm>

#include "analysis/report/knee_text.hpp"
#include "analysis/report/knees_json.hpp"
#include "analysis/report/plan_text.hpp"
#include "analysis/report/report_json.hpp"
#include "analysis/report/section.hpp"
#include "golden.hpp"
#include "scenario/reader.hpp"

namespace portdrought {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

scenario::Scenario thousand_ports() {
    scenario::Scenario scenario;
    scenario.name = "three-knees";
    scenario.load.rate = core::Rate{20};
    scenario.load.duration = 150s;
    scenario.host.ports = {20000, 20999};
    scenario.host.timed_wait_delay = 60s;
    scenario.lab.time_scale = 50;
    return scenario;
}

scenario::Scenario of_profile(const std::string& profile, std::vector<std::string> settings) {
    settings.insert(settings.begin(),
                    {"lab.engine=model", "server.port=443", "load.duration=24h", "host.profile=" + profile});
    const scenario::Reading reading = scenario::read("name = \"" + profile + "\"\n", "plan", settings, {});
    for (const auto& complaint : reading.complaints) ADD_FAILURE() << to_string(complaint);
    return reading.variants.front();
}

scenario::Scenario windows() {
    scenario::Scenario scenario = thousand_ports();
    scenario.variant = "Windows 2000";
    scenario.host.ports = {1025, 5000};
    scenario.host.port_choice = scenario::PortChoice::sequential;
    scenario.host.timed_wait_delay = 240s;
    scenario.host.timestamps = false;
    return scenario;
}

const knees::Mitigation* find(const knees::Plan& plan, std::string_view name) {
    const auto found = std::ranges::find(plan.mitigations, name, &knees::Mitigation::name);
    return found == plan.mitigations.end() ? nullptr : &*found;
}

TEST(Plan, CalculatesWhatEachMitigationBuys) {
    const knees::Plan plan = knees::plan_for(thousand_ports());
    EXPECT_NEAR(find(plan, "tw_reuse")->factor.value(), 60, 1e-9);
    EXPECT_NEAR(find(plan, "wider range")->lasts_per_s.value(), 64'511 / 60.0, 1e-9) << "the server's port is reserved";
    EXPECT_NEAR(find(plan, "4 x destinations")->factor.value(), 4, 1e-9);
    EXPECT_NEAR(find(plan, "keep-alive, 10 requests")->factor.value(), 10, 1e-9);
    EXPECT_NEAR(find(plan, "shorter TIME_WAIT")->factor.value(), 2, 1e-9);
    EXPECT_FALSE(find(plan, "server closes first")->lasts_per_s);
    EXPECT_FALSE(find(plan, "pool")->lasts_per_s);
    EXPECT_FALSE(find(plan, "close by reset")->lasts_per_s);
    EXPECT_TRUE(find(plan, "program chooses ports")->is_useless()) << "it moves the cliff, not the ports";
    EXPECT_FALSE(find(plan, "program chooses ports")->forecast.cliff.per_s);
    for (const knees::Mitigation& item : plan.mitigations) {
        EXPECT_NE(item.cost, "") << item.name;
        EXPECT_FALSE(item.settings.empty()) << item.name;
    }
}

TEST(Plan, TurnsOnWhatAMitigationNeeds) {
    const knees::Plan plan = knees::plan_for(windows());
    EXPECT_THAT(find(plan, "tw_reuse")->settings, testing::ElementsAre("host.tw_reuse=on", "host.timestamps=true"));
    EXPECT_NEAR(find(plan, "tw_reuse")->factor.value(), 240, 1e-9);
    EXPECT_NEAR(find(plan, "shorter TIME_WAIT")->factor.value(), 8, 1e-9);
}

TEST(Plan, SaysWhatWouldNotHelp) {
    scenario::Scenario bound = thousand_ports();
    bound.host.bind_before_connect = true;
    const knees::Plan plan = knees::plan_for(bound);
    EXPECT_TRUE(find(plan, "4 x destinations")->is_useless());
    EXPECT_THAT(find(plan, "4 x destinations")->effect, HasSubstr("nothing"));
    EXPECT_TRUE(find(plan, "tw_reuse")->is_useless());
}

TEST(Plan, LeavesOutWhatIsThereAlready) {
    scenario::Scenario reusing = thousand_ports();
    reusing.host.tw_reuse = scenario::TwReuse::on;
    EXPECT_EQ(find(knees::plan_for(reusing), "tw_reuse"), nullptr);
    EXPECT_EQ(find(knees::plan_for(reusing), "shorter TIME_WAIT"), nullptr) << "not what holds the pair";
    scenario::Scenario server = thousand_ports();
    server.load.closer = core::Closer::server;
    EXPECT_TRUE(knees::plan_for(server).mitigations.empty()) << "no port stays taken";
}

TEST(Plan, SpeaksAboutTheHostNotAboutTheLab) {
    scenario::Scenario fast = thousand_ports();
    fast.lab.time_scale = 1000;
    EXPECT_FALSE(knees::plan_for(fast).forecast.is_cpu_bound());
}

std::string words_of(void (*change)(scenario::Scenario&)) {
    scenario::Scenario scenario = thousand_ports();
    change(scenario);
    return report::plan_words(knees::plan_for(scenario));
}

TEST(Plan, CountsThePortsOfAWindowAndAdvisesToDropIt) {
    scenario::Scenario scenario = thousand_ports();
    scenario.host.port_window = core::PortRange{20100, 20199};
    const knees::Plan plan = knees::plan_for(scenario);
    EXPECT_EQ(knees::search_of(scenario.host).ports, 100U);
    EXPECT_EQ(find(plan, "wider range"), nullptr) << "the window would stay as it is";
    ASSERT_NE(find(plan, "no port window"), nullptr);
    EXPECT_THAT(find(plan, "no port window")->effect, HasSubstr("1,000 ports instead of 100"));
    EXPECT_THAT(report::render_text(std::vector{plan}, text::TextStyle{}),
                HasSubstr("100 ports; this side closes first"));
}

TEST(Plan, CountsBothEntriesOfAPairUnderALimit) {
    scenario::Scenario scenario = thousand_ports();
    scenario.load.closer = core::Closer::both;
    scenario.host.max_time_wait = 1500;  // of 2,000 that 1,000 pairs need
    const knees::Plan plan = knees::plan_for(scenario);
    EXPECT_FALSE(plan.forecast.first_failure.per_s) << "the limit keeps the ports from running out";
}

TEST(Plan, LimitsTimeWaitOnLinuxAlone) {
    for (const char* profile : {"windows-2000", "windows-11", "macos", "freebsd", "illumos"}) {
        const scenario::Scenario scenario =
            of_profile(profile, {"load.rate=50000/s", "host.destinations=48", "server.port=443"});
        const knees::Plan plan = knees::plan_for(scenario);
        EXPECT_NEAR(
            plan.forecast.ceiling.per_s.value_or(0),
            static_cast<double>(plan.forecast.law.capacity) / core::seconds(scenario::time_wait_length(scenario)), 1e-6)
            << profile;
    }
    const knees::Plan linux = knees::plan_for(of_profile("linux", {"load.rate=5000/s", "host.destinations=8"}));
    EXPECT_FALSE(linux.forecast.ceiling.per_s);
    EXPECT_THAT(report::plan_words(linux), HasSubstr("only because 1,666/s of the closes skip TIME_WAIT"));
    const knees::Plan two = knees::plan_for(of_profile("linux", {"load.rate=500/s", "host.destinations=2"}));
    EXPECT_NEAR(find(two, "4 x destinations")->lasts_per_s.value(), 200'000 / 60.0, 1e-9) << "with TIME_WAIT";
}

TEST(Plan, OffersWhatTheSystemHas) {
    EXPECT_EQ(find(knees::plan_for(of_profile("windows-11", {"load.rate=500/s"})), "tw_reuse"), nullptr);
    EXPECT_NE(find(knees::plan_for(of_profile("windows-11", {"load.rate=500/s"})), "shorter TIME_WAIT"), nullptr);
    EXPECT_NE(find(knees::plan_for(of_profile("linux", {"load.rate=500/s"})), "tw_reuse"), nullptr);
    EXPECT_EQ(find(knees::plan_for(of_profile("linux", {"load.rate=500/s"})), "shorter TIME_WAIT"), nullptr);
}

TEST(Plan, NeverRoundsALimitUpPastItself) {
    const std::string text = report::render_text({knees::plan_for(of_profile("windows-11", {"load.rate=137/s"}))},
                                                 {.width = 80}, report::PlanForm::brief);
    EXPECT_THAT(text, HasSubstr("136.5/s sustained"));
    EXPECT_THAT(text, HasSubstr("At the offered 137/s the ports run"));
}

scenario::Scenario one_minute_of_six() {
    scenario::Scenario s = thousand_ports();
    s.load.rate = core::Rate{5};
    s.load.duration = 360s;
    s.load.arrivals = core::Arrivals::bursts;
    s.load.burst_on = 60s;
    s.load.burst_off = 300s;
    s.host.ports = {20000, 20499};
    return s;
}

TEST(Plan, JudgesBurstsByTheirWorstMinute) {
    const knees::Plan plan = knees::plan_for(one_minute_of_six());
    EXPECT_NEAR(core::seconds(plan.forecast.law.exhaustion.value()), 500 / 30.0, 1e-6);
    EXPECT_NEAR(plan.forecast.first_failure.per_s.value(), 500 / 60.0 / 6, 1e-9);
    EXPECT_THAT(report::plan_words(plan), HasSubstr("At the offered 5/s on average the ports run out after 16.7 s"));
    scenario::Scenario fewer = one_minute_of_six();
    fewer.load.rate = core::Rate{1.38};
    EXPECT_FALSE(knees::plan_for(fewer).forecast.law.exhaustion);
    EXPECT_THAT(report::plan_words(knees::plan_for(fewer)), HasSubstr("in the worst 60 s they take 497 of 500"));
}

TEST(Plan, JudgesADayByItsBusiestTime) {
    const knees::Plan plan = knees::plan_for(of_profile("windows-11", {"load.rate=130/s", "load.arrivals=daily"}));
    EXPECT_NEAR(plan.forecast.lasting().per_s.value(), 16'384 / 120.0 / 1.75, 0.01);
    EXPECT_TRUE(plan.forecast.law.exhaustion);
}

TEST(Plan, JudgesATraceByItsFullestWindow) {
    scenario::Scenario s = thousand_ports();
    core::Trace trace;
    trace.rows = {{0s, 100}, {100s, 400}, {140s, 400}, {160s, 100}};
    trace.last = 40s;
    s.load.arrivals = core::Arrivals::trace;
    s.load.trace_rows.shared = std::make_shared<const core::Trace>(trace);
    s.load.rate = core::Rate{1000 / 200.0};
    s.load.duration = 200s;
    const knees::Plan plan = knees::plan_for(s);
    EXPECT_NEAR(plan.forecast.law.pairs_at_most.value(), 800, 1e-6) << "from 100 to 160 s";
    EXPECT_FALSE(plan.forecast.law.exhaustion);
    s.host.ports = {20000, 20699};
    EXPECT_NEAR(core::seconds(knees::plan_for(s).forecast.law.exhaustion.value()), 155, 0.5);
}

TEST(Plan, GivesTheAnswerBeforeWhatOneThreadMakesOfIt) {
    const std::string words = report::exhaustion_words(knees::plan_for(of_profile("linux", {"load.rate=500/s"})));
    EXPECT_THAT(words, HasSubstr("run out after 56.5 s"));
    EXPECT_THAT(words, HasSubstr("Note: one thread"));
    EXPECT_THAT(words, Not(HasSubstr("no attempt")));
}

TEST(Plan, AdvisesNothingThatTheScenarioCouldNotBeRunWith) {
    scenario::Scenario scenario = thousand_ports();
    EXPECT_NE(find(knees::plan_for(scenario), "pool"), nullptr);
    scenario.load.half_close = true;
    const knees::Plan plan = knees::plan_for(scenario);
    EXPECT_EQ(find(plan, "pool"), nullptr);
    EXPECT_EQ(find(plan, "close by reset"), nullptr);
    EXPECT_NE(find(plan, "tw_reuse"), nullptr);
}

TEST(Plan, SaysWhatAPoolDoes) {
    const std::string words = words_of([](scenario::Scenario& s) { s.load.pool_size = 8; });
    EXPECT_THAT(words, HasSubstr("reuses connections"));
    EXPECT_THAT(words, Not(HasSubstr("No rate is offered")));
    EXPECT_TRUE(words_of([](scenario::Scenario& s) {
                    s.load.pool_size = 8;
                    s.load.pool_drain = false;
                }).starts_with("At the offered 20/s no port is missed"))
        << "a connection per request, each ended by reset";
}

TEST(Plan, SaysNothingAboutAServerThatDoesNotAnswer) {
    scenario::Scenario silent = thousand_ports();
    silent.server.listens = false;
    const std::string text = report::render_text({knees::plan_for(silent)}, {.width = 80});
    EXPECT_THAT(text, HasSubstr("first failure    unknown   no prediction"));
    EXPECT_THAT(text, Not(HasSubstr("never")));
    EXPECT_EQ(words_of([](scenario::Scenario& s) { s.server.accepts = false; }),
              "No prediction: the server does not answer (server.accepts = false).");
}

TEST(Plan, SaysThatSlotsAreTheLimit) {
    EXPECT_THAT(words_of([](scenario::Scenario& s) {
                    s.load.hold = 100s;
                    s.load.in_flight = 100;
                }),
                HasSubstr("each taken for 100 s, let at most 1/s be opened of the offered 20/s"));
    EXPECT_EQ(words_of([](scenario::Scenario& s) {
                  s.load.closer = core::Closer::never;
                  s.load.rate = core::Rate{1};
              }),
              "At the offered 1/s no port is missed.")
        << "150 of 256 slots";
    scenario::Scenario never = thousand_ports();
    never.load.closer = core::Closer::never;
    const std::string text = report::render_text({knees::plan_for(never)}, {.width = 200});
    EXPECT_THAT(text, HasSubstr("256 slots (load.in_flight) are taken one by one and never given back"));
    EXPECT_THAT(text, Not(HasSubstr(" 0/s")));
}

TEST(Plan, SaysHowMuchOfTheOfferedRateIsLetThrough) {
    EXPECT_THAT(words_of([](scenario::Scenario& s) {
                    s.load.rate = core::Rate{500};
                    s.load.admission = core::Rate{10};
                }),
                HasSubstr("offered 500/s, of which 10/s are let through"));
}

TEST(Plan, LowersTheRateOfConnectionsThatAreKept) {
    const knees::Plan plan = knees::plan_for(thousand_ports());
    EXPECT_THAT(find(plan, "keep-alive, 10 requests")->settings,
                testing::ElementsAre("load.requests_per_connection=10", "load.rate=2/s"));
    EXPECT_THAT(report::render_text({plan}, {.width = 200}), HasSubstr("166.6 req/s (x10)"));
}

TEST(Plan, CountsPairs) {
    scenario::Scenario scenario = thousand_ports();
    scenario.host.sources = 2;
    EXPECT_THAT(report::render_text({knees::plan_for(scenario)}, {.width = 200}),
                HasSubstr("2,000 pairs of port and destination"));
}

TEST(Golden, ShowsAPlan) {
    made::expect_golden("plan.txt", report::render_text({knees::plan_for(thousand_ports()), knees::plan_for(windows())},
                                                        {.width = 80}));
}

TEST(Golden, ShowsAPlanWhoseSearchIsTheLimit) {
    scenario::Scenario defaults;
    defaults.name = "default-linux";
    defaults.load.rate = core::Rate{600};
    defaults.load.duration = 180s;
    made::expect_golden("plan-cpu.txt", report::render_text({knees::plan_for(defaults)}, {.width = 100}));
}

TEST(PlanJson, HasTheKneesAndTheMitigations) {
    const std::string json = report::plan_json({knees::plan_for(thousand_ports())});
    EXPECT_THAT(json, HasSubstr("\"schema\": \"portdrought.result/1\""));
    EXPECT_THAT(json, HasSubstr("\"why\": \"1,000 ports / 60 s\""));
    EXPECT_THAT(json, HasSubstr("\"time_to_exhaustion_s\": 50"));
    EXPECT_THAT(json, HasSubstr("\"settings\": [\"host.tw_reuse=on\"]"));
    EXPECT_THAT(json, Not(HasSubstr("inf")));
}

knees::Observation run_at(double rate) {
    knees::Observation run;
    run.rate_per_s = rate;
    for (int i = 0; i < 100; ++i) run.connect.add(rate >= 8.33 && i < 40 ? 110us : 28us);
    run.without_port = rate > 16.67 ? 50 : 0;
    if (rate > 16.67) run.sustained_per_s = 16.6 + rate / 1000;
    return run;
}

report::KneeReport searched(const scenario::Scenario& scenario, std::size_t runs = 100) {
    report::KneeReport report;
    report.scenario = scenario;
    report.scenario.title = "At which rate do connects get slow, fail, and no more succeed?";
    report.forecast = knees::forecast(scenario);
    report.plan.from_per_s = 5.8;
    report.plan.to_per_s = 20.8;
    report.plan.cliff_guess = report.forecast.cliff.per_s;
    report.plan.failure_guess = report.forecast.first_failure.per_s;
    knees::Search search(report.plan);
    while (search.observations().size() < runs) {
        const auto rate = search.next();
        if (!rate) break;
        search.tell(run_at(*rate));
    }
    report.knees = search.knees();
    report.observations = search.observations();
    report.elapsed_s = 3.05 * report.knees.runs;
    report.budget_s = 120;
    report.ending = report.knees.is_complete ? report::Ending::complete : report::Ending::budget;
    return report;
}

TEST(KneeText, NamesTheEngineAndWhoseRatesTheyAre) {
    report::KneeReport report = searched(thousand_ports());
    EXPECT_THAT(report::render_text(report, {}), HasSubstr("kernel engine, compressed x50"));
    report.scenario.lab.engine = scenario::Engine::model;
    report.scenario.topology.hosts = 4;
    const std::string text = report::render_text(report, {.width = 120});
    EXPECT_THAT(text, HasSubstr("model engine, "));
    EXPECT_THAT(text, HasSubstr("rates of each of 4 hosts"));
    EXPECT_THAT(text, Not(HasSubstr("kernel engine")));
    EXPECT_THAT(text, HasSubstr("compressed x50"));
    report.scenario.title = "a\u202Eb";
    report.scenario.lab.time_scale = 1;
    EXPECT_THAT(report::render_text(report, {.width = 120}), AllOf(HasSubstr("a?b"), Not(HasSubstr("compressed"))));
}

TEST(Golden, ShowsTheThreeKnees) {
    made::expect_golden("knee.txt", report::render_text(searched(thousand_ports()), {.width = 80}));
}

TEST(Golden, ShowsKneesThatDifferFromThePrediction) {
    scenario::Scenario longer = thousand_ports();
    longer.host.timed_wait_delay = 80s;  // the answers are still those of 60 s
    made::expect_golden("knee-differs.txt", report::render_text(searched(longer), {.width = 80}));
}

TEST(Golden, ShowsASearchThatRanOutOfTime) {
    made::expect_golden("knee-budget.txt", report::render_text(searched(thousand_ports(), 5), {.width = 80}));
}

TEST(KneeWords, DoNotCountTheRunThatWasCutShort) {
    record::RunRecord cut;
    cut.scenario = thousand_ports();
    cut.interrupted = true;
    cut.validity.valid = false;
    knees::Search search({});
    search.tell(run_at(5.8));
    search.tell(knees::observe(cut));
    report::KneeReport report = searched(thousand_ports(), 1);
    report.knees = search.knees();
    report.ending = report::Ending::interrupted;
    EXPECT_EQ(report.knees.runs, 1U);
    const std::string text = report::render_text(report, {.width = 200});
    EXPECT_THAT(text, HasSubstr("Interrupted"));
    EXPECT_THAT(text, Not(HasSubstr("made again")));
}

TEST(KneesJson, HasWhatWasMeasuredAndPredicted) {
    report::Report report;
    report.sections.push_back(report::section_of({searched(thousand_ports())}, {}));
    const std::string json = report::report_json(report);
    EXPECT_THAT(json, HasSubstr("\"knees\": ["));
    EXPECT_THAT(json, HasSubstr("\"latency_cliff\""));
    EXPECT_THAT(json, HasSubstr("\"status\": \"bracketed\""));
    EXPECT_THAT(json, HasSubstr("\"verdict\": \"agrees\""));
    EXPECT_THAT(json, HasSubstr("\"ending\": \"complete\""));
}

}  // namespace
}  // namespace portdrought
