// portdrought: parse, dispatch, the only catch, the exit code.
#include <fmt/format.h>

#include <cstdio>
#include <exception>

#include "cli/command_line.hpp"
#include "cli/commands.hpp"
#include "cli/scenario_choice.hpp"
#include "os/system_error.hpp"

namespace portdrought::cli {
namespace {

int dispatch(const CommandLine& line) {
    if (line.command == "run") return run(line);
    if (line.command == "compare") return compare(line);
    if (line.command == "report") return report(line);
    if (line.command == "list") return list(line);
    if (line.command == "show") return show(line);
    return doctor(line);
}

int complain(const char* text, int exit_code) {
    std::fflush(stdout);
    fmt::print(stderr, "portdrought: {}\n", text);
    return exit_code;
}

int main_of(int argc, const char* const* argv) {
    try {
        const Parsed parsed = parse(argc, argv);
        if (!parsed.help) return dispatch(parsed.line);
        fmt::print("{}", *parsed.help);
        return exit_fine;
    } catch (const UsageError& error) {
        return complain(error.what(), exit_usage);
    } catch (const ScenarioMistakes& mistakes) {
        fmt::print(stderr, "{}\n", mistakes.what());
        return exit_usage;
    } catch (const std::exception& error) {
        return complain(error.what(), exit_environment);
    }
}

}  // namespace
}  // namespace portdrought::cli

int main(int argc, char** argv) { return portdrought::cli::main_of(argc, argv); }
