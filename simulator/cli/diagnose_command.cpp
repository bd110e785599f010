#include "cli/commands.hpp"
#include "cli/output.hpp"

namespace portdrought::cli {

int diagnose(const CommandLine& line) {
    print_diagnoses(read_runs(line.names), line);
    return exit_fine;
}

}  // namespace portdrought::cli
