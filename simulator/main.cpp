// portdrought: parse, dispatch, the only catch, the exit code.
#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <string>
#include <string_view>

#include "cli/command_line.hpp"
#include "cli/commands.hpp"
#include "cli/scenario_choice.hpp"
#include "core/printable.hpp"
#include "os/system_error.hpp"

namespace portdrought::cli {
namespace {

int dispatch(const CommandLine& line) {
    if (line.command == "run") return run(line);
    if (line.command == "compare") return compare(line);
    if (line.command == "check") return check(line);
    if (line.command == "report") return report(line);
    if (line.command == "diagnose") return diagnose(line);
    if (line.command == "validate") return validate(line);
    if (line.command == "list") return list(line);
    if (line.command == "show") return show(line);
    if (line.command == "plan") return plan(line);
    if (line.command == "knee") return knee(line);
    if (line.command == "sweep") return sweep(line);
    if (line.command == "merge") return merge(line);
    if (line.command == "completion") return completion(line);
    if (line.command == "manual") return manual(line);
    if (line.command == "calibrate") return calibrate(line);
    return doctor(line);
}

/// Never throws: stderr may be closed or full, and the exit code says it all the same.
int complain(std::string_view text, int exit_code) {
    std::fflush(stdout);
    const std::string line = fmt::format("{}\n", core::printable(text));
    std::fputs(line.c_str(), stderr);
    return exit_code;
}

/// A result that nobody could read is no success.
int after_printing(int exit_code) {
    if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return exit_code;
    return complain("portdrought: the results could not be written to stdout; the records are kept", exit_environment);
}

int main_of(int argc, const char* const* argv) {
    try {
        const Parsed parsed = parse(argc, argv);
        if (!parsed.help) return after_printing(dispatch(parsed.line));
        fmt::print("{}", *parsed.help);
        return after_printing(exit_fine);
    } catch (const UsageError& error) {
        return complain(fmt::format("portdrought: {}", error.what()), exit_usage);
    } catch (const ScenarioMistakes& mistakes) {
        return complain(mistakes.what(), exit_usage);
    } catch (const std::exception& error) {
        return complain(fmt::format("portdrought: {}", error.what()), exit_environment);
    }
}

}  // namespace
}  // namespace portdrought::cli

int main(int argc, char** argv) { return portdrought::cli::main_of(argc, argv); }
