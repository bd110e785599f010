#include "analysis/report/headline.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/compare/comparison.hpp"
#include "analysis/findings/verdict.hpp"
#include "analysis/report/check_text.hpp"
#include "analysis/report/sweep_cells.hpp"
#include "analysis/text/numbers.hpp"

namespace portdrought::report {
namespace {

using findings::Finding;
using record::RunRecord;
using Names = std::vector<std::string>;

/// What the runs of one variant that count have in common, by the worst of them.
enum class Fate : std::uint8_t { lasted, ran_out, nat_ran_out, failed_otherwise, got_slow, says_nothing };

struct VariantFate {
    std::string name;
    std::vector<const RunRecord*> runs;  // that count
    Fate fate = Fate::says_nothing;
    Standing standing = Standing::invalid;
};

Fate fate_of(const RunRecord& run) {
    switch (findings::finding_of(run)) {
        case Finding::ports_ran_out:
        case Finding::bind_ran_out:
        case Finding::relay_ran_out: return Fate::ran_out;
        case Finding::failed_otherwise:
            return run.nat && run.nat->dropped > 0 ? Fate::nat_ran_out : Fate::failed_otherwise;
        case Finding::fell_behind: return Fate::failed_otherwise;
        case Finding::latency_cliff: return Fate::got_slow;
        case Finding::nothing_attempted: return Fate::says_nothing;
        case Finding::no_failure:
        case Finding::held_back: return Fate::lasted;
    }
    return Fate::says_nothing;
}

/// Which of two runs' fates is to be told.
int weight(Fate fate) {
    switch (fate) {
        case Fate::says_nothing: return 0;
        case Fate::lasted: return 1;
        case Fate::got_slow: return 2;
        case Fate::failed_otherwise: return 3;
        case Fate::nat_ran_out: return 4;
        case Fate::ran_out: return 5;
    }
    return 0;
}

/// What was seen before an interruption was seen.
VariantFate fate_of(const compare::Group& group) {
    VariantFate variant{scenario::variant_name(group.variant), {}};
    for (const RunRecord* run : group.all) {
        if (!run->validity.valid) continue;
        const Fate fate = fate_of(*run);
        if (weight(fate) > weight(variant.fate)) variant.fate = fate;
        variant.standing = variant.runs.empty() ? standing_of(*run) : together(variant.standing, standing_of(*run));
        variant.runs.push_back(run);
    }
    return variant;
}

std::vector<VariantFate> fates_of(const std::vector<const RunRecord*>& runs) {
    std::vector<VariantFate> fates;
    for (const compare::Group& group : compare::groups_of(runs)) fates.push_back(fate_of(group));
    return fates;
}

/// "'a', 'b' and 3 more"
std::string list(const Names& names) {
    constexpr std::size_t most = 4;
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (i == most && names.size() > most + 1) return fmt::format("{} and {} more", text, names.size() - most);
        const char* before = i == 0 ? "" : i + 1 == names.size() ? " and " : ", ";
        text += fmt::format("{}'{}'", before, names[i]);
    }
    return text;
}

std::string all_of_them(std::size_t count) {
    return count == 2 ? "both variants" : fmt::format("all {} variants", count);
}

std::string first_failure(const VariantFate& variant) {
    std::vector<double> times;
    for (const RunRecord* run : variant.runs)
        if (run->totals.time_to_first_failure_s) times.push_back(*run->totals.time_to_first_failure_s);
    const auto spread = compare::spread_of(times);
    if (!spread) return "";
    const std::string least = text::seconds(spread->least), most = text::seconds(spread->most);
    const std::string range = least == most ? "" : ' ' + text::range(least, most);
    return fmt::format(", after {}{}", text::seconds(spread->median), range);
}

/// Of one variant: its run's own words, or how many of its runs they hold for.
std::string of_one(const VariantFate& variant, const std::vector<const RunRecord*>& all) {
    if (variant.runs.empty()) {
        const auto& notes = all.front()->validity.notes;
        return all.size() == 1 ? fmt::format("The run is not valid: {}", notes.empty() ? "." : notes.front())
                               : fmt::format("None of the {} runs is valid.", all.size());
    }
    if (all.size() == 1) return findings::verdict(*all.front()).headline;
    const auto same = static_cast<std::size_t>(
        std::ranges::count_if(variant.runs, [&](const RunRecord* run) { return fate_of(*run) == variant.fate; }));
    const std::string in = fmt::format(" in {} of {}", same, text::counted(variant.runs.size(), "valid run"));
    switch (variant.fate) {
        case Fate::ran_out: return "Ports ran out" + in + first_failure(variant) + '.';
        case Fate::nat_ran_out: return "The NAT ran out of ports" + in + '.';
        case Fate::failed_otherwise: return "Attempts failed" + in + ", none for want of a port.";
        case Fate::got_slow: return "No attempt failed, but connect() got slow" + in + '.';
        case Fate::lasted: return "No attempt failed" + in + '.';
        case Fate::says_nothing: break;
    }
    return "Nothing was attempted.";
}

std::string sentence_of(std::string text) {
    if (text.empty()) return text;
    if (text.front() >= 'a' && text.front() <= 'z' && !text.starts_with("connect()"))
        text.front() = static_cast<char>(text.front() - 'a' + 'A');
    return text.back() == '.' ? text : text + '.';
}

/// Variants whose ports lasted at the price of data.
Names losing(const std::vector<VariantFate>& variants) {
    Names names;
    for (const VariantFate& variant : variants)
        if (std::ranges::any_of(variant.runs, [](const RunRecord* run) { return loses_data(*run); }))
            names.push_back(variant.name);
    return names;
}

std::string of_several(const std::vector<VariantFate>& variants) {
    struct Clause {
        Fate fate;
        const char* words;  // the first letter as inside a sentence
    };
    constexpr Clause clauses[] = {
        {Fate::ran_out, "ports ran out with "},
        {Fate::nat_ran_out, "the NAT ran out of ports with "},
        {Fate::failed_otherwise, "attempts failed for other reasons than ports with "},
        {Fate::got_slow, "connect() got slow with "},
        {Fate::lasted, "ports lasted with "},
        {Fate::says_nothing, "no run counts of "},
    };
    std::string text;
    for (const Clause& clause : clauses) {
        Names names;
        for (const VariantFate& variant : variants)
            if (variant.fate == clause.fate) names.push_back(variant.name);
        if (names.empty()) continue;
        const bool follows_ports = clause.fate == Fate::lasted && text.starts_with("ports ran out");
        text += fmt::format("{}{}{}", text.empty() ? "" : "; ", follows_ports ? "they lasted with " : clause.words,
                            names.size() < variants.size() ? list(names) : all_of_them(names.size()));
    }
    if (const Names names = losing(variants); !names.empty()) text += "; data was lost with " + list(names);
    return sentence_of(std::move(text));
}

std::string knee_sentence(const KneeReport& knee, bool is_one_of_several) {
    std::string words = is_one_of_several ? scenario::variant_name(knee.scenario.variant) + ": " : "";
    for (const knees::Judgement& item : knees::judge(knee.forecast, knee.knees, knee.scenario))
        words += fmt::format("{}{} {} (predicted {}, {})", words.empty() || words.ends_with(": ") ? "" : ", ",
                             item.knee, item.measured, item.predicted, item.words);
    return words + '.';
}

Standing standing_of(const KneeReport& knee) {
    Standing standing = knee.ending == Ending::hopeless ? Standing::invalid : Standing::open;
    for (const knees::Judgement& item : knees::judge(knee.forecast, knee.knees, knee.scenario)) {
        if (item.verdict == knees::Verdict::open) continue;
        standing = together(standing, item.verdict == knees::Verdict::agrees ? Standing::good : Standing::bad);
    }
    return standing;
}

std::string first_failed(const std::vector<Check>& checks, expect::Verdict verdict) {
    for (const Check& check : checks)
        for (const expect::Judgement& judgement : check.judgements)
            if (judgement.verdict == verdict) {
                const std::string scenario = checks.size() > 1 ? check.scenario + ", " : "";
                return fmt::format("{}{}: {}", scenario, title(judgement), measured_words(judgement));
            }
    return {};
}

}  // namespace

Headline headline(const std::vector<const RunRecord*>& runs) {
    if (runs.empty()) return {Standing::open, "Nothing was run."};
    const std::vector<VariantFate> variants = fates_of(runs);
    Standing standing = variants.front().standing;
    for (const VariantFate& variant : variants) standing = together(standing, variant.standing);
    const auto says_nothing = [](const VariantFate& variant) { return variant.runs.empty(); };
    if (standing == Standing::good && std::ranges::any_of(variants, says_nothing)) standing = Standing::open;
    return {standing, variants.size() == 1 ? of_one(variants.front(), runs) : of_several(variants)};
}

Headline headline(const std::vector<Check>& checks) {
    const CheckCounts all = counts(checks);
    Standing standing = Standing::good;
    if (all.failed + all.regressions > 0) standing = Standing::bad;
    if (all.invalid + all.unmentioned > 0) standing = Standing::invalid;
    std::string sentence = summary_line(checks);
    if (all.failed > 0)
        sentence += ": " + first_failed(checks, expect::Verdict::fail);
    else if (all.invalid > 0)
        sentence += ": " + first_failed(checks, expect::Verdict::invalid);
    return {standing, sentence_of(std::move(sentence))};
}

Headline headline(const std::vector<KneeReport>& knees) {
    if (knees.empty()) return {Standing::open, "Nothing was run."};
    Headline result{standing_of(knees.front()), {}};
    for (const KneeReport& knee : knees) {
        result.standing = together(result.standing, standing_of(knee));
        result.sentence += (result.sentence.empty() ? "" : " ") + knee_sentence(knee, knees.size() > 1);
    }
    if (knees.size() == 1) result.sentence = sentence_of(std::move(result.sentence));
    return result;
}

Headline headline(const std::vector<Validated>& validated) {
    const AgreementCounts all = counts(validated);
    Standing standing = Standing::good;
    if (all.judged() == 0) standing = Standing::open;
    if (all.differ > 0) standing = Standing::bad;
    if (all.not_measured > 0) standing = Standing::invalid;
    return {standing, sentence_of(summary_line(validated))};
}

Headline headline(const SweepTable& sweep) {
    if (sweep.rows.empty()) return {Standing::open, "No point was made."};
    const auto is_valid = [](const record::SweepRow& row) { return row.valid; };
    const auto ran_out = [](const record::SweepRow& row) { return row.valid && row.time_to_first_failure_s; };
    const auto valid = static_cast<std::size_t>(std::ranges::count_if(sweep.rows, is_valid));
    const auto out = static_cast<std::size_t>(std::ranges::count_if(sweep.rows, ran_out));
    if (valid == 0)
        return {Standing::invalid, fmt::format("None of {} is valid.", text::counted(sweep.rows.size(), "point"))};
    if (out == 0)
        return {Standing::good, fmt::format("Ports lasted at every valid point, {} of {}.", valid, sweep.rows.size())};
    const std::string place = place_words(sweep.header, std::ranges::find_if(sweep.rows, ran_out)->point);
    return {out == valid ? Standing::bad : Standing::mixed,
            fmt::format("Ports ran out at {} of {}{}.", out, text::counted(valid, "valid point"),
                        place.empty() ? "" : ", the first of them at " + place)};
}

}  // namespace portdrought::report
