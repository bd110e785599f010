#include "analysis/charts/caveats.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/findings/trust.hpp"
#include "analysis/text/numbers.hpp"
#include "scenario/profile.hpp"

namespace portdrought::charts {
namespace {

using record::RunRecord;
using Runs = std::vector<const RunRecord*>;

void add_once(std::vector<std::string>& all, std::string text) {
    if (!text.empty() && std::ranges::find(all, text) == all.end()) all.push_back(std::move(text));
}

std::string compressed(const scenario::Scenario& scenario) {
    return scenario.lab.time_scale == 1 ? "" : "compressed x" + text::figure(scenario.lab.time_scale);
}

std::string enforced(const scenario::Scenario& scenario, core::Duration wanted) {
    const std::string length = "enforced " + text::seconds(scenario::time_wait_length(scenario));
    return scenario.lab.time_scale == 1 ? length : fmt::format("{} as {:.3f} s", length, core::seconds(wanted));
}

std::string emulated(const scenario::Scenario& scenario, bool is_modelled) {
    return scenario.server.drops_syn > 0 && !is_modelled ? "dropped SYNs emulated" : "";
}

std::string unverified(std::size_t values) { return values == 0 ? "" : text::counted(values, "value") + " unverified"; }

/// Values of another system than the one that ran it: how that system itself behaves nobody saw.
std::string foreign(const scenario::Scenario& scenario, bool is_modelled) {
    const std::string& profile = scenario.host.profile;
    const bool is_foreign = !profile.empty() && profile != "none" && !profile.starts_with("linux");
    return is_foreign && !is_modelled ? profile + " values on Linux" : "";
}

/// A record of the kernel does not say what nobody could check of its profile; the profile does, and runs of one
/// variant have the same.
std::size_t unverified_values(const Runs& runs) {
    std::vector<std::string> all = findings::unverified(runs);
    const auto on_kernel =
        std::ranges::find_if(runs, [](const RunRecord* run) { return !findings::is_modelled(*run); });
    if (on_kernel != runs.end())
        for (std::string& sentence : scenario::unverified((*on_kernel)->scenario)) add_once(all, std::move(sentence));
    return all.size();
}

/// "not valid" of one run, "2 of 5 runs not valid" of several.
std::string some(std::size_t count, std::size_t runs, const char* what) {
    return runs == 1 ? what : fmt::format("{} of {} runs {}", count, runs, what);
}

std::string not_valid(const Runs& runs) {
    const auto is_bad = [](const RunRecord* run) { return !run->validity.valid; };
    const auto bad = static_cast<std::size_t>(std::ranges::count_if(runs, is_bad));
    if (bad == 0) return {};
    const std::vector<std::string>& notes = (*std::ranges::find_if(runs, is_bad))->validity.notes;
    return some(bad, runs.size(), "not valid") + (notes.empty() ? "" : ": " + notes.front());
}

std::string interrupted(const Runs& runs) {
    const auto cut =
        static_cast<std::size_t>(std::ranges::count_if(runs, [](const RunRecord* run) { return run->interrupted; }));
    return cut == 0 ? "" : some(cut, runs.size(), "interrupted");
}

}  // namespace

bool is_counted(const RunRecord& run) { return run.validity.valid && !run.interrupted; }

std::vector<std::string> caveats_of(const Runs& runs) {
    std::vector<std::string> all;
    for (const RunRecord* run : runs) add_once(all, compressed(run->scenario));
    for (const RunRecord* run : runs)
        if (run->enforced && run->enforced->entries > 0) add_once(all, enforced(run->scenario, run->enforced->wanted));
    for (const RunRecord* run : runs) add_once(all, emulated(run->scenario, findings::is_modelled(*run)));
    for (const RunRecord* run : runs) add_once(all, findings::is_modelled(*run) ? "modelled" : "");
    for (const RunRecord* run : runs) add_once(all, foreign(run->scenario, findings::is_modelled(*run)));
    add_once(all, unverified(unverified_values(runs)));
    add_once(all, not_valid(runs));
    add_once(all, interrupted(runs));
    return all;
}

std::vector<std::string> caveats_of(const scenario::Scenario& scenario) {
    const bool is_modelled = scenario.lab.engine == scenario::Engine::model;
    std::vector<std::string> all;
    add_once(all, compressed(scenario));
    if (scenario.host.timed_wait_delay && !is_modelled)
        add_once(all, enforced(scenario, scenario::compressed(scenario, *scenario.host.timed_wait_delay)));
    add_once(all, emulated(scenario, is_modelled));
    add_once(all, is_modelled ? "modelled" : "");
    add_once(all, foreign(scenario, is_modelled));
    add_once(all, unverified(scenario::unverified(scenario).size()));
    return all;
}

}  // namespace portdrought::charts
