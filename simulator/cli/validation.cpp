#include "cli/validation.hpp"

#include "scenario/rules.hpp"

namespace portdrought::cli {

agreement::Agreement Validation::of(const record::RunRecord& kernel) const {
    const scenario::Scenario scenario = agreement::on_model(kernel);
    // The machine that made the record had the descriptors; here none are opened.
    const scenario::Limits limits{kernel.host.descriptor_limit};
    if (const auto findings = scenario::findings(scenario, limits); !findings.empty())
        return agreement::not_modelled(findings.front().keys.front() + ": " + findings.front().text);
    return agreement::compare(kernel, model_.run(scenario, kernel.repetition, observer_), limits_);
}

}  // namespace portdrought::cli
