#include <fmt/format.h>

#include "analysis/report/section.hpp"
#include "cli/commands.hpp"
#include "cli/delivery.hpp"
#include "cli/output.hpp"

namespace portdrought::cli {

namespace {

/// Records of one variant count as repeats of each other, so they must be of one and the same scenario.
void check_comparable(const std::vector<FinishedRun>& runs) {
    for (const FinishedRun& run : runs) {
        for (const FinishedRun& other : runs) {
            scenario::Scenario a = run.record.scenario, b = other.record.scenario;
            a.lab.seed = b.lab.seed;
            if (a.name == b.name && a.variant == b.variant && a != b)
                throw UsageError(
                    fmt::format("--compare: {} and {} are runs of the same variant with different settings; "
                                "compare records of one scenario",
                                run.path, other.path));
        }
    }
}

void print_all(const std::vector<FinishedRun>& runs, const CommandLine& line) {
    for (const FinishedRun& run : runs) {
        if (&run != &runs.front()) fmt::print("\n");
        print_one(run, line);
    }
}

}  // namespace

int report(const CommandLine& line) {
    prepare_files(line);
    const std::vector<FinishedRun> runs = read_runs(line.names);
    if (line.compare) {
        check_comparable(runs);
        const report::Report report = report_of({report::section_of(reported_runs(runs))}, line);
        deliver(report, line, [&] { print_comparison(report.sections.front(), line); });
    } else {
        deliver(report_of(report::sections_of(reported_runs(runs)), line), line, [&] { print_all(runs, line); });
    }
    return exit_fine;
}

}  // namespace portdrought::cli
