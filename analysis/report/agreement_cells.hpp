// A figure that two engines have, as cells of a table. For every form. Pure.
#pragma once

#include <string>

#include "analysis/report/agreement.hpp"

namespace portdrought::report {

struct AgreementCells {
    std::string kernel, model;  // "3,976", "119 s", "never"; the model's may be a range
    std::string apart;          // beyond the model's: "1", "none", "one never"; of a curve with its time
    std::string limit;          // "equal", "39.8"; "none" where it is shown, not judged
};
AgreementCells cells_of(const agreement::Figure& figure);

/// Both engines agree that there is no such thing: no attempt that ended so, a moment that never came.
bool is_nothing(const agreement::Figure& figure);

/// "article, as explained"
std::string name_of(const Validated& validated);

}  // namespace portdrought::report
