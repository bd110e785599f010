// What `check` found out about one scenario, for every format it is told in.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "analysis/expect/judge.hpp"
#include "analysis/expect/regression.hpp"

namespace portdrought::report {

struct Check {
    std::string scenario;             // its name
    std::optional<std::string> file;  // as the user gave it; absent for one of the catalogue
    std::vector<expect::Run> runs;    // in the order they were made
    std::vector<expect::Judgement> judgements;
    std::vector<std::string> left_out;               // a sentence per expectation that was not judged
    std::optional<expect::Regressions> regressions;  // where there was something to compare with
};

/// Over all scenarios.
struct CheckCounts {
    std::size_t judged = 0, failed = 0, invalid = 0, regressions = 0, unmentioned = 0;
};
CheckCounts counts(const std::vector<Check>& checks);

/// "measured 2,200, limit 0, missed by 2,200"; the reason where it is not valid.
std::string measured_words(const expect::Judgement& judgement);

/// "runs/x.json is not valid: …" for each run without figures that no judgement speaks of: of a variant without
/// expectations, or beside another one of its variant. The exit code is about them as well.
std::vector<std::string> unmentioned_problems(const Check& check);

/// "off: outcomes.no_port_connect == 0"
std::string title(const expect::Judgement& judgement);

/// "connect_us.p99 of 'off' got worse: 24 us before, 48 us now (medians of 4 and 4 runs)"
std::string words(const expect::Regression& regression);

/// What the run that decided showed, in a sentence or two; empty where there is none.
std::string verdict_words(const Check& check, const expect::Judgement& judgement);
/// Its path; empty where there is none.
std::string record_of(const Check& check, const expect::Judgement& judgement);

}  // namespace portdrought::report
