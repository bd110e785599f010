#include "analysis/charts/variants.hpp"

#include <algorithm>
#include <tuple>

#include "analysis/charts/caveats.hpp"

namespace portdrought::charts {
namespace {

using record::RunRecord;

auto key_of(const RunRecord& run) { return std::tie(run.scenario.name, run.scenario.variant, run.engine); }

bool has_several_scenarios(const Runs& runs) {
    return std::ranges::any_of(runs,
                               [&](const RunRecord* run) { return run->scenario.name != runs.front()->scenario.name; });
}

/// By the same name as in a comparison; with the engine only where two made runs of this variant, which a comparison
/// keeps together.
std::string name_of(const RunRecord& run, const Runs& runs) {
    const std::string name =
        has_several_scenarios(runs) ? scenario::full_name(run.scenario) : scenario::variant_name(run.scenario.variant);
    const bool in_engine = std::ranges::any_of(runs, [&](const RunRecord* other) {
        return other->scenario.name == run.scenario.name && other->scenario.variant == run.scenario.variant &&
               other->engine != run.engine;
    });
    return in_engine ? name + " (" + run.engine + ")" : name;
}

void finish(Variant& variant, const Runs& runs) {
    std::ranges::copy_if(variant.all, std::back_inserter(variant.drawn),
                         [](const RunRecord* run) { return is_counted(*run); });
    variant.subject = {name_of(*variant.all.front(), runs), variant.all.size(), variant.drawn.size(),
                       caveats_of(variant.all)};
    if (variant.drawn.empty()) variant.drawn = variant.all;
}

}  // namespace

std::vector<Variant> variants_of(const Runs& runs) {
    std::vector<Variant> variants;
    for (const RunRecord* run : runs) {
        auto found = std::ranges::find_if(
            variants, [run](const Variant& variant) { return key_of(*variant.all.front()) == key_of(*run); });
        if (found == variants.end()) found = variants.insert(variants.end(), Variant{});
        found->all.push_back(run);
    }
    for (Variant& variant : variants) finish(variant, runs);
    return variants;
}

}  // namespace portdrought::charts
