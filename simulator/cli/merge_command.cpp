#include <fmt/format.h>

#include <filesystem>

#include "cli/commands.hpp"
#include "cli/delivery.hpp"
#include "cli/sweep_setup.hpp"
#include "os/atomic_file.hpp"
#include "os/system_error.hpp"
#include "record/sweep_file.hpp"
#include "sweep/merge.hpp"

namespace portdrought::cli {
namespace {

std::vector<sweep::Part> parts_of(const CommandLine& line) {
    std::vector<sweep::Part> parts;
    for (const std::string& path : line.names) {
        try {
            parts.push_back({path, record::read_sweep_file(path)});
        } catch (const std::runtime_error& error) {
            throw UsageError(fmt::format("{}; name a file that sweep has written", error.what()));
        }
    }
    return parts;
}

/// Neither results nor, by a slip, the shards themselves.
void refuse_to_overwrite(const std::string& path) {
    std::error_code ignored;
    if (std::filesystem::exists(path, ignored))
        throw UsageError(fmt::format("--output: {} is there already; name another file", path));
}

void write(const std::string& path, const record::SweepResult& result) {
    try {
        const std::string folder = std::filesystem::path(path).parent_path().string();
        if (!folder.empty()) os::prepare_folder(folder);
        os::write_file_atomically(path, record::to_json(result));
    } catch (const os::SystemError& error) {
        throw UsageError(fmt::format("--output: {}; name a file you may write", error.what()));
    }
}

}  // namespace

int merge(const CommandLine& line) {
    if (line.output.empty()) throw UsageError("merge: name the file for the result; add for example --output all.json");
    refuse_to_overwrite(line.output);
    prepare_files(line);
    const sweep::Merged merged = sweep::merge(parts_of(line));
    std::string problems;
    for (const std::string& problem : merged.problems) problems += '\n' + problem;
    if (!problems.empty()) throw UsageError("merge: nothing was written:" + problems);
    write(line.output, merged.result);
    return report_sweep(line, merged.result);
}

}  // namespace portdrought::cli
