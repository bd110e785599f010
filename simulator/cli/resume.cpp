#include "cli/resume.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "cli/version.hpp"
#include "record/record_file.hpp"

namespace portdrought::cli {
namespace {

std::vector<std::string> json_files(const std::string& folder) {
    std::error_code error;
    std::vector<std::string> paths;
    for (std::filesystem::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error))
        if (entry->path().extension() == ".json") paths.push_back(entry->path().string());
    if (error)
        throw UsageError(fmt::format("--resume: {}: {}; name the folder that the interrupted command wrote to", folder,
                                     error.message()));
    std::ranges::sort(paths);
    return paths;
}

/// Files that are no records (a cut one, a report) hold no run.
std::vector<FinishedRun> records_in(const std::string& folder) {
    std::vector<FinishedRun> records;
    for (const std::string& path : json_files(folder)) {
        try {
            records.push_back({record::read_file(path), path});
        } catch (const std::runtime_error&) {
            continue;
        }
    }
    return records;
}

bool is_same_variant(const record::RunRecord& record, const scenario::Scenario& scenario) {
    return record.scenario.name == scenario.name && record.scenario.variant == scenario.variant;
}

/// Tells runs that are wanted from those that other settings, another build or other costs have made: no repeats.
class Wanted {
public:
    Wanted(const std::vector<PlannedRun>& plan, const CostsSource& costs_source)
        : plan_(plan), costs_source_(costs_source) {}

    bool fulfils(const record::RunRecord& record, const PlannedRun& planned) const {
        return is_comparable(record, *planned.scenario) && record.repetition == planned.repetition &&
               record.validity.valid && !record.interrupted;
    }

    /// Of a planned variant by its name, but not comparable.
    bool is_strange(const record::RunRecord& record) const {
        return std::ranges::any_of(plan_, [&](const PlannedRun& planned) {
            return is_same_variant(record, *planned.scenario) && !is_comparable(record, *planned.scenario);
        });
    }

private:
    bool is_comparable(const record::RunRecord& record, const scenario::Scenario& scenario) const {
        return record.scenario == scenario && record.git_revision == git_revision &&
               (record.model ? record.model->costs_source : "") == costs_source_(scenario);
    }

    const std::vector<PlannedRun>& plan_;
    const CostsSource& costs_source_;
};

}  // namespace

Resumption resume(const std::vector<PlannedRun>& plan, const std::string& folder, const CostsSource& costs_source) {
    const Wanted wanted(plan, costs_source);
    const std::vector<FinishedRun> records = records_in(folder);
    Resumption resumption;
    resumption.strange = static_cast<std::size_t>(
        std::ranges::count_if(records, [&](const FinishedRun& run) { return wanted.is_strange(run.record); }));
    for (const PlannedRun& planned : plan) {
        const auto found =
            std::ranges::find_if(records, [&](const FinishedRun& run) { return wanted.fulfils(run.record, planned); });
        if (found == records.end())
            resumption.missing.push_back(planned);
        else
            resumption.found.push_back(*found);
    }
    return resumption;
}

}  // namespace portdrought::cli
