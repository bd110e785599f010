#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <string_view>

#include "analysis/knees/path_forecast.hpp"
#include "analysis/report/knee_text.hpp"
#include "analysis/report/section.hpp"
#include "cli/commands.hpp"
#include "cli/delivery.hpp"
#include "cli/next_step.hpp"
#include "cli/output.hpp"
#include "cli/runs.hpp"
#include "cli/scenario_choice.hpp"
#include "model/unmodelled.hpp"
#include "os/process/limits.hpp"
#include "scenario/keys/value_text.hpp"
#include "scenario/rules.hpp"

namespace portdrought::cli {
namespace {

using report::Ending;
using report::KneeReport;
using scenario::Scenario;
using Steady = std::chrono::steady_clock;

constexpr double usual_budget_s = 120, usual_resolution = 0.05;
constexpr std::uint32_t usual_repeat = 2;
constexpr double around_a_run_s = 0.4;  // namespace, census, record
constexpr double least_runs = 4;        // a plateau, either side of a knee, and one to spare

struct Options {
    double budget_s = usual_budget_s, resolution = usual_resolution;
    std::optional<double> from_per_s, to_per_s;
    std::uint32_t repeat = usual_repeat;
};

double rate_option(const char* name, const std::string& text) {
    if (const auto rate = scenario::rate_from(text)) return rate->per_second;
    throw UsageError(
        fmt::format("--{}: \"{}\" is not a rate; write connections per second, such as \"20/s\"", name, text));
}

double budget_option(const std::string& text) {
    const auto budget = scenario::duration_from(text);
    if (budget && *budget > core::Duration{0}) return core::seconds(*budget);
    throw UsageError(fmt::format("--budget: \"{}\" is not a length of time; write such as \"120s\" or \"5min\"", text));
}

double resolution_option(const std::string& text) {
    constexpr double least = 0.5, most = 50;
    const auto percent = scenario::number_from(std::string_view(text).substr(0, text.find_last_not_of(" %") + 1));
    if (percent && *percent >= least && *percent <= most) return *percent / 100;
    throw UsageError(fmt::format("--resolution: \"{}\" is out of range; write \"{}%\" to \"{}%\"", text, least, most));
}

Options options_of(const CommandLine& line) {
    Options options;
    if (line.budget) options.budget_s = budget_option(*line.budget);
    if (line.resolution) options.resolution = resolution_option(*line.resolution);
    if (line.from) options.from_per_s = rate_option("from", *line.from);
    if (line.to) options.to_per_s = rate_option("to", *line.to);
    options.repeat = line.repeat.value_or(usual_repeat);
    if (options.from_per_s && options.to_per_s && *options.from_per_s >= *options.to_per_s)
        throw UsageError(fmt::format("--from: {}/s is not below --to {}/s; write a lower one", *options.from_per_s,
                                     *options.to_per_s));
    return options;
}

bool is_modelled(const Scenario& scenario) { return scenario.lab.engine == scenario::Engine::model; }

/// Without costs a model's workers are never short of CPU time.
knees::Forecast forecast_of(const Scenario& scenario) {
    knees::Forecast forecast = knees::path_forecast(scenario);
    if (is_modelled(scenario) && !model::costs_are_known(scenario)) forecast.cpu_per_s = INFINITY;
    return forecast;
}

/// The lowest and the highest knee there is; where none is predicted, the scenario's own rate. Of a run that ends
/// before ports come back the ceiling lies far below all that can be seen.
std::pair<double, double> knees_range(const Scenario& scenario, const knees::Forecast& forecast) {
    double least = INFINITY, most = 0;
    for (const auto& knee : {forecast.cliff, forecast.first_failure})
        if (knee.per_s && *knee.per_s > 0) least = std::min(least, *knee.per_s);
    for (const auto& knee : {forecast.cliff, forecast.first_failure, forecast.ceiling})
        if (knee.per_s) most = std::max(most, *knee.per_s);
    const double own = scenario.load.rate.value_or(core::Rate{100}).per_second;
    return most > 0 ? std::pair{std::min(least, most), most} : std::pair{own, own * 8};
}

/// From well below the lowest knee, where connects are on their plateau, to a quarter more than the highest. A rate
/// that the workers cannot make is not tried far beyond what they can.
knees::SearchPlan search_plan(const Scenario& scenario, const knees::Forecast& forecast, const Options& options) {
    if (scenario.load.arrivals == core::Arrivals::trace)
        throw UsageError(
            "load.arrivals: a knee is searched by rate, and a trace has its own; write --set load.arrivals=constant "
            "--set load.trace=");
    constexpr double below = 0.7, overload = 1.25, hopeless = 2;
    const auto [least, most] = knees_range(scenario, forecast);
    knees::SearchPlan plan;
    plan.to_per_s = options.to_per_s.value_or(std::min(most * overload, forecast.cpu_per_s * hopeless));
    plan.from_per_s = options.from_per_s.value_or(std::min(least, plan.to_per_s) * below);
    if (plan.from_per_s >= plan.to_per_s)
        throw UsageError(
            fmt::format("--from: {:.4g}/s is not below {:.4g}/s, where the search ends; write a lower one, "
                        "or a higher --to",
                        plan.from_per_s, plan.to_per_s));
    plan.resolution = options.resolution;
    plan.repeat = options.repeat;
    const auto inside = [&plan](const std::optional<double>& guess) {
        return guess && *guess > plan.from_per_s && *guess < plan.to_per_s;
    };
    if (inside(forecast.cliff.per_s)) plan.cliff_guess = forecast.cliff.per_s;
    if (inside(forecast.first_failure.per_s)) plan.failure_guess = forecast.first_failure.per_s;
    return plan;
}

/// Real time that is known beforehand; the model's own depends on the machine and is seldom worth counting.
double run_length_s(const Scenario& scenario) {
    if (is_modelled(scenario)) return 0;
    return core::seconds(scenario::compressed(scenario, scenario.load.duration)) + around_a_run_s;
}

void check_budget(const Scenario& scenario, const Options& options) {
    const double needed = least_runs * run_length_s(scenario);
    if (options.budget_s >= needed) return;
    throw UsageError(
        fmt::format("--budget: {:.4g} s are too short: a run of {} takes {:.0f} s, and {:.0f} are the least; "
                    "write --budget {:.0f}s, or a shorter load.duration",
                    options.budget_s, scenario.name, run_length_s(scenario), least_runs, std::ceil(needed)));
}

void say(const CommandLine& line, const KneeReport& report, const knees::Observation& run) {
    if (line.quiet) return;
    const std::string found = !run.held              ? "could not be held"
                              : run.disturbed        ? "not valid"
                              : run.without_port > 0 ? fmt::format("{} without a port", run.without_port)
                              : run.nat_dropped > 0  ? fmt::format("{} SYNs dropped by the NAT", run.nat_dropped)
                                                     : "no failure";
    const std::string connect = run.timeless ? ""
                                             : fmt::format("connect p50 {:.0f} us, p99 {:.0f} us  ",
                                                           core::seconds(run.connect.quantile(0.5)) * 1e6,
                                                           core::seconds(run.connect.quantile(0.99)) * 1e6);
    fmt::print(stderr, "{:3}  {:8.4g}/s  {}{}  ({:.0f} of {:.0f} s)\n", report.observations.size(), run.rate_per_s,
               connect, found, report.elapsed_s, report.budget_s);
}

/// Drives the search with the engine until it has no question left, the time is over, or somebody stops it.
class KneeSearch {
public:
    KneeSearch(const Scenario& scenario, const Options& options, const CommandLine& line)
        : scenario_(scenario), line_(line), search_(plan_of(scenario, options)) {
        report_.scenario = scenario;
        report_.forecast = forecast_of(scenario);
        report_.plan = plan_of(scenario, options);
        report_.budget_s = options.budget_s;
    }

    KneeReport run(std::vector<FinishedRun>& records) {
        while (const auto rate = next()) {
            const Runs runs = perform(
                {at(*rate)}, 1, line_, [](const FinishedRun&) {}, stage(*rate));
            report_.elapsed_s = elapsed_s();
            take(runs, *rate, records);
            if (runs.interrupted) {
                report_.ending = Ending::interrupted;
                break;
            }
        }
        report_.knees = search_.knees();
        if (report_.ending == Ending::complete && !report_.knees.is_complete) report_.ending = Ending::hopeless;
        return report_;
    }

private:
    static knees::SearchPlan plan_of(const Scenario& scenario, const Options& options) {
        return search_plan(scenario, forecast_of(scenario), options);
    }

    double elapsed_s() const { return std::chrono::duration<double>(Steady::now() - start_).count(); }

    std::optional<double> next() {
        const auto rate = search_.next();
        if (!rate || elapsed_s() + run_length_s(scenario_) <= report_.budget_s) return rate;
        report_.ending = Ending::budget;
        return std::nullopt;
    }

    Stage stage(double rate) const {
        const std::chrono::duration<double> budget(report_.budget_s);
        return {fmt::format("run {} at {:.4g}/s", report_.observations.size() + 1, rate),
                start_ + std::chrono::duration_cast<Steady::duration>(budget)};
    }

    Scenario at(double rate) const {
        Scenario scenario = scenario_;
        scenario.load.rate = core::Rate{rate};
        scenario.lab.seed += report_.observations.size();  // repeats must not repeat the same random arrivals
        return scenario;
    }

    void take(const Runs& runs, double rate, std::vector<FinishedRun>& records) {
        for (const FinishedRun& run : runs.finished) {
            knees::Observation observation = knees::observe(run.record);
            observation.rate_per_s = rate;
            records.push_back(run);
            if (observation.interrupted) continue;
            report_.observations.push_back(observation);
            say(line_, report_, observation);
            search_.tell(std::move(observation));
        }
    }

    Scenario scenario_;
    const CommandLine& line_;
    knees::Search search_;
    KneeReport report_;
    Steady::time_point start_ = Steady::now();
};

/// Mistakes that a rate of the search would make of the scenario; before anything is run.
void check_rates(Scenario scenario, const Options& options) {
    const knees::SearchPlan plan = search_plan(scenario, forecast_of(scenario), options);
    for (const double rate : {plan.from_per_s, plan.to_per_s}) {
        scenario.load.rate = core::Rate{rate};
        const auto mistakes = scenario::findings(scenario, scenario::Limits{os::descriptor_limit().hard});
        if (!mistakes.empty())
            throw UsageError(fmt::format("at {:.4g}/s, which the search would try: {}: {}", rate,
                                         mistakes.front().keys.front(), mistakes.front().text));
    }
}

/// A knee was found, or none was to be found.
bool has_result(const KneeReport& report) {
    using knees::Status;
    const auto says_something = [](Status status) { return status == Status::bracketed || status == Status::not_seen; };
    return says_something(report.knees.cliff.status) || says_something(report.knees.first_failure.status) ||
           says_something(report.knees.ceiling.status);
}

int exit_code_of(const std::vector<KneeReport>& reports) {
    int code = exit_fine;
    for (const KneeReport& report : reports) {
        if (report.ending == Ending::interrupted) return exit_interrupted;
        if (!has_result(report)) code = exit_invalid;
    }
    return code;
}

}  // namespace

int knee(const CommandLine& line) {
    const Options options = options_of(line);
    const std::vector<Scenario> variants = choose_scenarios(line);
    for (const Scenario& variant : variants) {
        check_budget(variant, options);
        check_rates(variant, options);
    }
    prepare_files(line);
    std::vector<FinishedRun> records;
    std::vector<KneeReport> reports;
    for (const Scenario& variant : variants) {
        reports.push_back(KneeSearch(variant, options, line).run(records));
        if (line.format == Format::text) {
            fmt::print("{}{}", reports.size() == 1 ? "" : "\n", report::render_text(reports.back(), style_of(line)));
            std::fflush(stdout);
        }
        if (reports.back().ending == Ending::interrupted) break;
    }
    deliver(report_of({report::section_of(reports, reported_runs(records))}, line), line,
            [&] { print_last_lines(line, records_folder(line), same_scenario("plan", line)); });
    return exit_code_of(reports);
}

}  // namespace portdrought::cli
