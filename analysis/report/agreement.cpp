#include "analysis/report/agreement.hpp"

#include <fmt/format.h>

#include "analysis/text/numbers.hpp"

namespace portdrought::report {

using agreement::Verdict;

AgreementCounts counts(const std::vector<Validated>& all) {
    AgreementCounts result;
    for (const Validated& each : all) {
        ++result.runs;
        switch (each.agreement.verdict) {
            case Verdict::agrees: ++result.agree; break;
            case Verdict::differs: ++result.differ; break;
            case Verdict::not_measured: ++result.not_measured; break;
            case Verdict::not_modelled: ++result.not_modelled; break;
        }
    }
    return result;
}

std::string summary_line(const std::vector<Validated>& all) {
    const AgreementCounts found = counts(all);
    std::string line =
        fmt::format("{} of {} judged", text::thousands(found.judged()), text::counted(found.runs, "run"));
    if (found.differ > 0)
        line += fmt::format(": {} beyond a limit", text::thousands(found.differ));
    else if (found.judged() > 0)
        line += ": all within their limits";
    if (found.not_measured > 0) line += fmt::format("; {} not measured", text::thousands(found.not_measured));
    if (found.not_modelled > 0) line += fmt::format("; {} not modelled", text::thousands(found.not_modelled));
    return line;
}

}  // namespace portdrought::report
