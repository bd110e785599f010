// The words of --format.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "cli/command_line.hpp"

namespace portdrought::cli {

struct FormatName {
    std::string_view word;
    Format format;
};

inline constexpr std::array format_names{FormatName{"text", Format::text},
                                         FormatName{"json", Format::json},
                                         FormatName{"github", Format::github},
                                         FormatName{"markdown", Format::markdown},
                                         FormatName{"csv", Format::csv},
                                         FormatName{"junit", Format::junit},
                                         FormatName{"openmetrics", Format::openmetrics},
                                         FormatName{"openmetrics-samples", Format::openmetrics_samples}};

/// Absent for a word that is none.
constexpr std::optional<Format> format_of(std::string_view word) {
    for (const FormatName& name : format_names)
        if (name.word == word) return name.format;
    return std::nullopt;
}

}  // namespace portdrought::cli
