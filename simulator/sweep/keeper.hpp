// The file of a sweep while it is being made: rows go into PATH.partial as they come, a file that can be read and gone
// on with at any moment; finish() puts the rows in order and the file in its place. What is at PATH stays until then.
#pragma once

#include <string>

#include "os/growing_file.hpp"
#include "record/sweep_result.hpp"

namespace portdrought::sweep {

/// Where the rows of a sweep stand that is not finished: "sweep.json.partial".
std::string partial_path(const std::string& path);

class Keeper {
public:
    /// `result` has the rows that were made before. Throws os::SystemError.
    Keeper(std::string path, record::SweepResult result);

    /// A point that is not there yet. Throws os::SystemError; then it is as if nothing had been added.
    void add(std::uint64_t point, std::string row);
    const record::SweepResult& result() const { return result_; }

    /// Throws os::SystemError; the partial file is then still there.
    void finish();

private:
    std::string path_;
    record::SweepResult result_;
    os::GrowingFile file_;
};

}  // namespace portdrought::sweep
