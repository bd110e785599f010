#include "analysis/metrics/families.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstring>

#include "scenario/keys/nearest.hpp"

namespace portdrought::metrics {
namespace {

constexpr std::string_view counters = "counters.";

struct ErrorFamily {
    std::string_view prefix;
    std::map<std::string, std::uint64_t> record::Totals::*errors;
    std::string_view meaning;
};

constexpr std::array<ErrorFamily, 2> error_families{{
    {"errors.", &record::Totals::errors, "calls that failed so, retries included"},
    {"relay_errors.", &record::Totals::relay_errors, "calls of the relay's outbound leg that failed so"},
}};

const ErrorFamily* error_family_of(std::string_view name) {
    const auto* found = std::ranges::find_if(
        error_families, [&](const ErrorFamily& family) { return name.starts_with(family.prefix); });
    return found == error_families.end() ? nullptr : found;
}

/// The C library's names, as records have them.
const std::vector<std::string>& errno_names() {
    static const std::vector<std::string> names = [] {
        constexpr int last = 4095;  // MAX_ERRNO of include/linux/err.h
        std::vector<std::string> all;
        for (int error = 1; error <= last; ++error)
            if (const char* name = ::strerrorname_np(error)) all.emplace_back(name);
        return all;
    }();
    return names;
}

std::vector<std::string> call_names() {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < core::call_count; ++i) names.emplace_back(core::name(static_cast<core::Call>(i)));
    return names;
}

bool has(const std::vector<std::string>& names, std::string_view name) {
    return std::ranges::find(names, name) != names.end();
}

bool is_error(std::string_view text) {
    const std::size_t slash = text.find('/');
    return slash != text.npos && has(call_names(), text.substr(0, slash)) && has(errno_names(), text.substr(slash + 1));
}

/// "TcpExt.TWRecycled": a table and a column. Kernels differ in which they have.
bool is_counter(std::string_view text) {
    const std::size_t dot = text.find('.');
    if (dot == text.npos || (text.substr(0, dot) != "TcpExt" && text.substr(0, dot) != "Tcp")) return false;
    const std::string_view column = text.substr(dot + 1);
    return !column.empty() && std::ranges::all_of(column, [](unsigned char c) { return std::isalnum(c) != 0; });
}

std::optional<std::string> nearest_of(std::string_view word, const std::vector<std::string>& known) {
    const auto near = scenario::nearest(word, known, 1);
    return near.empty() ? std::nullopt : std::optional{near.front()};
}

}  // namespace

std::optional<Metric> find_in_families(std::string_view name) {
    if (name.starts_with(counters)) {
        if (!is_counter(name.substr(counters.size()))) return std::nullopt;
        return Metric{std::string{name}, Unit::count, Better::neither, "growth of the kernel's counter over the run"};
    }
    const ErrorFamily* family = error_family_of(name);
    if (family == nullptr || !is_error(name.substr(family->prefix.size()))) return std::nullopt;
    return Metric{std::string{name}, Unit::count, Better::lower, std::string{family->meaning}};
}

std::optional<double> value_in_families(const record::RunRecord& record, std::string_view name) {
    if (name.starts_with(counters)) {
        const auto found = record.counters.find(std::string{name.substr(counters.size())});
        if (found == record.counters.end()) return std::nullopt;
        return static_cast<double>(found->second);
    }
    const ErrorFamily* family = error_family_of(name);
    if (family == nullptr) return std::nullopt;
    const auto& errors = record.totals.*(family->errors);
    const auto found = errors.find(std::string{name.substr(family->prefix.size())});
    return found == errors.end() ? 0 : static_cast<double>(found->second);
}

std::optional<std::string> nearest_in_families(std::string_view name) {
    const ErrorFamily* family = error_family_of(name);
    if (family == nullptr) return std::nullopt;
    const std::string_view text = name.substr(family->prefix.size());
    const std::size_t slash = text.find('/');
    if (slash == text.npos) return std::nullopt;
    const auto call = nearest_of(text.substr(0, slash), call_names());
    const auto error = nearest_of(text.substr(slash + 1), errno_names());
    if (!call || !error) return std::nullopt;
    return std::string{family->prefix} + *call + '/' + *error;
}

}  // namespace portdrought::metrics
