#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "record/record_file.hpp"

namespace portdrought::cli {

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
