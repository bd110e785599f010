#include "sweep/merge.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace portdrought::sweep {
namespace {

using record::Shard;
using record::SweepAxis;
using record::SweepHeader;
using record::SweepResult;

std::string words_of(const std::vector<SweepAxis>& axes) {
    std::string words;
    for (const SweepAxis& axis : axes)
        words += fmt::format("{}{} from {} to {} in {}", words.empty() ? "" : ", ", axis.key, axis.values.front(),
                             axis.values.back(), axis.values.size());
    return words.empty() ? "nothing" : words;
}

/// Of a key with more than a few words in it, that it differs is enough.
void compare(std::vector<std::string>& differing, const std::string& key, const std::string& there,
             const std::string& here) {
    constexpr std::size_t short_enough = 60;
    if (there == here) return;
    const bool is_short = std::max(there.size(), here.size()) <= short_enough;
    differing.push_back(is_short ? fmt::format("{} is {} there and {} here", key, there.empty() ? "empty" : there,
                                               here.empty() ? "empty" : here)
                                 : key + " differs");
}

/// "shards 2/4 and 3/4" where whole shards are missing, else the points.
std::string missing_words(const std::vector<std::uint64_t>& missing, const std::vector<Part>& parts) {
    const std::uint64_t count = parts.front().result.shard.count;
    const bool is_one_sharding =
        std::ranges::all_of(parts, [&](const Part& part) { return part.result.shard.count == count; });
    std::set<std::uint64_t> given, lacking;
    for (const Part& part : parts) given.insert(part.result.shard.index);
    for (const std::uint64_t point : missing) lacking.insert(point % count + 1);
    std::string words = fmt::format("{} point{} missing: {}", missing.size(), missing.size() == 1 ? " is" : "s are",
                                    numbers_in_words(missing));
    if (!is_one_sharding || count == 1)
        return words + "; make them with the same sweep and --resume FILE of one of these files";
    for (const std::uint64_t index : lacking)
        words +=
            given.contains(index)
                ? fmt::format("\n  shard {0}/{1} is not complete; make its rest with --shard {0}/{1} --resume FILE",
                              index, count)
                : fmt::format("\n  shard {0}/{1} is not among the files; make it with --shard {0}/{1}", index, count);
    return words;
}

}  // namespace

std::string numbers_in_words(const std::vector<std::uint64_t>& numbers) {
    constexpr std::size_t most_ranges = 6;
    std::string words;
    std::size_t ranges = 0, i = 0;
    for (; i < numbers.size() && ranges < most_ranges; ++ranges) {
        std::size_t last = i;
        while (last + 1 < numbers.size() && numbers[last + 1] == numbers[last] + 1) ++last;
        words += fmt::format("{}{}", words.empty() ? "" : ", ", numbers[i]);
        if (last > i) words += fmt::format("-{}", numbers[last]);
        i = last + 1;
    }
    if (i < numbers.size()) words += fmt::format(" and {} more", numbers.size() - i);
    return words;
}

std::vector<std::string> differences(const SweepHeader& there, const SweepHeader& here) {
    std::vector<std::string> differing;
    compare(differing, "tool_version", there.tool_version, here.tool_version);
    compare(differing, "git_revision", there.git_revision, here.git_revision);
    compare(differing, "engine", there.engine, here.engine);
    if (there.costs != here.costs)
        differing.push_back(fmt::format("the model's costs are {} there and {} here",
                                        there.costs.empty() ? "not named" : there.costs,
                                        here.costs.empty() ? "not named" : here.costs));
    if (const auto a = words_of(there.axes), b = words_of(here.axes); a != b)
        differing.push_back(fmt::format("it varies {} there and {} here", a, b));
    else if (there.axes != here.axes)
        differing.emplace_back("the values of its axes differ");
    for (const auto& [key, value] : there.scenario) {
        const auto other = std::ranges::find(here.scenario, key, &std::pair<std::string, std::string>::first);
        if (other != here.scenario.end()) compare(differing, key, value, other->second);
    }
    if (differing.empty() && there != here) differing.emplace_back("they give different keys of the scenario");
    return differing;
}

Merged merge(const std::vector<Part>& parts) {
    Merged merged;
    const Part& first = parts.front();
    merged.result.header = first.result.header;
    for (const Part& part : parts) {
        for (const std::string& difference : differences(first.result.header, part.result.header))
            merged.problems.push_back(
                fmt::format("{} and {} are not of one sweep: {}", first.path, part.path, difference));
    }
    if (!merged.problems.empty()) return merged;
    std::map<std::uint64_t, const Part*> origin;
    for (const Part& part : parts) {
        for (const auto& [point, row] : part.result.rows) {
            const auto [place, is_new] = merged.result.rows.try_emplace(point, row);
            if (is_new) origin[point] = &part;
            if (place->second != row)
                merged.problems.push_back(fmt::format("point {} is not the same in {} and in {}; leave one of them out",
                                                      point, origin[point]->path, part.path));
        }
    }
    if (const auto missing = merged.result.missing(); !missing.empty())
        merged.problems.push_back(missing_words(missing, parts));
    return merged;
}

}  // namespace portdrought::sweep
