#include "cli/baseline.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "record/record_file.hpp"
#include "scenario/flat.hpp"

namespace portdrought::cli {
namespace {

/// A folder stands for the records in it.
std::vector<std::string> files_of(const std::string& path) {
    if (!std::filesystem::is_directory(path)) return {path};
    std::vector<std::string> files = record_files(path);
    if (files.empty()) throw UsageError(fmt::format("--baseline: {} holds no record (*.json)", path));
    return files;
}

FinishedRun read(const std::string& path) {
    try {
        return {record::read_file(path), path};
    } catch (const std::runtime_error& error) {
        throw UsageError(fmt::format("--baseline: {}", error.what()));
    }
}

/// Keys that say nothing about what is measured.
bool is_description(const std::string& key) {
    constexpr std::array<std::string_view, 5> descriptions{"title", "question", "source", "expected", "lab.seed"};
    return std::ranges::find(descriptions, key) != descriptions.end();
}

/// "load.rate is 400/s there and 800/s here"; empty where nothing differs.
std::string difference(const scenario::Scenario& there, const scenario::Scenario& here) {
    const scenario::Pairs before = scenario::flatten(there), now = scenario::flatten(here);
    std::string text;
    for (std::size_t i = 0; i < now.size(); ++i) {
        if (before[i].second == now[i].second || is_description(now[i].first)) continue;
        text += fmt::format("{}{} is {} there and {} here", text.empty() ? "" : ", ", now[i].first, before[i].second,
                            now[i].second);
    }
    return text;
}

}  // namespace

std::vector<FinishedRun> read_baseline(const std::vector<std::string>& paths) {
    std::vector<FinishedRun> runs;
    for (const std::string& path : paths)
        for (const std::string& file : files_of(path)) runs.push_back(read(file));
    return runs;
}

std::vector<FinishedRun> baseline_of(const std::vector<scenario::Scenario>& variants,
                                     const std::vector<FinishedRun>& baseline) {
    std::vector<FinishedRun> matching;
    for (const FinishedRun& run : baseline) {
        for (const scenario::Scenario& variant : variants) {
            const scenario::Scenario& there = run.record.scenario;
            if (there.name != variant.name || there.variant != variant.variant) continue;
            if (const std::string differs = difference(there, variant); !differs.empty())
                throw UsageError(
                    fmt::format("--baseline: {} was made with other settings ({}); name a record of this "
                                "scenario as it is now",
                                run.path, differs));
            matching.push_back(run);
        }
    }
    if (matching.empty())
        throw UsageError(fmt::format("--baseline: none of {} records is of {}; name records of its variants",
                                     baseline.size(), variants.front().name));
    return matching;
}

}  // namespace portdrought::cli
