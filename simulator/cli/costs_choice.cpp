#include "cli/costs_choice.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <string_view>

#include "cli/command_line.hpp"
#include "record/measured_costs.hpp"

namespace portdrought::cli {
namespace {

/// Absent where the variable is empty or no absolute path, which the XDG base directory specification has ignored.
std::optional<std::filesystem::path> folder_in(const char* variable) {
    const char* value = std::getenv(variable);
    if (value == nullptr || *value != '/') return std::nullopt;
    return value;
}

ChosenCosts read(const std::string& path, std::string_view which, std::string_view remedy) {
    try {
        const record::MeasuredCosts measured = record::read_costs_file(path);
        return {measured.costs(), measured.source(std::filesystem::path(path).filename().string())};
    } catch (const std::runtime_error& error) {  // not there, or something else
        throw UsageError(fmt::format("{}: {}; {}", which, error.what(), remedy));
    }
}

}  // namespace

std::optional<std::string> stored_costs_path() {
    auto folder = folder_in("XDG_CONFIG_HOME");
    if (!folder) {
        folder = folder_in("HOME");
        if (!folder) return std::nullopt;
        *folder /= ".config";
    }
    return (*folder / "portdrought" / "costs.json").string();
}

ChosenCosts choose_costs(const std::optional<std::string>& option) {
    if (option && *option == "builtin") return {};
    if (option)
        return read(*option, "--costs", "name a file that portdrought calibrate has written, or write --costs builtin");
    const auto stored = stored_costs_path();
    std::error_code ignored;
    if (!stored || !std::filesystem::exists(*stored, ignored)) return {};
    return read(*stored, "stored costs",
                "remove that file and run portdrought calibrate again, or write --costs builtin");
}

}  // namespace portdrought::cli
