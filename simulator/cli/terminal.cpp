#include "cli/terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <string>

namespace portdrought::cli {
namespace {

std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr ? value : "";
}

bool is_dumb() { return environment("TERM") == "dumb"; }

bool colour_is_welcome() { return std::getenv("NO_COLOR") == nullptr && !is_dumb(); }

}  // namespace

bool stdout_is_terminal() { return ::isatty(STDOUT_FILENO) == 1; }
bool stderr_is_terminal() { return ::isatty(STDERR_FILENO) == 1; }
bool stderr_can_rewrite() { return stderr_is_terminal() && !is_dumb(); }

std::uint32_t terminal_width() {
    constexpr std::uint32_t narrow = 80, wide = 240;
    winsize size{};
    if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return std::clamp<std::uint32_t>(size.ws_col, narrow, wide);
    const std::string columns = environment("COLUMNS");
    if (columns.empty() || columns.size() > 4 ||
        !std::ranges::all_of(columns, [](unsigned char c) { return std::isdigit(c); }))
        return narrow;
    return std::clamp<std::uint32_t>(static_cast<std::uint32_t>(std::stoul(columns)), narrow, wide);
}

std::optional<std::uint32_t> reading_width() {
    return stdout_is_terminal() || !environment("COLUMNS").empty() ? std::optional{terminal_width()} : std::nullopt;
}

std::uint32_t progress_width() {
    winsize size{};
    return ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

bool use_colour(bool wanted) { return wanted && stdout_is_terminal() && colour_is_welcome(); }

bool use_colour_on_stderr(bool wanted) { return wanted && stderr_is_terminal() && colour_is_welcome(); }

bool speaks_utf8() {
    // The first that is set decides, as in setlocale(3). With none set (a bare container) terminals still speak UTF-8.
    for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
        std::string value = environment(name);
        if (value.empty()) continue;
        std::ranges::transform(value, value.begin(), [](unsigned char c) { return std::tolower(c); });
        return value.find("utf") != std::string::npos;
    }
    return true;
}

}  // namespace portdrought::cli
