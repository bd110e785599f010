#include "core/address.hpp"

#include <fmt/format.h>

#include <charconv>
#include <vector>

namespace portdrought::core {
namespace {

constexpr std::size_t group_count = 8;
using Groups = std::array<std::uint16_t, group_count>;

/// The whole of `text` as a number, at most `digits` long.
std::optional<std::uint32_t> number(std::string_view text, int base, std::size_t digits) {
    std::uint32_t value = 0;
    if (text.empty() || text.size() > digits) return std::nullopt;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

/// Parts between `separator`s; none for "".
std::vector<std::string_view> parts_of(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    while (!text.empty()) {
        const std::size_t end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == text.npos) return parts;
        text.remove_prefix(end + 1);
        if (text.empty()) parts.push_back(text);
    }
    return parts;
}

std::optional<std::uint32_t> ipv4_from(std::string_view text) {
    const auto parts = parts_of(text, '.');
    if (parts.size() != 4) return std::nullopt;
    std::uint32_t address = 0;
    for (const std::string_view part : parts) {
        const auto value = number(part, 10, 3);
        if (!value || *value > 255 || (part.size() > 1 && part.front() == '0'))
            return std::nullopt;  // 010: octal to some
        address = address << 8U | *value;
    }
    return address;
}

/// Groups of four hexadecimal digits, the last two perhaps as an IPv4 address.
std::optional<std::vector<std::uint16_t>> groups_from(std::string_view text) {
    std::vector<std::uint16_t> groups;
    const auto parts = parts_of(text, ':');
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (const auto value = number(parts[i], 16, 4)) {
            groups.push_back(static_cast<std::uint16_t>(*value));
        } else if (const auto ipv4 = ipv4_from(parts[i]); ipv4 && i + 1 == parts.size()) {
            groups.push_back(static_cast<std::uint16_t>(*ipv4 >> 16U));
            groups.push_back(static_cast<std::uint16_t>(*ipv4));
        } else {
            return std::nullopt;
        }
    }
    return groups;
}

std::optional<Address> ipv6_from(std::string_view text) {
    const std::size_t gap = text.find("::");
    const bool has_gap = gap != text.npos;
    const auto before = groups_from(text.substr(0, gap));
    const auto after = groups_from(has_gap ? text.substr(gap + 2) : std::string_view{});
    if (!before || !after) return std::nullopt;
    const std::size_t given = before->size() + after->size();
    if (has_gap ? given >= group_count : given != group_count) return std::nullopt;
    Address::Bytes bytes{};
    const auto put = [&](std::size_t group, std::uint16_t value) {
        bytes[2 * group] = static_cast<std::uint8_t>(value >> 8U);
        bytes[2 * group + 1] = static_cast<std::uint8_t>(value);
    };
    for (std::size_t i = 0; i < before->size(); ++i) put(i, (*before)[i]);
    for (std::size_t i = 0; i < after->size(); ++i) put(group_count - after->size() + i, (*after)[i]);
    return Address(bytes);
}

struct Run {
    std::size_t first = group_count, length = 0;
};

/// The first of the longest runs of zero groups; a single one is not shortened.
Run longest_zeros(const Groups& groups) {
    Run longest;
    for (std::size_t i = 0; i < group_count;) {
        std::size_t end = i;
        while (end < group_count && groups[end] == 0) ++end;
        if (end - i > std::max<std::size_t>(longest.length, 1)) longest = {i, end - i};
        i = end + 1;
    }
    return longest;
}

std::string ipv6_text(const Address::Bytes& bytes) {
    Groups groups{};
    for (std::size_t i = 0; i < group_count; ++i)
        groups[i] = static_cast<std::uint16_t>(bytes[2 * i] << 8U | bytes[2 * i + 1]);
    const Run zeros = longest_zeros(groups);
    std::string text;
    for (std::size_t i = 0; i < group_count; ++i) {
        if (i == zeros.first) {
            text += "::";
            i += zeros.length - 1;
            continue;
        }
        if (!text.empty() && text.back() != ':') text += ':';
        text += fmt::format("{:x}", groups[i]);
    }
    return text;
}

}  // namespace

std::optional<Address> address_from(std::string_view text) {
    if (text.find(':') != text.npos) return ipv6_from(text);
    const auto ipv4 = ipv4_from(text);
    return ipv4 ? std::optional<Address>(*ipv4) : std::nullopt;
}

std::string to_string(const Address& address) {
    if (!address.is_ipv4()) return ipv6_text(address.bytes());
    const std::uint32_t ipv4 = address.last_four();
    return fmt::format("{}.{}.{}.{}", ipv4 >> 24U, (ipv4 >> 16U) & 0xffU, (ipv4 >> 8U) & 0xffU, ipv4 & 0xffU);
}

std::string endpoint_text(const Address& address, std::uint16_t port) {
    const bool is_ipv4 = address.is_ipv4();
    return fmt::format("{}{}{}:{}", is_ipv4 ? "" : "[", to_string(address), is_ipv4 ? "" : "]", port);
}

}  // namespace portdrought::core
