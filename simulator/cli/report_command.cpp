#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "record/record_file.hpp"

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
    std::vector<FinishedRun> runs;
    for (const std::string& path : line.names) {
        try {
            runs.push_back({record::read_file(path), path});
        } catch (const std::runtime_error& error) {  // not there, or no record: the command is wrong
            throw UsageError(error.what());
        }
    }
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
