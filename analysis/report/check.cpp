#include "analysis/report/check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/expect/quantity.hpp"
#include "analysis/findings/verdict.hpp"

namespace portdrought::report {
namespace {

using expect::Judgement;
using expect::Verdict;

std::string distance_words(const Judgement& judgement) {
    const double margin = judgement.margin.value_or(0);
    if (margin == 0 || std::isinf(margin)) return "";
    const std::string size = expect::to_text(std::abs(margin), judgement.unit);
    return judgement.verdict == Verdict::pass ? ", room " + size : ", missed by " + size;
}

}  // namespace

CheckCounts counts(const std::vector<Check>& checks) {
    CheckCounts result;
    for (const Check& check : checks) {
        for (const Judgement& judgement : check.judgements) {
            ++result.judged;
            if (judgement.verdict == Verdict::fail) ++result.failed;
            if (judgement.verdict == Verdict::invalid) ++result.invalid;
        }
        result.unmentioned += unmentioned_problems(check).size();
        if (check.regressions) result.regressions += check.regressions->found.size();
    }
    return result;
}

std::string measured_words(const Judgement& judgement) {
    if (judgement.verdict == Verdict::invalid || !judgement.measured || !judgement.limit) return judgement.reason;
    const auto [measured, limit] = expect::to_texts(*judgement.measured, *judgement.limit, judgement.unit);
    return "measured " + measured + (judgement.limit_is_written ? "" : ", limit " + limit) + distance_words(judgement);
}

std::vector<std::string> unmentioned_problems(const Check& check) {
    std::vector<std::string> problems;
    for (const expect::Run& run : check.runs) {
        const std::string problem = expect::problem_of(run);
        const auto is_said = [&](const Judgement& judgement) { return judgement.reason == problem; };
        if (!problem.empty() && std::ranges::none_of(check.judgements, is_said)) problems.push_back(problem);
    }
    return problems;
}

std::string title(const Judgement& judgement) {
    const bool is_enough = judgement.variant.empty() || judgement.names_variant;
    return is_enough ? judgement.that : judgement.variant + ": " + judgement.that;
}

std::string words(const expect::Regression& regression) {
    const auto [before, now] = expect::to_texts(regression.before, regression.now, regression.unit);
    const std::string whose = regression.variant.empty() ? "" : " of '" + regression.variant + '\'';
    return fmt::format("{}{} got worse: {} before, {} now (medians of {} and {} runs)", regression.metric, whose,
                       before, now, regression.runs_before, regression.runs_now);
}

std::string verdict_words(const Check& check, const Judgement& judgement) {
    if (!judgement.run) return "";
    const findings::Verdict verdict = findings::verdict(*check.runs.at(*judgement.run).record);
    return verdict.headline + (verdict.explanation.empty() ? "" : " " + verdict.explanation);
}

std::string record_of(const Check& check, const Judgement& judgement) {
    return judgement.run ? check.runs.at(*judgement.run).name : "";
}

}  // namespace portdrought::report
