#include <fmt/chrono.h>
#include <fmt/format.h>

#include <cstdio>
#include <ctime>
#include <filesystem>

#include "analysis/calibrate/series.hpp"
#include "analysis/report/costs_text.hpp"
#include "cli/commands.hpp"
#include "cli/costs_choice.hpp"
#include "cli/next_step.hpp"
#include "cli/output.hpp"
#include "cli/version.hpp"
#include "kernel/kernel_engine.hpp"
#include "os/atomic_file.hpp"
#include "os/machine.hpp"
#include "os/process/limits.hpp"
#include "os/process/stop_signal.hpp"
#include "os/system_error.hpp"

namespace portdrought::cli {
namespace {

namespace calibrate = portdrought::calibrate;  // not the command of that name
using calibrate::Aim;

constexpr std::uint32_t usual_runs = 3, most_tries = 4;

/// The folder is there afterwards. A file that holds something else is not overwritten.
std::string path_for(const CommandLine& line) {
    const auto stored = stored_costs_path();
    if (line.output.empty() && !stored)
        throw UsageError("--output: neither XDG_CONFIG_HOME nor HOME is set; name a file for the costs");
    const std::string path = line.output.empty() ? *stored : line.output;
    std::error_code ignored;
    try {
        const std::string folder = std::filesystem::path(path).parent_path().string();
        if (!folder.empty()) os::prepare_folder(folder);
        if (std::filesystem::exists(path, ignored)) record::read_costs_file(path);
    } catch (const os::SystemError& error) {
        throw UsageError(fmt::format("--output: {}; name a file you may write", error.what()));
    } catch (const record::FormatError& error) {
        throw UsageError(
            fmt::format("--output: {}; it would be overwritten: remove it, or name another file", error.what()));
    }
    return path;
}

std::uint64_t descriptors() {
    const std::uint64_t allowed = os::descriptor_limit().hard;
    if (allowed >= calibrate::least_descriptors) return allowed;
    throw os::EnvironmentError(
        fmt::format("walks past open connections need {} descriptors, and {} are allowed; raise the limit (ulimit -Hn, "
                    "LimitNOFILE of systemd)",
                    calibrate::least_descriptors, allowed));
}

enum class Ending : std::uint8_t { complete, interrupted, hopeless };

class Calibration {
public:
    explicit Calibration(const CommandLine& line) : line_(line), runs_(line.repeat.value_or(usual_runs)) {}

    Ending run() {
        for (const Aim aim : calibrate::aims) {
            say(aim);
            for (std::uint32_t i = 0; i < runs_; ++i)
                if (const Ending ending = run_once(aim); ending != Ending::complete) return ending;
        }
        return Ending::complete;
    }

    record::MeasuredCosts result() const {
        record::MeasuredCosts costs;
        costs.measured_at = fmt::format("{:%FT%TZ}", fmt::gmtime(std::time(nullptr)));
        costs.kernel = os::kernel_release();
        costs.machine = os::machine_name();
        costs.cpus = os::usable_cpus();
        costs.tool_version = version;
        costs.runs = runs_;
        costs.all = series_.measured();
        return costs;
    }

private:
    void say(Aim aim) const {
        if (!line_.quiet) fmt::print(stderr, "portdrought: {}\n", words_of(aim));
    }

    Ending run_once(Aim aim) {
        engine::Observer observer;
        observer.stop_requested = [] { return os::StopSignal::requested(); };
        std::string problem;
        for (std::uint32_t tries = 0; tries < most_tries; ++tries) {
            const auto scenario = calibrate::scenario_for(aim, series_.known(), descriptors_, tries);
            const record::RunRecord record = kernel::KernelEngine().run(scenario, 1, observer);
            if (record.interrupted || os::StopSignal::requested()) return Ending::interrupted;
            const calibrate::Fit fit = calibrate::fit(aim, record, series_.known());
            if (fit.problem.empty()) {
                series_.add(fit);
                return Ending::complete;
            }
            problem = fit.problem;
        }
        fmt::print(
            stderr,
            "portdrought: {} runs in a row gave no cost of {}: {}; nothing is stored, try again when the machine "
            "has less to do\n",
            most_tries, words_of(aim), problem);
        return Ending::hopeless;
    }

    const CommandLine& line_;
    std::uint32_t runs_;
    std::uint64_t descriptors_ = descriptors();
    calibrate::Series series_;
};

}  // namespace

int calibrate(const CommandLine& line) {
    const std::string path = path_for(line);
    const os::StopSignal stop;
    Calibration calibration(line);
    switch (calibration.run()) {
        case Ending::interrupted:
            fmt::print(stderr, "portdrought: interrupted, nothing is stored\n");
            return exit_interrupted;
        case Ending::hopeless: return exit_invalid;
        case Ending::complete: break;
    }
    const record::MeasuredCosts costs = calibration.result();
    record::write_atomically(costs, path);
    if (line.format == Format::json)
        fmt::print("{}", to_json(costs));
    else
        fmt::print("{}", report::render_text(costs, style_of(line)));
    print_last_lines(
        line, path,
        "portdrought run article --engine model" + (line.output.empty() ? "" : " --costs " + shell_word(path)));
    return exit_fine;
}

}  // namespace portdrought::cli
