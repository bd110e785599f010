#include "cli/validation.hpp"

#include "analysis/charts/agreement_charts.hpp"
#include "scenario/rules.hpp"

namespace portdrought::cli {

agreement::Agreement Validation::of(const record::RunRecord& kernel) const {
    std::vector<record::RunRecord> models;
    return judged(kernel, models);
}

report::Validated Validation::validated(const record::RunRecord& kernel, std::string path, bool is_drawn) const {
    std::vector<record::RunRecord> models;
    report::Validated result{&kernel, std::move(path), judged(kernel, models), {}};
    if (is_drawn && !result.agreement.figures.empty())
        result.charts = charts::agreement_charts(kernel, models, result.agreement);
    return result;
}

agreement::Agreement Validation::judged(const record::RunRecord& kernel, std::vector<record::RunRecord>& models) const {
    if (auto nothing = agreement::unusable(kernel)) return *nothing;  // before a hundred runs for it
    const std::vector<scenario::Scenario> scenarios = agreement::on_model(kernel);
    // The machine that made the record had the descriptors; here none are opened.
    const scenario::Limits limits{kernel.host.descriptor_limit};
    if (const auto findings = scenario::findings(scenarios.front(), limits); !findings.empty())
        return agreement::not_modelled(findings.front().keys.front() + ": " + findings.front().text);
    for (const scenario::Scenario& scenario : scenarios) {
        models.push_back(model_.run(scenario, kernel.repetition, observer_));
        if (!models.back().validity.valid || models.back().interrupted) break;
    }
    return agreement::compare(kernel, models, limits_);
}

}  // namespace portdrought::cli
