#include "analysis/report/knee_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/text/numbers.hpp"
#include "analysis/text/table.hpp"
#include "core/printable.hpp"

namespace portdrought::report {
namespace {

using knees::Agreement;
using knees::Bracket;
using knees::Judgement;
using knees::Status;
using knees::Verdict;
using text::TextStyle;

std::string rate(double per_s) { return (per_s >= 999.5 ? text::figure(per_s) : fmt::format("{:.4g}", per_s)) + "/s"; }

std::string of_runs(const Agreement& agreement, bool with) {
    return fmt::format("{} of {} runs", with ? agreement.with : agreement.runs - agreement.with, agreement.runs);
}

/// "at 8.13/s 2 of 2 runs without, at 8.54/s 2 of 2 runs with"
std::string evidence(const Bracket& bracket) {
    std::string words;
    if (bracket.low) words = fmt::format("at {} {} without", rate(*bracket.low), of_runs(bracket.at_low, false));
    if (bracket.high)
        words += fmt::format("{}at {} {} with it", words.empty() ? "" : ", ", rate(*bracket.high),
                             of_runs(bracket.at_high, true));
    if (bracket.is_contradictory) words += "; between them runs contradict each other";
    return words;
}

std::string cliff_words(const KneeReport& report) {
    const knees::Knees& knees = report.knees;
    if (knees.cliff.status == Status::no_latency)
        return "Latency cliff: not measured, because the model has no costs of such hosts and connect() takes no time. "
               "Predicted: " +
               report.forecast.cliff.why + '.';
    std::string words = "Latency cliff";
    if (knees.plateau)
        words += fmt::format(
            ": connect() takes {} (median) at {}; from the cliff on, {:.0f} % more of all connects take "
            "{} times as long as the fastest quarter",
            text::latency(*knees.plateau), rate(report.plan.from_per_s), knees::slow_share * 100, knees::slow_factor);
    const std::string runs = evidence(knees.cliff);
    words += runs.empty() ? "." : fmt::format(": {}.", runs);
    return words + fmt::format(" Predicted: {}.", report.forecast.cliff.why);
}

std::string failure_words(const KneeReport& report) {
    const std::string runs = evidence(report.knees.first_failure);
    return fmt::format("First failure{}. Predicted: {}.", runs.empty() ? "" : ": " + runs,
                       report.forecast.first_failure.why);
}

std::string ceiling_words(const KneeReport& report) {
    const knees::Ceiling& ceiling = report.knees.ceiling;
    const std::string predicted = fmt::format(" Predicted: {}.", report.forecast.ceiling.why);
    switch (ceiling.status) {
        case Status::bracketed:
            return fmt::format(
                       "Steady ceiling: what succeeded over whole times that a port stays taken under overload, "
                       "lowest and highest of {}.",
                       text::counted(ceiling.runs, "run")) +
                   predicted;
        case Status::beyond: {
            std::string words = fmt::format("Steady ceiling: {} could be offered, {} could not.", rate(*ceiling.low),
                                            ceiling.high ? rate(*ceiling.high) : "more");
            if (report.forecast.is_cpu_bound())
                words += fmt::format(
                    " Predicted: past the cliff a connect() takes {}, which keeps {} busy at {}: ports "
                    "come back before they run out.",
                    text::latency(report.forecast.connect_after), text::counted(report.scenario.load.workers, "worker"),
                    rate(report.forecast.cpu_per_s));
            return words;
        }
        case Status::not_seen: return "Steady ceiling: everything that was offered succeeded." + predicted;
        default: break;
    }
    if (report.knees.first_failure.high && report.ending == Ending::complete)
        return "Steady ceiling: no run lasted for as long as a port stays taken after its first failure; make "
               "load.duration at least two and a half times as long as that." +
               predicted;
    return "Steady ceiling: not measured." + predicted;
}

std::string ending_words(const KneeReport& report) {
    switch (report.ending) {
        case Ending::complete: return {};
        case Ending::budget:
            return fmt::format(
                "The budget of {} ended the search: brackets may be wider than asked. More time: "
                "--budget {:.0f}s.",
                text::seconds(report.budget_s), report.budget_s * 2);
        case Ending::interrupted: return "Interrupted: this is what was known so far.";
        case Ending::hopeless: break;
    }
    const std::string note = report.observations.empty() ? "" : report.observations.back().note;
    return "The search gave up: run after run was not valid. " + note;
}

std::string limit_words(const KneeReport& report) {
    if (report.knees.not_held == 0 && report.knees.disturbed == 0) return {};
    std::string words;
    if (report.knees.not_held > 0)
        words = fmt::format("{} of {} could not hold {} rate and say nothing about failures.", report.knees.not_held,
                            text::counted(report.knees.runs, "run"), report.knees.not_held == 1 ? "its" : "their");
    if (report.knees.disturbed > 0)
        words += fmt::format(
            "{}{} not valid for another reason and made again.", words.empty() ? "" : " ",
            report.knees.disturbed == 1 ? "One run was" : text::counted(report.knees.disturbed, "run") + " were");
    const auto noted =
        std::ranges::find_if(report.observations, [](const knees::Observation& run) { return !run.held; });
    if (noted != report.observations.end() && !noted->note.empty()) words += ' ' + noted->note;
    return words;
}

std::string table_of(const KneeReport& report, std::size_t width) {
    text::Table table({"knee", "measured", "predicted", "verdict"});
    for (const Judgement& item : knees::judge(report.forecast, report.knees, report.scenario))
        table.add_row({item.knee, item.measured, item.predicted, item.words});
    return table.render(width);
}

std::string header(const KneeReport& report, const TextStyle& style) {
    const std::string title = scenario::full_name(report.scenario);
    const bool is_modelled = report.scenario.lab.engine == scenario::Engine::model;
    std::string facts = is_modelled ? "model engine" : "kernel engine";
    if (report.scenario.lab.time_scale != 1) facts += ", compressed x" + text::figure(report.scenario.lab.time_scale);
    facts += fmt::format(", {} in {:.0f} s", text::counted(report.knees.runs, "run"), report.elapsed_s);
    if (const std::uint32_t hosts = report.scenario.topology.hosts; hosts > 1)
        facts += fmt::format(", rates of each of {} hosts", text::thousands(hosts));
    return text::heading(core::printable(title), facts, style);
}

}  // namespace

std::vector<std::string> knee_words(const KneeReport& report) {
    std::vector<std::string> words{cliff_words(report), failure_words(report), ceiling_words(report)};
    for (const Judgement& item : knees::judge(report.forecast, report.knees, report.scenario))
        if (!item.reason.empty()) words.push_back(fmt::format("The {} differs. {}", item.knee, item.reason));
    for (std::string sentence : {limit_words(report), ending_words(report)})
        if (!sentence.empty()) words.push_back(std::move(sentence));
    return words;
}

std::string render_text(const KneeReport& report, const TextStyle& style) {
    const std::size_t prose = std::min(style.width, text::prose_width);
    std::string result = header(report, style);
    if (!report.scenario.title.empty()) result += text::paragraph(core::printable(report.scenario.title), 2, prose);
    result += '\n' + table_of(report, style.width) + '\n';
    for (const std::string& sentence : knee_words(report)) result += text::paragraph(sentence, 2, prose);
    return text::finish(std::move(result), style);
}

}  // namespace portdrought::report
