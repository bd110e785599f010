#include "lab/sysctl.hpp"

#include <algorithm>
#include <charconv>
#include <sstream>

#include "os/proc_file.hpp"

namespace portdrought::lab {

std::string sysctl_path(const std::string& name) {
    std::string path = name;
    std::replace(path.begin(), path.end(), '.', '/');
    return "/proc/sys/" + path;
}

std::optional<std::string> read_sysctl(const std::string& name) {
    const auto text = os::read_file_if_present(sysctl_path(name));
    if (!text) return std::nullopt;
    std::istringstream words(*text);
    std::string value;
    for (std::string word; words >> word;) value += (value.empty() ? "" : " ") + word;
    return value;
}

std::optional<std::uint64_t> read_number(const std::string& name) {
    const auto text = read_sysctl(name);
    std::uint64_t value = 0;
    if (!text) return std::nullopt;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
    if (error != std::errc{} || end != text->data() + text->size()) return std::nullopt;
    return value;
}

// The line end lets an empty value clear a list: a write of no bytes never reaches the kernel.
void write_sysctl(const std::string& name, const std::string& value) {
    os::write_file(sysctl_path(name), value + "\n");
}

}  // namespace portdrought::lab
