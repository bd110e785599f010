#include "analysis/report/annotations.hpp"

#include <fmt/format.h>

#include <string_view>

#include "core/printable.hpp"

namespace portdrought::report {
namespace {

using expect::Judgement;
using expect::Verdict;

/// What ends a line or begins an escape; of a property also what ends it.
std::string escaped(std::string_view text, bool in_property) {
    std::string result;
    for (const char c : core::printable(text)) {
        if (c == '%')
            result += "%25";
        else if (c == '\n')
            result += "%0A";
        else if (in_property && c == ':')
            result += "%3A";
        else if (in_property && c == ',')
            result += "%2C";
        else
            result += c;
    }
    return result;
}

std::string annotation(const Check& check, const scenario::Position* at, std::string_view title,
                       std::string_view message) {
    std::string place;
    if (check.file) place = "file=" + escaped(*check.file, true) + ',';
    if (check.file && at != nullptr) place += fmt::format("line={},col={},", at->line, at->column);
    return fmt::format("::error {}title={}::{}\n", place, escaped(title, true), escaped(message, false));
}

std::string annotation(const Check& check, const Judgement& judgement) {
    const std::string what = check.scenario + ": " + title(judgement);
    if (judgement.verdict == Verdict::invalid)
        return annotation(check, &judgement.at, "not valid: " + what, measured_words(judgement));
    return annotation(
        check, &judgement.at, what,
        measured_words(judgement) + '\n' + verdict_words(check, judgement) + "\nrecord " + record_of(check, judgement));
}

}  // namespace

std::string annotations(const std::vector<Check>& checks) {
    std::string text;
    for (const Check& check : checks) {
        for (const Judgement& judgement : check.judgements)
            if (judgement.verdict != Verdict::pass) text += annotation(check, judgement);
        for (const std::string& problem : unmentioned_problems(check))
            text += annotation(check, nullptr, "not valid: " + check.scenario, problem);
        if (!check.regressions) continue;
        for (const expect::Regression& regression : check.regressions->found)
            text += annotation(check, nullptr, check.scenario + ": worse than the baseline", words(regression));
    }
    return text;
}

}  // namespace portdrought::report
