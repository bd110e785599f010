#include "core/units.hpp"

#include <algorithm>

namespace portdrought::core {

bool contains(const PortSet& set, std::uint16_t port) {
    return std::ranges::any_of(set, [port](const PortRange& range) { return range.contains(port); });
}

std::uint32_t usable_ports(const PortRange& range, const PortSet& reserved) {
    std::uint32_t usable = 0;
    for (std::uint32_t port = range.first; port <= range.last; ++port)
        usable += contains(reserved, static_cast<std::uint16_t>(port)) ? 0 : 1;
    return usable;
}

std::string to_string(const PortSet& set) {
    std::string text;
    for (const PortRange& range : set) {
        if (!text.empty()) text += ',';
        text += std::to_string(range.first);
        if (range.last != range.first) text += '-' + std::to_string(range.last);
    }
    return text;
}

}  // namespace portdrought::core
