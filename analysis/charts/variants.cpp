#include "analysis/charts/variants.hpp"

#include <algorithm>
#include <tuple>

#include "analysis/charts/caveats.hpp"

namespace portdrought::charts {
namespace {

using record::RunRecord;

auto key_of(const RunRecord& run) { return std::tie(run.scenario.name, run.scenario.variant, run.engine); }

/// What tells the runs apart beyond their variant.
struct Differences {
    bool in_scenario = false, in_engine = false;
};

Differences differences(const Runs& runs) {
    Differences result;
    for (const RunRecord* run : runs) {
        result.in_scenario = result.in_scenario || run->scenario.name != runs.front()->scenario.name;
        result.in_engine = result.in_engine || run->engine != runs.front()->engine;
    }
    return result;
}

std::string name_of(const RunRecord& run, const Differences& differences) {
    std::string name = variant_name(run.scenario);
    if (differences.in_scenario)
        name = run.scenario.variant.empty() ? run.scenario.name : run.scenario.name + ", " + name;
    return differences.in_engine ? name + " (" + run.engine + ")" : name;
}

void finish(Variant& variant, const Differences& differences) {
    std::ranges::copy_if(variant.all, std::back_inserter(variant.drawn),
                         [](const RunRecord* run) { return is_counted(*run); });
    variant.subject = {name_of(*variant.all.front(), differences), variant.all.size(), variant.drawn.size(),
                       caveats_of(variant.all)};
    if (variant.drawn.empty()) variant.drawn = variant.all;
}

}  // namespace

std::string variant_name(const scenario::Scenario& scenario) {
    return scenario.variant.empty() ? "(as written)" : scenario.variant;
}

std::vector<Variant> variants_of(const Runs& runs) {
    std::vector<Variant> variants;
    for (const RunRecord* run : runs) {
        auto found = std::ranges::find_if(
            variants, [run](const Variant& variant) { return key_of(*variant.all.front()) == key_of(*run); });
        if (found == variants.end()) found = variants.insert(variants.end(), Variant{});
        found->all.push_back(run);
    }
    for (Variant& variant : variants) finish(variant, differences(runs));
    return variants;
}

}  // namespace portdrought::charts
