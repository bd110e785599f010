#include "model/model_engine.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <thread>

#include "model/origins.hpp"
#include "model/runs.hpp"
#include "record/record_file.hpp"
#include "scenario/model_rules.hpp"

namespace portdrought::model {
namespace {

using core::Outcome;
using record::RunRecord;
using scenario::Scenario;
using namespace std::chrono_literals;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

/// Everything that is random in a run at once.
Scenario of_chance() {
    Scenario scenario = thousand_ports();
    scenario.load.arrivals = core::Arrivals::poisson;
    scenario.load.hold = 20ms;
    scenario.load.hold_distribution = core::HoldDistribution::exponential;
    scenario.load.timeout = 2s;
    scenario.server.drops_syn = 0.1;
    scenario.load.in_flight = 2000;
    return scenario;
}

/// What samples say of connect() comes to what its histogram says.
void expect_connect_times(const RunRecord& record) {
    core::Duration highest{0};
    std::uint64_t connected = 0;
    for (const record::Sample& sample : record.samples) {
        const bool made = sample.connected > connected && record.connect.count() > 0;
        EXPECT_EQ(sample.connect.has_value(), made) << sample.t_s;
        connected = sample.connected;
        if (!sample.connect) continue;
        EXPECT_LE(sample.connect->p50, sample.connect->p99);
        EXPECT_LE(sample.connect->p99, sample.connect->max);
        EXPECT_GE(sample.connect->p50, record.connect.min());
        highest = std::max(highest, sample.connect->max);
    }
    EXPECT_EQ(highest, record.connect.max());
}

void expect_contract(const RunRecord& record) {
    expect_connect_times(record);
    EXPECT_EQ(record.totals.attempts, record.totals.outcomes.total());
    EXPECT_GE(record.totals.connected, record.totals.outcomes[Outcome::ok]);
    ASSERT_FALSE(record.samples.empty());
    for (std::size_t i = 1; i < record.samples.size(); ++i) {
        EXPECT_LT(record.samples[i - 1].t_s, record.samples[i].t_s);
        EXPECT_LE(record.samples[i - 1].attempts, record.samples[i].attempts);
        EXPECT_LE(record.samples[i].outcomes.total(), record.samples[i].attempts);
    }
    EXPECT_EQ(record.samples.back().attempts, record.totals.attempts);
    EXPECT_EQ(record.samples.back().outcomes, record.totals.outcomes);
    for (const record::Census& census : record.censuses) {
        std::uint64_t entries = 0;
        for (const std::uint64_t tenth : census.left_by_tenth) entries += tenth;
        EXPECT_EQ(entries, census.time_wait_client + census.time_wait_server) << census.t_s;
    }
    EXPECT_EQ(record::to_json(record::from_json(record::to_json(record), "itself")), record::to_json(record));
}

TEST(ModelEngine, SamplesSayWhatConnectTook) {
    const RunRecord walks = run(thousand_ports());
    ASSERT_GT(walks.connect.count(), 0U);
    const auto& first = walks.samples.front().connect;
    ASSERT_TRUE(first);
    EXPECT_EQ(first->p50, walks.connect.min()) << "all ports are free";
    EXPECT_LT(4 * first->p99, walks.connect.max()) << "no walk is long yet";
    EXPECT_FALSE(walks.samples.back().connect) << "no port is left";
    const RunRecord without_costs = run_thousand([](Scenario& s) {
        s.host.profile = "windows-2000";
        s.host.port_choice = scenario::PortChoice::sequential;
    });
    EXPECT_GT(without_costs.totals.connected, 0U);
    EXPECT_EQ(without_costs.connect.count(), 0U);
    expect_connect_times(without_costs);
}

// ---- the same seed

TEST(ModelEngine, TheSameSeedIsTheSameRecordByteForByte) {
    const std::string first = record::to_json(run(of_chance())), second = record::to_json(run(of_chance()));
    EXPECT_EQ(first, second);
}

TEST(ModelEngine, TwoThreadsAtOnceAreTheSameTwice) {
    const Scenario scenario = of_chance();
    std::string records[2];
    {
        std::jthread one([&] { records[0] = record::to_json(run(scenario)); });
        std::jthread other([&] { records[1] = record::to_json(run(scenario)); });
    }
    EXPECT_EQ(records[0], records[1]);
    EXPECT_EQ(records[0], record::to_json(run(scenario)));
}

TEST(ModelEngine, AnotherSeedIsAnotherRunWhereThereIsChance) {
    Scenario other = of_chance();
    other.lab.seed = 2;
    EXPECT_NE(run(of_chance()).totals.outcomes, run(other).totals.outcomes);
    // Without chance in the load the seed still decides which ports are taken, which nobody counts here.
    Scenario even = thousand_ports(), other_even = thousand_ports();
    other_even.lab.seed = 2;
    EXPECT_EQ(run(even).totals.outcomes, run(other_even).totals.outcomes);
    EXPECT_NE(run(even).listing->rows.front().local, run(other_even).listing->rows.front().local);
}

TEST(ModelEngine, TheSeedDecidesWhichSynsAreDroppedAndWhichHostIsNext) {
    const auto drops = [](std::uint64_t seed) {
        return run_thousand([&](Scenario& s) {
                   s.lab.seed = seed;
                   s.server.drops_syn = 0.3;
                   s.load.timeout = 500ms;
               })
            .totals.outcomes;
    };
    EXPECT_NE(drops(1), drops(2));
    const auto hosts = [](std::uint64_t seed) {
        Scenario scenario;
        scenario.lab.seed = seed;
        scenario.topology.hosts = 1000;
        scenario.load.arrivals = core::Arrivals::poisson;
        Origins origins(scenario, 0);
        return std::vector{origins.next().host, origins.next().host, origins.next().host};
    };
    EXPECT_NE(hosts(1), hosts(2));
}

TEST(ModelEngine, ARepetitionIsButANumber) {
    RunRecord first = ModelEngine().run(of_chance(), 1, {}), third = ModelEngine().run(of_chance(), 3, {});
    EXPECT_EQ(third.repetition, 3U);
    third.repetition = 1;
    EXPECT_EQ(record::to_json(first), record::to_json(third));
}

// ---- the record

TEST(ModelEngine, RecordsKeepTheContract) {
    expect_contract(run(thousand_ports()));
    expect_contract(run(of_chance()));
    expect_contract(run_thousand([](Scenario& s) { s.host.tw_reuse = scenario::TwReuse::on; }));
    expect_contract(run_thousand([](Scenario& s) { s.load.closer = core::Closer::server; }));
    expect_contract(run_thousand([](Scenario& s) {
        s.load.closer = core::Closer::both;
        s.host.tw_reuse = scenario::TwReuse::on;
        s.host.timed_wait_delay = 1500ms;
    }));
    expect_contract(run_thousand([](Scenario& s) { s.load.passive_closes = false; }));
    expect_contract(run_thousand([](Scenario& s) {
        s.load.workers = 2;
        s.host.destinations = 2;
        s.host.timed_wait_delay = 5s;
        s.lab.time_scale = 10;
        s.load.duration = 40s;
        s.load.rate = core::Rate{80};
    }));
}

TEST(ModelEngine, SaysWhatItIsAndNothingOfThisMachine) {
    const RunRecord record = ModelEngine(core::Costs{}, "somebody").run(thousand_ports(), 1, {});
    EXPECT_EQ(record.engine, "model");
    ASSERT_TRUE(record.model);
    EXPECT_EQ(record.model->costs_source, "somebody");
    EXPECT_EQ(record.started_at, "");
    EXPECT_EQ(record.host.kernel, "");
    EXPECT_EQ(record.cpu.probe_s, 0);
    EXPECT_FALSE(record.enforced);
}

TEST(ModelEngine, ListsTheOldestOfTheFullestTable) {
    const RunRecord record = run(thousand_ports());
    ASSERT_TRUE(record.listing);
    EXPECT_EQ(record.listing->rows_total, 1000U);
    EXPECT_EQ(record.listing->rows.size(), 50U);
    EXPECT_EQ(record.listing->rows.front().remote, "127.0.0.1:7000");
    EXPECT_THAT(record.listing->rows.front().local, HasSubstr("127.0.0.1:20"));
    EXPECT_EQ(record.listing->rows.front().state, "TIME_WAIT");
    EXPECT_EQ(record.listing->rows.front().inode, 0U);
}

TEST(ModelEngine, ListsPairsInFinWait2Too) {
    const RunRecord record = run_thousand([](Scenario& s) { s.load.passive_closes = false; });
    ASSERT_TRUE(record.listing);
    EXPECT_EQ(record.listing->rows_total, 2000U) << "with the peer's ends";
    ASSERT_EQ(record.listing->rows.size(), 50U);
    EXPECT_EQ(record.listing->rows.front().state, "FIN_WAIT_2");
}

TEST(ModelEngine, CompressedTimeIsTheSameRunFaster) {
    const auto scaled = [](double scale) {
        return run_thousand([&](Scenario& s) {
            s.load.rate = core::Rate{20};
            s.load.duration = 100s;
            s.host.timed_wait_delay = 60s;
            s.lab.time_scale = scale;
        });
    };
    const RunRecord plain = scaled(1), fast = scaled(20);
    EXPECT_EQ(plain.totals.outcomes, fast.totals.outcomes);
    EXPECT_EQ(outcome(fast, Outcome::ok), 1000U + 799U) << "the one due after 60 s is a moment too early";
    EXPECT_DOUBLE_EQ(*plain.totals.time_to_first_failure_s, 50);
    EXPECT_DOUBLE_EQ(*fast.totals.time_to_first_failure_s, 50);
    EXPECT_NEAR(plain.cpu.real_s / fast.cpu.real_s, 20, 0.01);
    EXPECT_NEAR(fast.samples.back().t_s, 100, 0.1);
}

// ---- interruption

TEST(ModelEngine, AStoppedRunIsAWholeRecordOfItsPart) {
    int looks = 0;
    engine::Observer observer;
    observer.progress = [&](const engine::Progress&) { ++looks; };
    observer.stop_requested = [&] { return looks == 7; };
    Scenario scenario = of_chance();
    scenario.load.hold = 300ms;
    const RunRecord record = run(scenario, observer);
    EXPECT_EQ(looks, 7);
    EXPECT_TRUE(record.interrupted);
    EXPECT_NEAR(record.samples.back().t_s, 0.7, 1e-9);
    expect_contract(record);
    EXPECT_GT(outcome(record, Outcome::unfinished), 50U);
    EXPECT_TRUE(record.validity.valid);
    EXPECT_THAT(record.validity.notes, ElementsAre("Interrupted: the record covers the first 0.7 s of 4 s."));
}

TEST(ModelEngine, ReportsItsProgress) {
    std::vector<engine::Progress> all;
    engine::Observer observer;
    observer.progress = [&](const engine::Progress& progress) { all.push_back(progress); };
    run(thousand_ports(), observer);
    ASSERT_GE(all.size(), 39U);
    EXPECT_DOUBLE_EQ(all[9].t_s, 1);
    EXPECT_DOUBLE_EQ(all[9].planned_s, 4);
    EXPECT_NEAR(all[9].offered_per_s, 800, 1);
    EXPECT_EQ(all[9].time_wait, 801U) << "what happens at the time of a look comes before it";
    EXPECT_EQ(all[9].ports_free, 199U);
    EXPECT_EQ(all[9].ports_capacity, 1000U);
    EXPECT_EQ(all.back().outcomes.failed(), 2200U - 80U + 1U);
}

// ---- validity

TEST(ModelEngine, ARateBeyondItsCpuIsNotValidAndSaysWhy) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.load.rate = core::Rate{20'000};  // 110 us each: 9,090/s
        s.load.timeout = 100ms;
        s.host.max_time_wait = 0;
        s.load.duration = 2s;
    });
    EXPECT_FALSE(record.validity.valid);
    EXPECT_NEAR(static_cast<double>(outcome(record, Outcome::ok)), 2 * 9090 + 909, 20);
    EXPECT_THAT(record.validity.notes, Contains(HasSubstr("the workers used 100 % of the CPU time there was")));
}

TEST(ModelEngine, ALongWalkIsNamedAsTheReason) {
    const RunRecord record = run_thousand([](Scenario& s) {
        s.load.rate = core::Rate{2000};
        s.load.timeout = 100ms;
        s.load.duration = 20s;
        s.host.ports = {32768, 60999};
    });
    EXPECT_FALSE(record.validity.valid);
    EXPECT_THAT(record.validity.notes, Contains(HasSubstr("connect() itself took")));
}

TEST(ModelEngine, WhatItDoesNotKnowItSaysAndIsNotValid) {
    const auto notes = [](const std::function<void(Scenario&)>& change) {
        const RunRecord record = run_thousand([&](Scenario& s) {
            s.load.duration = 100ms;
            change(s);
        });
        EXPECT_EQ(record.validity.valid, record.validity.notes.empty());
        return record.validity.notes;
    };
    EXPECT_THAT(notes([](Scenario&) {}), ElementsAre());
    EXPECT_THAT(notes([](Scenario& s) { s.lab.descriptors = 512; }), ElementsAre(HasSubstr("lab.descriptors")));
    EXPECT_THAT(notes([](Scenario& s) { s.lab.duplicates = 5; }), ElementsAre(HasSubstr("lab.duplicates")));
    EXPECT_THAT(notes([](Scenario& s) {
                    s.server.listens = false;
                    s.server.port = 20100;
                }),
                ElementsAre(HasSubstr("meet themselves")));
    EXPECT_THAT(notes([](Scenario& s) { s.server.read_delay = s.load.timeout; }),
                ElementsAre(HasSubstr("give up before the server reads")));
    EXPECT_THAT(notes([](Scenario& s) {
                    s.server.read_delay = s.load.timeout;
                    s.server.accepts = false;
                }),
                ElementsAre());
}

TEST(ModelRules, AClosedLoopNeedsCosts) {
    Scenario scenario = thousand_ports();
    scenario.load.rate.reset();
    EXPECT_TRUE(scenario::model_findings(scenario).empty());
    scenario.topology.hosts = 2;
    ASSERT_EQ(scenario::model_findings(scenario).size(), 1U);
    EXPECT_THAT(scenario::model_findings(scenario).front().text, HasSubstr("write a rate"));
    scenario.topology.hosts = 1;
    scenario.host.profile = "windows-2003";
    EXPECT_EQ(scenario::model_findings(scenario).size(), 1U);
    scenario.lab.engine = scenario::Engine::kernel;
    EXPECT_TRUE(scenario::model_findings(scenario).empty());
}

}  // namespace
}  // namespace portdrought::model
