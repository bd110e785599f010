#include "analysis/agreement/agreement.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "analysis/agreement/determinism.hpp"
#include "analysis/agreement/figures.hpp"
#include "scenario/compress.hpp"

namespace portdrought::agreement {
namespace {

using record::RunRecord;
using scenario::PortSearch;

/// More of them are thinned out by an engine anyway.
constexpr int samples_wanted = 1000;
constexpr core::Duration least_sample = std::chrono::milliseconds{1};
/// A kernel's run lies beyond all of so many equal ones in 2 of 101 cases, but then by little.
constexpr std::uint64_t chances = 100;

std::string first_note(const RunRecord& record, const char* otherwise) {
    return record.validity.notes.empty() ? otherwise : record.validity.notes.front();
}

/// The limits count from what all of them span: one that was cut short would let anything agree.
std::optional<Agreement> unusable(const std::vector<RunRecord>& models) {
    const auto bad =
        std::ranges::find_if(models, [](const RunRecord& model) { return !model.validity.valid || model.interrupted; });
    if (bad == models.end()) return std::nullopt;
    return not_modelled(first_note(*bad, "the model's run was interrupted"));
}

bool lacks_its_trace(const scenario::Load& load) {
    return load.arrivals == core::Arrivals::trace && !load.trace_rows.shared;
}

struct Brought {
    int major, minor;
    PortSearch search;
};

/// Which release brought which search, the newest first.
constexpr std::array brought{Brought{6, 18, PortSearch::linux_6_18}, Brought{6, 8, PortSearch::linux_6_8},
                             Brought{5, 18, PortSearch::linux_5_18}, Brought{5, 12, PortSearch::linux_5_12},
                             Brought{4, 6, PortSearch::linux_4_6},   Brought{4, 2, PortSearch::linux_4_2}};

/// `release` as uname -r has it: "6.18.44-cloud".
PortSearch search_of(const std::string& release) {
    int major = 0, minor = 0;
    const char* end = release.data() + release.size();
    const auto dot = std::from_chars(release.data(), end, major);
    if (dot.ec != std::errc{} || dot.ptr == end) return scenario::Host{}.port_search;
    std::from_chars(dot.ptr + 1, end, minor);
    const auto* found = std::ranges::find_if(brought, [&](const Brought& one) {
        return std::pair{major, minor} >= std::pair{one.major, one.minor};
    });
    return found == brought.end() ? brought.back().search : found->search;
}

/// Other seeds would mean another load where it is drawn.
std::uint64_t chances_of(const scenario::Scenario& scenario) {
    return is_deterministic(scenario) || has_a_drawn_load(scenario) ? 1 : chances;
}

}  // namespace

std::string_view name(Verdict verdict) {
    switch (verdict) {
        case Verdict::agrees: return "agrees";
        case Verdict::differs: return "differs";
        case Verdict::not_measured: return "not measured";
        case Verdict::not_modelled: break;
    }
    return "not modelled";
}

Agreement not_modelled(std::string reason) { return {Verdict::not_modelled, std::move(reason), {}, {}}; }

std::optional<Agreement> unusable(const RunRecord& kernel) {
    if (kernel.interrupted) return Agreement{Verdict::not_measured, "the kernel's run was interrupted", {}, {}};
    if (!kernel.validity.valid)
        return Agreement{Verdict::not_measured, first_note(kernel, "the kernel's run is not valid"), {}, {}};
    if (!kernel.scenario.load.rate)
        return not_modelled(
            "In a closed loop the speed of the machine decides how many attempts there are. Write a load.rate.");
    if (lacks_its_trace(kernel.scenario.load))
        return not_modelled(
            fmt::format("The record names its trace, \"{}\", but does not hold it. Name the scenario instead, which "
                        "makes a new run on the kernel.",
                        kernel.scenario.load.trace));
    return std::nullopt;
}

std::vector<scenario::Scenario> on_model(const RunRecord& kernel) {
    scenario::Scenario scenario = kernel.scenario;
    scenario.lab.engine = scenario::Engine::model;
    scenario.host.port_search = search_of(kernel.host.kernel);
    const core::Duration close = scenario::compress(scenario).load.duration / samples_wanted;
    scenario.lab.sample = std::clamp(close, std::min(least_sample, scenario.lab.sample), scenario.lab.sample);
    std::vector<scenario::Scenario> all(chances_of(scenario), scenario);
    for (std::uint64_t i = 0; i < all.size(); ++i) all[i].lab.seed += i;
    return all;
}

Agreement compare(const RunRecord& kernel, const std::vector<RunRecord>& models, const Limits& limits) {
    if (auto nothing = unusable(kernel)) return *nothing;
    if (auto nothing = unusable(models)) return *nothing;
    Comparer comparer(kernel, models, limits);
    comparer.counts();
    comparer.first_failure();
    comparer.curves();
    comparer.peaks();
    comparer.latencies();
    comparer.what_is_left();
    return std::move(comparer).result();
}

}  // namespace portdrought::agreement
