#include <fmt/format.h>

#include "cli/commands.hpp"
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

}  // namespace

int report(const CommandLine& line) {
    const std::vector<FinishedRun> runs = read_runs(line.names);
    if (line.compare) {
        check_comparable(runs);
        print_comparison(runs, line);
    } else if (line.format == Format::json) {
        print_json(runs);
    } else {
        for (const FinishedRun& run : runs) {
            if (&run != &runs.front()) fmt::print("\n");
            print_one(run, line);
        }
    }
    return exit_fine;
}

}  // namespace portdrought::cli
