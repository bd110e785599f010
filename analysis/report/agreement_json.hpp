// Agreements as the object that `--format json` prints (schema portdrought.result/1, see result_json.hpp).
#pragma once

#include <string>
#include <vector>

#include "analysis/report/agreement.hpp"

namespace portdrought::report {

std::string agreement_json(const std::vector<Validated>& all);

}  // namespace portdrought::report
