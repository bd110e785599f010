#include "analysis/report/standing.hpp"

#include <algorithm>

namespace portdrought::report {

using findings::Finding;

const char* name(Standing standing) {
    switch (standing) {
        case Standing::good: return "good";
        case Standing::mixed: return "mixed";
        case Standing::bad: return "bad";
        case Standing::open: return "open";
        case Standing::invalid: return "invalid";
    }
    return "";
}

Standing standing_of(Finding finding) {
    switch (finding) {
        case Finding::no_failure:
        case Finding::held_back: return Standing::good;
        case Finding::nothing_attempted: return Standing::open;
        default: return Standing::bad;
    }
}

bool loses_data(const record::RunRecord& record) {
    return record.totals.cost.bytes_lost.value_or(0) > 0 || record.totals.cost.transfers_cut.value_or(0) > 0;
}

Standing standing_of(const record::RunRecord& record) {
    if (!record.validity.valid) return Standing::invalid;
    Standing standing = standing_of(findings::finding_of(record));
    if (standing == Standing::good && loses_data(record)) standing = Standing::mixed;
    return record.interrupted && standing == Standing::good ? Standing::open : standing;
}

Standing together(Standing a, Standing b) {
    if (a == b) return a;
    const auto says_nothing = [](Standing standing) {
        return standing == Standing::open || standing == Standing::invalid;
    };
    if (says_nothing(a) && says_nothing(b)) return Standing::invalid;
    if (says_nothing(a)) return b;
    return says_nothing(b) ? a : Standing::mixed;
}

}  // namespace portdrought::report
