#include "cli/validation.hpp"

#include "scenario/rules.hpp"

namespace portdrought::cli {

agreement::Agreement Validation::of(const record::RunRecord& kernel) const {
    if (auto nothing = agreement::unusable(kernel)) return *nothing;  // before a hundred runs for it
    const std::vector<scenario::Scenario> scenarios = agreement::on_model(kernel);
    // The machine that made the record had the descriptors; here none are opened.
    const scenario::Limits limits{kernel.host.descriptor_limit};
    if (const auto findings = scenario::findings(scenarios.front(), limits); !findings.empty())
        return agreement::not_modelled(findings.front().keys.front() + ": " + findings.front().text);
    std::vector<record::RunRecord> models;
    for (const scenario::Scenario& scenario : scenarios) {
        models.push_back(model_.run(scenario, kernel.repetition, observer_));
        if (!models.back().validity.valid || models.back().interrupted) break;
    }
    return agreement::compare(kernel, models, limits_);
}

}  // namespace portdrought::cli
