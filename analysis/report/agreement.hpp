// What `validate` found out about one run, for every format it is told in.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "analysis/agreement/agreement.hpp"
#include "analysis/charts/chart.hpp"

namespace portdrought::report {

struct Validated {
    const record::RunRecord* kernel;  // the run on the kernel
    std::string path;                 // of its record
    agreement::Agreement agreement;
    charts::Charts charts;  // both engines over each other, where somebody is to see them
};

struct AgreementCounts {
    std::size_t runs = 0, agree = 0, differ = 0, not_measured = 0, not_modelled = 0;
    std::size_t judged() const { return agree + differ; }
};
AgreementCounts counts(const std::vector<Validated>& all);

/// "52 of 56 runs judged: all within their limits; 4 not modelled"
std::string summary_line(const std::vector<Validated>& all);

}  // namespace portdrought::report
