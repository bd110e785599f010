// The charts of runs, from records made on paper.
#include "analysis/charts/run_charts.hpp"

#include <gmock/gmock.h>

#include <cmath>

#include "analysis/charts/caveats.hpp"
#include "analysis/made_records.hpp"
#include "record/totals.hpp"

namespace portdrought::charts {
namespace {

using namespace std::chrono_literals;
using record::RunRecord;
using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

Charts charts_for(const std::vector<RunRecord>& runs, const Options& options = {}) {
    std::vector<const RunRecord*> all;
    for (const RunRecord& run : runs) all.push_back(&run);
    return charts_of(all, options);
}

const Chart* find(const Charts& charts, const std::string& id) {
    const auto found = std::ranges::find(charts.charts, id, &Chart::id);
    return found == charts.charts.end() ? nullptr : &*found;
}

const Chart& chart(const Charts& charts, const std::string& id) {
    const Chart* found = find(charts, id);
    if (found == nullptr) throw std::out_of_range(id);
    return *found;
}

const Series& series(const Panel& panel, const std::string& key) {
    const auto found = std::ranges::find(panel.series, key, &Series::key);
    if (found == panel.series.end()) throw std::out_of_range(key);
    return *found;
}

std::vector<std::string> keys(const Panel& panel) {
    std::vector<std::string> all;
    for (const Series& one : panel.series) all.push_back(one.key);
    return all;
}

std::vector<std::string> labels(const Panel& panel) {
    std::vector<std::string> all;
    for (const Mark& mark : panel.marks) all.push_back(mark.label);
    return all;
}

double highest(const Series& one) {
    double most = -INFINITY;
    for (const auto* values : {&one.y, &one.high})
        for (const double value : *values) most = std::max(most, value);
    return most;
}

/// What who draws may rely on.
void expect_drawable(const Charts& charts) {
    for (const Chart& one : charts.charts) {
        EXPECT_THAT(one.panels, Not(IsEmpty())) << one.id;
        for (const Panel& panel : one.panels) {
            ASSERT_LT(panel.subject, charts.subjects.size());
            ASSERT_THAT(panel.x, Not(IsEmpty())) << one.id;
            EXPECT_TRUE(std::ranges::is_sorted(panel.x, std::less_equal{})) << one.id;
            EXPECT_THAT(panel.text, Not(IsEmpty())) << one.id;
            EXPECT_FALSE(panel.series.empty() || panel.series.front().is_stacked) << one.id;
            for (const Series& each : panel.series) {
                EXPECT_EQ(each.y.size(), panel.x.size()) << one.id << ' ' << each.key;
                EXPECT_EQ(each.low.size(), each.high.size());
                if (each.low.empty()) continue;
                ASSERT_EQ(each.low.size(), panel.x.size());
                for (std::size_t i = 0; i < panel.x.size(); ++i) {
                    EXPECT_FALSE(each.y[i] < each.low[i] || each.y[i] > each.high[i]) << one.id << ' ' << each.key;
                    EXPECT_FALSE(one.y.scale == Scale::logarithmic && each.low[i] <= 0) << one.id;
                }
            }
        }
    }
}

TEST(RunCharts, HaveAPanelPerVariantAndCanBeDrawn) {
    const Charts charts = charts_for({made::exhausted(), made::fine(), made::with_linger(), made::server_closes(),
                                      made::relay(), made::with_pool(), made::held_back()});
    EXPECT_EQ(charts.subjects.size(), 7U);
    EXPECT_EQ(chart(charts, "time-wait").panels.size(), 7U);
    EXPECT_EQ(chart(charts, "rates").panels.size(), 7U);
    expect_drawable(charts);
    expect_drawable(charts_for({made::behind_nat(), made::modelled()}));
    expect_drawable(charts_for({made::exhausted(), made::invalid(), made::interrupted()}));
    EXPECT_THAT(charts_for({}).charts, IsEmpty());
}

TEST(RunCharts, OfARunWithoutSamplesAreLeftOut) {
    RunRecord empty = made::exhausted();
    empty.samples.clear();
    const Charts charts = charts_for({empty});
    EXPECT_EQ(find(charts, "time-wait"), nullptr);
    EXPECT_NE(find(charts, "latency-distribution"), nullptr);
    expect_drawable(charts);
}

TEST(TimeWaitChart, IsPerCentOfCapacityWithWhatHappened) {
    const Charts charts = charts_for({made::exhausted()});
    const Panel& panel = chart(charts, "time-wait").panels.at(0);
    EXPECT_EQ(panel.whole, 3976);
    EXPECT_THAT(keys(panel), ElementsAre("time_wait_client"));
    EXPECT_DOUBLE_EQ(highest(panel.series[0]), 100);
    EXPECT_THAT(labels(panel), ElementsAre("every port (3,976)", "first failure 119 s", "predicted 119 s"));
    EXPECT_THAT(panel.text, HasSubstr("TIME_WAIT, all client-held, begins at"));
    EXPECT_THAT(panel.text, HasSubstr("At most 3,976 of 3,976 ports were in TIME_WAIT at one time."));
    EXPECT_THAT(panel.text, HasSubstr("Marked: first failure 119 s; predicted 119 s."));
}

TEST(TimeWaitChart, TellsTheSidesApart) {
    RunRecord both = made::exhausted();
    for (record::Sample& sample : both.samples) {
        if (!sample.time_wait_client) continue;
        sample.time_wait_server = *sample.time_wait_client / 2;
        both.totals.time_wait_peak_server =
            std::max(both.totals.time_wait_peak_server.value_or(0), *sample.time_wait_server);
    }
    const Charts charts = charts_for({both, made::server_closes()});
    const Panel& panel = chart(charts, "time-wait").panels.at(0);
    EXPECT_THAT(keys(panel), ElementsAre("time_wait_client", "time_wait_server"));
    EXPECT_TRUE(panel.series[1].is_stacked);
    EXPECT_LT(panel.x.size(), both.samples.size()) << "sockstat does not tell them apart";
    EXPECT_THAT(keys(chart(charts, "time-wait").panels.at(1)), ElementsAre("time_wait_server"));
}

TEST(TimeWaitChart, IsUndividedWhereNoCensusTells) {
    RunRecord run = made::exhausted();
    run.totals.time_wait_peak_client.reset();
    run.totals.time_wait_peak_server.reset();
    for (record::Sample& sample : run.samples) sample.time_wait_client.reset(), sample.time_wait_server.reset();
    EXPECT_THAT(keys(chart(charts_for({run}), "time-wait").panels.at(0)), ElementsAre("time_wait"));
}

TEST(TimeWaitChart, HasTheRangeOfRepeatsInItsLabels) {
    RunRecord a = made::exhausted(), b = made::exhausted(), c = made::exhausted();
    a.totals.time_to_first_failure_s = 110;
    b.totals.time_to_first_failure_s = 130;
    c.totals.time_to_first_failure_s.reset();
    EXPECT_THAT(labels(chart(charts_for({a, b, c}), "time-wait").panels.at(0)),
                Contains("first failure 120 s [110, 130], in 2 of 3 runs"));
}

TEST(TimeWaitChart, DoesNotDrawAPredictionBeyondTheRun) {
    RunRecord run = made::exhausted();
    run.samples.erase(std::ranges::find_if(run.samples, [](const auto& sample) { return sample.t_s > 100; }),
                      run.samples.end());
    const Charts charts = charts_for({run});
    const Panel& panel = chart(charts, "time-wait").panels.at(0);
    EXPECT_THAT(labels(panel), Not(Contains(HasSubstr("predicted"))));
    EXPECT_THAT(panel.text, HasSubstr("By the laws the ports last for 119 s, longer than the run."));
}

TEST(RunCharts, NeverAverageARunThatDoesNotCountWithOthers) {
    RunRecord good = made::exhausted(), bad = made::exhausted();
    bad.repetition = 2;
    bad.validity = {false, {"The generator fell behind."}};
    for (record::Sample& sample : bad.samples) sample.time_wait = 0;
    bad.samples.front().time_wait = 3975;
    const Charts both = charts_for({good, bad});
    EXPECT_EQ(both.subjects[0].runs, 2U);
    EXPECT_EQ(both.subjects[0].valid, 1U);
    EXPECT_THAT(both.subjects[0].caveats, Contains("1 of 2 runs not valid: The generator fell behind."));
    EXPECT_EQ(chart(both, "time-wait").panels[0].series[0].y,
              chart(charts_for({good}), "time-wait").panels[0].series[0].y);
    const Charts alone = charts_for({bad});
    EXPECT_THAT(alone.subjects[0].caveats, Contains("not valid: The generator fell behind."));
    EXPECT_THAT(chart(alone, "time-wait").panels[0].text, HasSubstr("does not count"));
}

TEST(RunCharts, KeepThePeakHoweverFewThePlaces) {
    RunRecord run = made::fine();
    run.samples.at(57).time_wait = 3900;
    const Charts charts = charts_for({run}, {.values = 24});
    const Panel& panel = chart(charts, "time-wait").panels.at(0);
    EXPECT_EQ(panel.x.size(), 24U);
    EXPECT_DOUBLE_EQ(highest(panel.series[0]), 3900 / 3976.0 * 100);
}

TEST(RunCharts, StayWithinTheirBudget) {
    std::vector<RunRecord> runs;
    for (const char* variant : {"a", "b", "c", "d"}) {
        runs.push_back(made::exhausted());
        runs.back().scenario.variant = variant;
        record::Sample sample = runs.back().samples.back();
        while (runs.back().samples.size() < 3000) {
            sample.t_s += 6;
            ++sample.attempts;
            runs.back().samples.push_back(sample);
        }
    }
    for (const Chart& one : charts_for(runs).charts) {
        std::size_t values = 0;
        for (const Panel& panel : one.panels)
            for (const Series& each : panel.series) values += each.y.size();
        EXPECT_LE(values, Options{}.values) << one.id;
        EXPECT_GE(values, 60U) << one.id;
    }
}

/// At a time; x of the panel rises.
double at(const Panel& panel, const Series& one, double t_s) {
    const auto after = std::ranges::lower_bound(panel.x, t_s);
    return one.y.at(static_cast<std::size_t>(after - panel.x.begin()));
}

TEST(PortsChart, HoldsEachCountUntilTheNextAndKnowsTheFirstFailure) {
    const RunRecord run = made::exhausted();
    const double failed_at = run.totals.time_to_first_failure_s.value();
    const Charts charts = charts_for({run});
    const Panel& panel = chart(charts, "ports").panels.at(0);
    const Series& free = series(panel, "ports_free");
    EXPECT_THAT(labels(panel), Contains("every port (3,976)")) << "the axis goes up to all";
    EXPECT_EQ(at(panel, free, failed_at), 0);
    const record::Sample* last = nullptr;
    for (const record::Sample& sample : run.samples)
        if (sample.ports_free && sample.t_s < failed_at) last = &sample;
    ASSERT_NE(last, nullptr);
    EXPECT_NEAR(at(panel, free, failed_at - 1), static_cast<double>(*last->ports_free) / 39.76, 1e-9);
    EXPECT_EQ(free.low.size(), 0U) << "one run, one count in a place";
    EXPECT_EQ(panel.x.back(), run.samples.back().t_s);
}

TEST(PortsChart, SaysNothingOfAllPortsWhereAFailureDoesNot) {
    RunRecord several = made::exhausted();
    several.scenario.host.destinations = 2;
    RunRecord bound = made::exhausted();
    std::swap(bound.totals.outcomes[core::Outcome::no_port_connect],
              bound.totals.outcomes[core::Outcome::no_port_bind]);
    for (RunRecord run : {several, bound}) {
        for (record::Sample& sample : run.samples)
            if (sample.ports_free) sample.ports_free = 1000, sample.ports_in_use = 2976;
        const Charts charts = charts_for({run});
        const Panel& panel = chart(charts, "ports").panels.at(0);
        EXPECT_GT(std::ranges::min(series(panel, "ports_free").y), 0);
    }
}

TEST(TimeWaitChart, HasNoBandOfASingleRunThatFillsUp) {
    for (const std::size_t values : {2000U, 24U}) {
        const RunRecord run = made::exhausted();
        const Charts charts = charts_for({run}, {.values = values});
        const Series& one = chart(charts, "time-wait").panels.at(0).series.at(0);
        for (std::size_t i = 0; i < one.low.size(); ++i) EXPECT_NEAR(one.high[i] - one.low[i], 0, 0.5) << i;
    }
}

TEST(PortsChart, DoesNotShowARunAsExhaustedThatReusesItsPorts) {
    RunRecord run = made::exhausted();
    run.scenario.host.tw_reuse = scenario::TwReuse::on;
    run.totals.outcomes = {};
    run.totals.outcomes[core::Outcome::ok] = run.totals.attempts;
    for (record::Sample& sample : run.samples)
        if (sample.ports_in_use) {
            sample.ports_reusable = *sample.ports_in_use;
            sample.ports_free = 3976;  // all that connect() could take
        }
    const Charts charts = charts_for({run});
    const Panel& panel = chart(charts, "ports").panels.at(0);
    EXPECT_THAT(keys(panel), ElementsAre("ports_free", "ports_reusable"));
    EXPECT_EQ(series(panel, "ports_free").y.back(), 0);
    EXPECT_EQ(series(panel, "ports_reusable").y.back(), 100);
    EXPECT_TRUE(series(panel, "ports_reusable").is_stacked);
    EXPECT_THAT(panel.text, HasSubstr("free or reusable is 100 % throughout"));
    EXPECT_THAT(panel.text, HasSubstr("At the least 3,976 ports were free or reusable at a count"));
    EXPECT_THAT(panel.text, HasSubstr("No attempt was without a port."));
}

TEST(PortsChart, DoesNotCountAsReusableWhatConnectWillNotTake) {
    RunRecord run = made::exhausted();  // tw_reuse is off
    for (record::Sample& sample : run.samples)
        if (sample.ports_in_use) sample.ports_reusable = *sample.ports_in_use;
    const Charts charts = charts_for({run});
    const Panel& panel = chart(charts, "ports").panels.at(0);
    EXPECT_THAT(keys(panel), ElementsAre("ports_free"));
    EXPECT_EQ(panel.series[0].y.back(), 0);
    EXPECT_THAT(panel.text, HasSubstr("found no port"));
}

TEST(RatesChart, EndsWithTheLoad) {
    RunRecord run = made::fine();
    const double end_s = record::load_end_s(run);
    record::Sample after = run.samples.back();
    after.t_s = end_s * 2;  // nothing is attempted any more
    run.samples.push_back(after);
    const Chart rates = chart(charts_of({&run}), "rates");
    EXPECT_LE(rates.panels.at(0).x.back(), end_s);
    for (const double rate : series(rates.panels[0], "offered").y) EXPECT_NEAR(rate, 33.3, 0.2);
}

TEST(RatesChart, HasEveryOutcomeThatOccurred) {
    const Charts charts = charts_for({made::exhausted(), made::fine()});
    const Chart& rates = chart(charts, "rates");
    EXPECT_THAT(keys(rates.panels.at(0)), ElementsAre("offered", "ok", "no_port_connect"));
    EXPECT_THAT(keys(rates.panels.at(1)), ElementsAre("offered", "ok"));
    for (const double rate : series(rates.panels[0], "offered").y) EXPECT_NEAR(rate, 33.3, 0.2);
    EXPECT_NEAR(highest(series(rates.panels[0], "no_port_connect")), 33.3, 0.2);
    // ok and failed together are what was offered.
    const Panel& panel = rates.panels[0];
    for (std::size_t i = 0; i < panel.x.size(); ++i)
        EXPECT_NEAR(series(panel, "ok").y[i] + series(panel, "no_port_connect").y[i], series(panel, "offered").y[i],
                    0.2);
}

RunRecord with_latencies() {
    RunRecord run = made::exhausted();
    run.scenario.host.port_choice = scenario::PortChoice::kernel;
    run.connect = {};
    for (record::Sample& sample : run.samples) {
        const bool slow = sample.t_s > 60;
        sample.connect = slow ? record::ConnectTimes{500us, 900us, 2ms} : record::ConnectTimes{24us, 40us, 50us};
        for (int i = 0; i < 100; ++i) run.connect.add(slow ? 500us : 24us);
    }
    run.samples.at(30).connect.reset();
    run.samples.at(31).connect->max = 7ms;
    return run;
}

TEST(LatencyChart, ShowsTimesByIntervalAndWhereTheyGotSlow) {
    const Charts charts = charts_for({with_latencies()});
    const Chart& latency = chart(charts, "latency");
    EXPECT_EQ(latency.y.scale, Scale::logarithmic);
    const Panel& panel = latency.panels.at(0);
    EXPECT_THAT(keys(panel), ElementsAre("connect_p50", "connect_p99", "connect_max"));
    EXPECT_EQ(series(panel, "connect_p50").y.front(), 24);
    EXPECT_EQ(series(panel, "connect_p50").y.back(), 500);
    EXPECT_TRUE(std::isnan(series(panel, "connect_p99").y.at(30))) << "no connection was made";
    EXPECT_EQ(highest(series(panel, "connect_max")), 7000);
    EXPECT_THAT(labels(panel), Contains("connect() slow from 66 s"));
    EXPECT_THAT(panel.text, HasSubstr("p50 begins at 24 us, is highest at 66 s (0.50 ms) and ends at 0.50 ms"));
    EXPECT_EQ(highest(series(chart(charts_for({with_latencies()}, {.values = 1}), "latency").panels[0], "connect_max")),
              7000);
    expect_drawable(charts);
}

TEST(LatencyChart, LeavesTheSlowestOutWhereItIsP99) {
    RunRecord run = with_latencies();
    for (record::Sample& sample : run.samples)
        if (sample.connect) sample.connect->max = sample.connect->p99;
    run.samples.at(40).connect->max = 7ms;
    run.scenario.variant = "short intervals";
    const Charts charts = charts_for({run, with_latencies()}, {.values = 100});
    const Chart& latency = chart(charts, "latency");
    EXPECT_THAT(keys(latency.panels.at(0)), ElementsAre("connect_p50", "connect_p99"));
    EXPECT_THAT(keys(latency.panels.at(1)), ElementsAre("connect_p50", "connect_p99", "connect_max"));
    EXPECT_THAT(series(latency.panels[1], "connect_p99").low, IsEmpty());
}

TEST(LatencyChart, SaysThatOlderRecordsDoNotKnow) {
    RunRecord old = made::fine();
    EXPECT_EQ(find(charts_for({old}), "latency"), nullptr);
    const Charts charts = charts_for({with_latencies(), old});
    EXPECT_EQ(chart(charts, "latency").panels.size(), 1U);
    EXPECT_THAT(chart(charts, "latency").note, HasSubstr("missing"));
}

TEST(LatencyDistribution, IsOnAPercentileAxisFromBothStarts) {
    const Charts charts = charts_for({made::exhausted(), made::fine()});
    const Chart& latency = chart(charts, "latency-distribution");
    EXPECT_TRUE(latency.is_overlaid);
    EXPECT_EQ(latency.x.scale, Scale::percentile);
    const Panel& panel = latency.panels.at(1);
    EXPECT_THAT(keys(panel), ElementsAre("connect", "connect_intended"));
    EXPECT_EQ(panel.x.front(), 0);
    EXPECT_LT(panel.x.back(), 1);
    EXPECT_DOUBLE_EQ(series(panel, "connect").y.back(), 110) << "the slowest of all";
    EXPECT_DOUBLE_EQ(series(panel, "connect_intended").y.back(), 130);
    const RunRecord fine = made::fine();
    for (std::size_t i = 0; i < panel.x.size(); ++i)
        EXPECT_DOUBLE_EQ(series(panel, "connect").y[i], core::seconds(fine.connect.quantile(panel.x[i])) * 1e6);
    EXPECT_THAT(panel.text, HasSubstr("half within 24 us, 99 % within"));
}

TEST(LatencyDistribution, LeavesOutWhatDoesNotKnowIt) {
    RunRecord timeless = made::modelled();
    timeless.connect = timeless.connect_intended = {};
    EXPECT_EQ(find(charts_for({timeless}), "latency-distribution"), nullptr);
    const Charts charts = charts_for({timeless, made::fine()});
    EXPECT_EQ(chart(charts, "latency-distribution").panels.size(), 1U);
    EXPECT_THAT(chart(charts, "latency-distribution").note, HasSubstr("missing"));
}

TEST(EnforcerChart, ShowsHowLatePairsWereRemoved) {
    const Charts charts = charts_for({made::exhausted(), made::with_linger()});
    const Chart& enforcer = chart(charts, "enforcer");
    EXPECT_EQ(enforcer.panels.at(0).subject, 0U);
    EXPECT_DOUBLE_EQ(enforcer.panels[0].series.at(0).y.back(), 4100);
    EXPECT_THAT(enforcer.panels[0].text, HasSubstr("half within 60 us"));
    EXPECT_EQ(find(charts_for({made::modelled()}), "enforcer"), nullptr);
}

TEST(NatCharts, ArePerCentOfWhatTheHostsCanHave) {
    RunRecord run = made::behind_nat();
    std::uint64_t dropped = 0;
    for (record::Sample& sample : run.samples) {
        sample.nat_in_use = std::min<std::uint64_t>(1920, static_cast<std::uint64_t>(sample.t_s * 16));
        sample.nat_dropped = sample.t_s > 120 ? dropped += 60 : 0;
    }
    const Charts charts = charts_for({run});
    const Panel& panel = chart(charts, "nat-ports").panels.at(0);
    EXPECT_EQ(panel.whole, 1920) << "64 for each of 30 hosts, not the 64,512 of the NAT";
    EXPECT_DOUBLE_EQ(panel.series[0].y.back(), 100);
    EXPECT_THAT(labels(panel), Contains("share of NAT ports (1,920, 64 for each of 30 hosts)"));
    EXPECT_THAT(labels(panel), Contains("first SYN dropped 120 s"));
    const Panel& drops = chart(charts, "nat-drops").panels.at(0);
    EXPECT_DOUBLE_EQ(drops.series[0].y.back(), 10);
    EXPECT_THAT(labels(chart(charts, "time-wait").panels.at(0)), Contains("first SYN dropped 120 s"));
    EXPECT_THAT(chart(charts, "ports").panels.at(0).text, HasSubstr("it was the NAT that had none"));
    EXPECT_EQ(find(charts_for({made::fine()}), "nat-ports"), nullptr);
}

TEST(Caveats, SayWhatARunIsNot) {
    const RunRecord exhausted = made::exhausted(), modelled = made::modelled(), interrupted = made::interrupted();
    EXPECT_THAT(caveats_of({&exhausted}), ElementsAre("compressed x60", "enforced 240 s as 4.000 s",
                                                      "windows-2000 values on Linux", "2 values unverified"));
    EXPECT_THAT(caveats_of({&modelled}), testing::IsSupersetOf({std::string{"modelled"}}));
    EXPECT_THAT(caveats_of({&modelled}), Contains(HasSubstr("unverified")));
    EXPECT_THAT(caveats_of({&modelled}), Not(Contains(HasSubstr("on Linux"))));
    EXPECT_THAT(caveats_of({&exhausted, &interrupted}), Contains("1 of 2 runs interrupted"));
    RunRecord plain = exhausted;
    plain.scenario.lab.time_scale = 1;
    plain.enforced.reset();
    plain.scenario.host.profile = "linux";
    EXPECT_THAT(caveats_of({&plain}), IsEmpty());
    plain.scenario.server.drops_syn = 0.5;
    EXPECT_THAT(caveats_of({&plain}), ElementsAre("dropped SYNs emulated"));
    EXPECT_THAT(caveats_of(exhausted.scenario), testing::ElementsAreArray(caveats_of({&exhausted})));
}

TEST(Subjects, TellEnginesApart) {
    RunRecord model = made::exhausted();
    model.engine = "model";
    const Charts charts = charts_for({made::exhausted(), model});
    EXPECT_EQ(charts.subjects.at(0).name, "as explained (kernel)");
    EXPECT_EQ(charts.subjects.at(1).name, "as explained (model)");
}

TEST(Subjects, AreNamedAsTheirVariantsWhereEachHasOneEngine) {
    RunRecord model = made::fine();
    model.scenario.name = "other";
    model.engine = "model";
    const Charts charts = charts_for({made::exhausted(), model});
    EXPECT_EQ(charts.subjects.at(0).name, "article, as explained");
    EXPECT_EQ(charts.subjects.at(1).name, "other, 30 s");
}

TEST(PortsChart, TakesAnyCapacityOfARecord) {
    RunRecord run = made::exhausted();
    run.totals.ports_capacity = ~0ULL;
    for (record::Sample& sample : run.samples) {
        sample.ports_free = ~0ULL;
        sample.ports_in_use = 0;
    }
    const Charts charts = charts_for({run});
    const auto ports = std::ranges::find(charts.charts, "ports", &Chart::id);
    ASSERT_NE(ports, charts.charts.end());
    EXPECT_THAT(ports->panels.at(0).text, HasSubstr("9,223,372,036,854,775,808 ports were free"));
}

}  // namespace
}  // namespace portdrought::charts
