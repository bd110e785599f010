#include "lab/capability.hpp"

#include <fmt/format.h>

namespace portdrought::lab {

std::string to_message(const Capability& capability) {
    std::string message = fmt::format("{}: {}", capability.name, capability.detail);
    const auto add = [&](const char* label, const std::string& text) {
        if (!text.empty()) message += fmt::format("\n  {:<12}{}", label, text);
    };
    add("needed for", capability.why);
    add("allow it", capability.remedy);
    add("without it", capability.without);
    return message;
}

}  // namespace portdrought::lab
