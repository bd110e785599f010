// Files of one sweep put together. Pure; what is wrong is said in sentences, all at once.
#pragma once

#include <string>
#include <vector>

#include "record/sweep_result.hpp"

namespace portdrought::sweep {

struct Part {
    std::string path;
    record::SweepResult result;
};

struct Merged {
    record::SweepResult result;  // as one process would have written it, if there are no problems
    std::vector<std::string> problems;
};

/// Problems are: files of different sweeps, a point that two files have differently, points that none has.
Merged merge(const std::vector<Part>& parts);

/// What makes two sweeps different ones, a sentence each: "load.duration is 5s there and 6s here".
std::vector<std::string> differences(const record::SweepHeader& there, const record::SweepHeader& here);

/// "3, 7-9 and 12 more" of numbers in rising order.
std::string numbers_in_words(const std::vector<std::uint64_t>& numbers);

}  // namespace portdrought::sweep
