#include "analysis/report/section.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/charts/caveats.hpp"

namespace portdrought::report {
namespace {

using record::RunRecord;

std::string with_words(const findings::Verdict& verdict) {
    return verdict.headline + (verdict.explanation.empty() ? "" : ' ' + verdict.explanation);
}

/// The headline's verdict among those on a variant.
const compare::Judgement* on_ok(const compare::VariantResult& result) {
    const auto found =
        std::ranges::find(result.judgements, &compare::criteria().front(), &compare::Judgement::criterion);
    return found == result.judgements.end() ? nullptr : &*found;
}

/// What differs besides the headline: "; resets worse: +60".
std::string other_effects(const compare::VariantResult& result) {
    std::string words;
    for (const compare::Judgement& judgement : result.judgements) {
        const bool differs =
            judgement.decision == compare::Decision::better || judgement.decision == compare::Decision::worse;
        if (differs && judgement.criterion != &compare::criteria().front())
            words += fmt::format("; {} {}", judgement.criterion->label, compare::words_of(judgement));
    }
    return words;
}

VariantLine line_of(const compare::VariantResult& result, const std::vector<const ReportedRun*>& runs) {
    VariantLine line;
    line.variant = scenario::variant_name(result.variant);
    line.standing = runs.front()->summary.standing;
    for (const ReportedRun* run : runs) line.standing = together(line.standing, run->summary.standing);
    line.words = runs.size() == 1 ? with_words(runs.front()->summary.verdict) : result.words;
    if (const compare::Judgement* judgement = on_ok(result)) {
        line.decision = judgement->decision;
        line.effect = compare::words_of(*judgement) + other_effects(result);
    }
    if (result.safety) line.cost = result.safety->words;
    std::vector<const RunRecord*> records;
    for (const ReportedRun* run : runs) records.push_back(run->record);
    line.caveats = charts::caveats_of(records);
    return line;
}

std::vector<const ReportedRun*> runs_of(const Section& section, const compare::Group& group) {
    std::vector<const ReportedRun*> runs;
    for (const ReportedRun& run : section.runs)
        if (std::ranges::find(group.all, run.record) != group.all.end()) runs.push_back(&run);
    return runs;
}

std::vector<VariantLine> lines_of(const Section& section) {
    const std::vector<compare::Group> groups = compare::groups_of(records_of(section.runs));
    std::vector<VariantLine> lines;
    for (std::size_t i = 0; i < groups.size(); ++i)
        lines.push_back(line_of(section.comparison.variants[i], runs_of(section, groups[i])));
    return lines;
}

Section about(const scenario::Scenario& scenario) {
    Section section;
    section.scenario = scenario.name;
    section.title = scenario.title;
    section.question = scenario.question;
    section.sources = scenario.source;
    return section;
}

}  // namespace

std::vector<const RunRecord*> records_of(const std::vector<ReportedRun>& runs) {
    std::vector<const RunRecord*> records;
    for (const ReportedRun& run : runs) records.push_back(run.record);
    return records;
}

ReportedRun reported(const RunRecord& record, std::string path) {
    return {&record, std::move(path), summarise(record)};
}

Section section_of(std::vector<ReportedRun> runs) {
    Section section;
    section.headline = headline(records_of(runs));
    if (runs.empty()) return section;
    section = about(runs.front().record->scenario);
    section.runs = std::move(runs);
    section.comparison = compare::compare(records_of(section.runs));
    section.scenario = section.comparison.scenario;
    section.title = section.comparison.title;
    section.headline = headline(records_of(section.runs));
    section.lines = lines_of(section);
    return section;
}

Section section_of(Check check) {
    std::vector<ReportedRun> runs;
    for (const expect::Run& run : check.runs) runs.push_back(reported(*run.record, run.name));
    Section section = section_of(std::move(runs));
    section.scenario = check.scenario;
    section.headline = headline(std::vector{check});
    section.check = std::move(check);
    return section;
}

Section section_of(std::vector<KneeReport> knees, std::vector<ReportedRun> runs) {
    if (knees.empty()) return {};
    Section section = about(knees.front().scenario);
    section.headline = headline(knees);
    section.runs = std::move(runs);
    section.knees = std::move(knees);
    return section;
}

Section section_of(std::vector<Validated> validated) {
    std::vector<ReportedRun> runs;
    for (const Validated& each : validated) runs.push_back(reported(*each.kernel, each.path));
    Section section = section_of(std::move(runs));
    section.headline = headline(validated);
    for (VariantLine& line : section.lines) {  // engines are held to each other, not variants
        line.decision.reset();
        line.effect.clear();
    }
    section.validated = std::move(validated);
    return section;
}

Section section_of(SweepTable sweep) {
    Section section;
    section.scenario = scenario::text_in(sweep.header.scenario, "name");
    section.title = scenario::text_in(sweep.header.scenario, "title");
    section.question = scenario::text_in(sweep.header.scenario, "question");
    section.headline = headline(sweep);
    section.sweep = std::move(sweep);
    return section;
}

std::vector<Section> sections_of(std::vector<ReportedRun> runs) {
    std::vector<std::vector<ReportedRun>> groups;
    for (ReportedRun& run : runs) {
        const auto same = [&](const std::vector<ReportedRun>& group) {
            return group.front().record->scenario.name == run.record->scenario.name;
        };
        auto group = std::ranges::find_if(groups, same);
        if (group == groups.end()) group = groups.emplace(groups.end());
        group->push_back(std::move(run));
    }
    std::vector<Section> sections;
    for (std::vector<ReportedRun>& group : groups) sections.push_back(section_of(std::move(group)));
    return sections;
}

Headline headline_over(const std::vector<Section>& sections) {
    if (sections.empty()) return {Standing::open, "Nothing was run."};
    if (sections.size() == 1) return sections.front().headline;
    std::vector<Check> checks;
    for (const Section& section : sections)
        if (section.check) checks.push_back(*section.check);
    if (checks.size() == sections.size()) return headline(checks);
    Standing standing = sections.front().headline.standing;
    std::size_t good = 0, silent = 0;
    for (const Section& section : sections) {
        const Standing own = section.headline.standing;
        standing = together(standing, own);
        if (own == Standing::good) ++good;
        if (own == Standing::invalid || own == Standing::open) ++silent;
    }
    if (silent > 0 && standing == Standing::good) standing = Standing::open;  // what says nothing is not fine
    const std::string rest = silent == 0 ? "" : fmt::format(", {} without a result", silent);
    return {standing, fmt::format("{} of {} scenarios without a failure{}.", good, sections.size(), rest)};
}

}  // namespace portdrought::report
