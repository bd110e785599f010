// portdrought: parse, dispatch, the only catch, the exit code.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>

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

bool leaves_files(std::string_view command) {
    constexpr std::array leaving{"run", "compare", "check", "validate", "knee", "sweep", "merge", "calibrate"};
    return std::ranges::find(leaving, command) != leaving.end();
}

/// A result that nobody could read is no success; but who asked a command that measures nothing and reads no further,
/// as `head` does, has what was asked for.
int unwritten(int error, std::string_view command, int exit_code) {
    if (leaves_files(command))
        return complain("portdrought: the results could not be written to stdout; the records are kept",
                        exit_environment);
    if (error == EPIPE) return exit_code;
    return complain("portdrought: the output could not be written to stdout; make room, or send it elsewhere",
                    exit_environment);
}

int after_printing(std::string_view command, int exit_code) {
    errno = 0;
    if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return exit_code;
    return unwritten(errno, command, exit_code);
}

/// fmt::print throws where stdout takes no more.
int perform_command(const Parsed& parsed) {
    try {
        if (!parsed.help) return after_printing(parsed.line.command, dispatch(parsed.line));
        fmt::print("{}", *parsed.help);
        return after_printing("", exit_fine);
    } catch (const std::system_error& error) {
        if (std::ferror(stdout) == 0) throw;
        return unwritten(error.code().value(), parsed.help ? "" : parsed.line.command, exit_fine);
    }
}

int main_of(int argc, const char* const* argv) {
    try {
        return perform_command(parse(argc, argv));
    } catch (const UsageError& error) {
        return complain(fmt::format("portdrought: {}", error.what()), exit_usage);
    } catch (const ScenarioMistakes& mistakes) {
        return complain(mistakes.what(), exit_usage);
    } catch (const os::SystemError& error) {
        return complain(fmt::format("portdrought: {}; portdrought doctor says what this machine lacks", error.what()),
                        exit_environment);
    } catch (const std::filesystem::filesystem_error& error) {
        return complain(fmt::format("portdrought: {}: {}; name a file or folder that you may use",
                                    error.path1().string(), error.code().message()),
                        exit_usage);
    } catch (const std::exception& error) {
        return complain(fmt::format("portdrought: {}", error.what()), exit_environment);
    }
}

}  // namespace
}  // namespace portdrought::cli

int main(int argc, char** argv) { return portdrought::cli::main_of(argc, argv); }
