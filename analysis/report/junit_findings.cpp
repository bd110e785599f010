#include "analysis/report/junit_findings.hpp"

#include <fmt/format.h>

#include <map>

#include "analysis/report/agreement_cells.hpp"
#include "analysis/report/knee_text.hpp"
#include "analysis/report/sweep_cells.hpp"
#include "analysis/report/variant_cells.hpp"
#include "analysis/text/numbers.hpp"

namespace portdrought::report {
namespace {

using agreement::Verdict;

constexpr std::size_t most_points = 1000;

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
    std::string text;
    for (const std::string& part : parts) text += (text.empty() ? "" : std::string{between}) + part;
    return text;
}

std::string findings_of(const KneeReport& report) {
    std::vector<std::string> lines;
    for (const knees::Judgement& item : knees::judge(report.forecast, report.knees, report.scenario))
        lines.push_back(
            fmt::format("{}: measured {}, predicted {}: {}", item.knee, item.measured, item.predicted, item.words));
    for (std::string& sentence : knee_words(report)) lines.push_back(std::move(sentence));
    return joined(lines, "\n");
}

/// Runs of one variant are told apart by a number.
class CaseNames {
public:
    std::string of(const Validated& validated) {
        const scenario::Scenario& scenario = validated.kernel->scenario;
        const std::size_t number = ++seen_[{scenario.name, scenario.variant}];
        return variant_name(scenario.variant) + (number == 1 ? "" : fmt::format(" ({})", number));
    }

private:
    std::map<std::pair<std::string, std::string>, std::size_t> seen_;
};

/// "beyond the limit: time_wait.peak, outcomes.ok"
std::string message_of(const agreement::Agreement& found) {
    std::vector<std::string> names;
    for (const agreement::Figure& figure : found.figures)
        if (!figure.within) names.push_back(figure.what);
    return "beyond the limit: " + joined(names, ", ");
}

std::string body_of(const Validated& validated) {
    std::vector<std::string> lines;
    for (const agreement::Figure& figure : validated.agreement.figures) {
        if (figure.within) continue;
        const AgreementCells cells = cells_of(figure);
        lines.push_back(fmt::format("{}: kernel {}, model {}, apart {}, limit {}", figure.what, cells.kernel,
                                    cells.model, cells.apart, cells.limit));
    }
    lines.push_back("record " + validated.path);
    return joined(lines, "\n");
}

void add_agreement(JUnitSuite& suite, const Validated& validated, const std::string& name) {
    const std::string& scenario = validated.kernel->scenario.name;
    const agreement::Agreement& found = validated.agreement;
    switch (found.verdict) {
        case Verdict::agrees: return suite.passed(scenario, name);
        case Verdict::differs: return suite.failed(scenario, name, "agreement", message_of(found), body_of(validated));
        case Verdict::not_measured:
            return suite.invalid(scenario, name, found.reason, found.reason + "\nrecord " + validated.path);
        case Verdict::not_modelled: return suite.skipped(scenario, name, found.reason);
    }
}

void add_point(JUnitSuite& suite, const Section& section, const record::SweepRow& row) {
    const std::string place = place_words(section.sweep->header, row.point);
    const std::string name = fmt::format("point {}{}{}", row.point, place.empty() ? "" : ": ", place);
    if (!row.valid) return suite.invalid(section.scenario, name, joined(row.notes, " "), joined(row.notes, "\n"));
    const SweepCells cells = cells_of(row);
    suite.passed(section.scenario, name,
                 fmt::format("ok {}, first failure {}, rate {}, TIME_WAIT peak {}, free ports {}", cells.ok,
                             cells.first_failure, cells.rate, cells.time_wait_peak, cells.free_ports));
}

}  // namespace

void add_knees(JUnitSuite& suite, const std::vector<KneeReport>& knees) {
    for (const KneeReport& report : knees) {
        const std::string name = variant_name(report.scenario.variant), words = findings_of(report);
        if (const Headline answer = headline(std::vector{report}); answer.standing == Standing::invalid)
            suite.invalid(report.scenario.name, name, answer.sentence, words);
        else
            suite.passed(report.scenario.name, name, words);
    }
}

void add_agreements(JUnitSuite& suite, const std::vector<Validated>& validated) {
    CaseNames names;
    for (const Validated& each : validated) add_agreement(suite, each, names.of(each));
}

void add_sweep(JUnitSuite& suite, const Section& section) {
    const SweepTable& sweep = *section.sweep;
    suite.property("tool_version", sweep.header.tool_version);
    suite.property("engine", sweep.header.engine);
    if (sweep.rows.size() <= most_points) {
        for (const record::SweepRow& row : sweep.rows) add_point(suite, section, row);
        return;
    }
    const std::string name = text::counted(sweep.rows.size(), "point");
    std::string words = section.headline.sentence;
    for (const std::string& note : notes_of(sweep)) words += '\n' + note;
    if (sweep.invalid() > 0)
        suite.invalid(section.scenario, name, fmt::format("{} not valid", text::counted(sweep.invalid(), "point")),
                      words);
    else
        suite.passed(section.scenario, name, words);
}

}  // namespace portdrought::report
