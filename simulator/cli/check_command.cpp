#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include "analysis/expect/judge.hpp"
#include "analysis/report/annotations.hpp"
#include "analysis/report/check_text.hpp"
#include "analysis/report/section.hpp"
#include "cli/baseline.hpp"
#include "cli/commands.hpp"
#include "cli/delivery.hpp"
#include "cli/next_step.hpp"
#include "cli/output.hpp"
#include "cli/runs.hpp"
#include "cli/scenario_choice.hpp"
#include "cli/serving.hpp"

namespace portdrought::cli {
namespace {

/// One scenario to check, and what its records are held against.
struct Task {
    Choice choice;
    std::vector<FinishedRun> baseline;
};

std::vector<std::string> names_of(const std::vector<scenario::Scenario>& variants) {
    std::vector<std::string> names;
    for (const scenario::Scenario& variant : variants) names.push_back(variant.variant);
    return names;
}

std::string quoted(const std::string& that, const std::string& needed) {
    return fmt::format("not judged: {} needs the variant \"{}\", which --variant leaves out", that, needed);
}

std::vector<std::string> left_out(const Choice& choice) {
    std::vector<std::string> notes;
    const std::vector<std::string> variants = names_of(choice.variants);
    for (const expect::Expectation& expectation : choice.expectations)
        if (const auto needed = expect::needs_other(expectation, variants))
            notes.push_back(quoted(expectation.that, *needed));
    return notes;
}

/// Everything that can be wrong with the command is found before anything is measured.
std::vector<Task> tasks_of(const CommandLine& line) {
    const std::vector<FinishedRun> baseline = read_baseline(line.baseline);
    std::vector<Task> tasks;
    for (Choice& choice : choose_all(line, line.baseline.empty())) {
        if (line.baseline.empty() && left_out(choice).size() == choice.expectations.size())
            throw UsageError(fmt::format("check: nothing of what {} expects can be judged with --variant \"{}\" alone",
                                         choice.variants.front().name, line.variant.value_or("")));
        Task task{std::move(choice), {}};
        if (!line.baseline.empty()) task.baseline = baseline_of(task.choice.variants, baseline);
        tasks.push_back(std::move(task));
    }
    return tasks;
}

std::vector<expect::Run> named(const std::vector<FinishedRun>& runs) {
    std::vector<expect::Run> result;
    for (const FinishedRun& run : runs) result.push_back({&run.record, run.path});
    return result;
}

report::Check check_of(const Task& task, std::vector<expect::Run> runs) {
    const std::vector<std::string> variants = names_of(task.choice.variants);
    report::Check check{task.choice.variants.front().name, task.choice.file, std::move(runs), {}, {}, {}};
    check.judgements = expect::judge(task.choice.expectations, variants, check.runs);
    check.left_out = left_out(task.choice);
    if (!task.baseline.empty()) check.regressions = expect::regressions(variants, named(task.baseline), check.runs);
    return check;
}

/// A section per scenario in the order they are checked; judged once all its runs have ended.
std::vector<report::Section> sections_so_far(const std::vector<Task>& tasks, std::uint32_t repeat,
                                             std::vector<report::ReportedRun> runs) {
    std::vector<report::Section> sections;
    std::size_t begin = 0;
    for (const Task& task : tasks) {
        const std::size_t wanted = task.choice.variants.size() * repeat, end = std::min(begin + wanted, runs.size());
        const std::vector<report::ReportedRun> own(runs.begin() + static_cast<std::ptrdiff_t>(begin),
                                                   runs.begin() + static_cast<std::ptrdiff_t>(end));
        if (own.empty()) break;
        std::vector<expect::Run> judged;
        for (const report::ReportedRun& run : own) judged.push_back({run.record, run.path});
        const bool goes_on = own.size() < wanted || (end == runs.size() && own.back().record->interrupted);
        sections.push_back(goes_on ? report::section_of(own) : report::section_of(check_of(task, std::move(judged))));
        begin = end;
    }
    return sections;
}

bool compared_nothing(const report::Check& check) { return check.regressions && check.regressions->compared == 0; }

/// An interruption first, then what was not measured: a result of 1 means that it was, and failed.
int exit_code_of(const std::vector<report::Check>& checks, const std::vector<Runs>& runs) {
    const report::CheckCounts all = report::counts(checks);
    int code = exit_fine;
    for (const Runs& each : runs) code = std::max(code, each.exit_code());
    if (code == exit_fine && all.invalid > 0) code = exit_invalid;
    if (code == exit_fine && std::ranges::any_of(checks, compared_nothing)) code = exit_invalid;
    if (code == exit_fine && all.failed + all.regressions > 0) code = exit_failed;
    return code;
}

void print_all(const std::vector<report::Check>& checks, int exit_code, const CommandLine& line) {
    const std::string summary = fmt::format("{}      exit {}\n", report::summary_line(checks), exit_code);
    if (line.format == Format::github)
        fmt::print("{}{}", report::annotations(checks), summary);
    else
        fmt::print("\n  {}", summary);
}

/// Of the run that decided the first expectation that failed; empty where none did.
std::string first_failed(const std::vector<report::Check>& checks) {
    for (const report::Check& check : checks)
        for (const expect::Judgement& judgement : check.judgements)
            if (judgement.verdict == expect::Verdict::fail)
                if (std::string record = report::record_of(check, judgement); !record.empty()) return record;
    return {};
}

/// A run that failed an expectation, else one of the first scenario that did not pass, or of the first.
std::optional<std::string> next_step(const std::vector<report::Check>& checks, const std::vector<Runs>& runs,
                                     int exit_code) {
    if (exit_code == exit_failed)
        if (const std::string failed = first_failed(checks); !failed.empty())
            return "portdrought diagnose " + shell_word(failed);
    std::size_t which = 0;
    const auto fails = [](const report::Check& check) {
        const report::CheckCounts counts = report::counts(std::vector{check});
        return counts.failed + counts.regressions + counts.invalid > 0;
    };
    if (const auto found = std::ranges::find_if(checks, fails); found != checks.end())
        which = static_cast<std::size_t>(found - checks.begin());
    const std::string record = worth_a_look(runs[which].finished);
    if (record.empty()) return std::nullopt;
    return (exit_code == exit_failed ? "portdrought diagnose " : "portdrought report ") + shell_word(record);
}

}  // namespace

int check(const CommandLine& line) {
    prepare_files(line);
    if (!line.baseline.empty() && line.repeat.value_or(1) < expect::least_runs)
        throw UsageError(
            fmt::format("--baseline: fewer than {0} runs cannot be told from chance; add --repeat {0}, or more",
                        expect::least_runs));
    const std::vector<Task> tasks = tasks_of(line);
    std::vector<Runs> runs;
    runs.reserve(tasks.size());  // checks refer to the records in it
    std::vector<report::Check> checks;
    Serving serving(line,
                    [&](auto so_far) { return sections_so_far(tasks, line.repeat.value_or(1), std::move(so_far)); });
    for (const Task& task : tasks) {
        runs.push_back(perform(task.choice.variants, line.repeat.value_or(1), line, [](const FinishedRun&) {},
                               {.serving = &serving}));
        checks.push_back(check_of(task, named(runs.back().finished)));
        if (line.format == Format::text) print_check(checks.back(), line, checks.size() == 1);
        if (runs.back().interrupted) break;
    }
    for (std::size_t i = checks.size(); i < tasks.size();
         ++i) {  // an interruption came first: not judged is not passed
        runs.push_back({});
        checks.push_back(check_of(tasks[i], {}));
    }
    const int exit_code = exit_code_of(checks, runs);
    std::vector<report::Section> sections;
    for (const report::Check& each : checks) sections.push_back(report::section_of(each));
    deliver(report_of(std::move(sections), line), line, [&] {
        print_all(checks, exit_code, line);
        print_last_lines(line, records_folder(line), next_step(checks, runs, exit_code));
    });
    serving.end(std::ranges::any_of(runs, &Runs::interrupted));
    return exit_code;
}

}  // namespace portdrought::cli
