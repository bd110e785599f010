// A user's mistake in a scenario: where it is, what is wrong and what would be right. Collected, never thrown.
#pragma once

#include <algorithm>
#include <compare>
#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

#include "core/printable.hpp"

namespace portdrought::scenario {

/// Where a key or a value was written. Lines and columns count from 1; columns count characters.
struct Position {
    std::string file;
    std::uint32_t line = 1, column = 1;
    friend auto operator<=>(const Position&, const Position&) = default;
};

struct Complaint {
    std::string file;
    std::uint32_t line = 1, column = 1;  // line 0: `file` is an option as it was typed, such as "--hosts 0"
    std::string key;                     // "load.rate"; empty where the text is no TOML at all
    std::string text;                    // "\"fast\" is not a rate; write …"
    friend bool operator==(const Complaint&, const Complaint&) = default;
};

inline Complaint complain(const Position& at, std::string key, std::string text) {
    return {at.file, at.line, at.column, std::move(key), std::move(text)};
}

/// The file's from top to bottom, then those of its trace (whose keys are the columns), then those of --set.
inline void sort(std::vector<Complaint>& complaints) {
    std::ranges::stable_sort(complaints, {}, [](const Complaint& complaint) {
        const bool in_trace = complaint.key == "t_s" || complaint.key == "attempts";
        return std::tuple{complaint.file == "--set", in_trace, complaint.line, complaint.column};
    });
}

/// "broken.toml:5:8: load.rate: \"fast\" is not a rate; write …"; "--rate fast: load.rate: …" of an option.
inline std::string to_string(const Complaint& complaint) {
    const std::string place =
        complaint.line == 0 ? "" : ':' + std::to_string(complaint.line) + ':' + std::to_string(complaint.column);
    return core::printable(complaint.file + place + ": " + (complaint.key.empty() ? "" : complaint.key + ": ") +
                           complaint.text);
}

}  // namespace portdrought::scenario
