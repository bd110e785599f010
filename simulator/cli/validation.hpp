// Holds runs of the kernel against the model: each scenario is played again on simulated time, from the record alone,
// so that no lab is needed. Only a trace is not in a record: whoever has its rows puts them into the record's scenario.
#pragma once

#include "analysis/report/agreement.hpp"
#include "engine/engine.hpp"
#include "record/run_record.hpp"

namespace portdrought::cli {

class Validation {
public:
    /// `model` and `observer` must outlive this.
    Validation(engine::Engine& model, const engine::Observer& observer, const agreement::Limits& limits)
        : model_(model), observer_(observer), limits_(limits) {}

    /// Throws what the model throws.
    agreement::Agreement of(const record::RunRecord& kernel) const;
    /// With charts where `is_drawn`; the runs of the model are gone afterwards. Throws what the model throws.
    report::Validated validated(const record::RunRecord& kernel, std::string path, bool is_drawn = false) const;

private:
    agreement::Agreement judged(const record::RunRecord& kernel, std::vector<record::RunRecord>& models) const;

    engine::Engine& model_;
    const engine::Observer& observer_;
    agreement::Limits limits_;
};

}  // namespace portdrought::cli
