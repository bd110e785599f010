// FNV-1a over a text: tells files apart that have changed, not those that were forged.
#pragma once

#include <cstdint>
#include <string_view>

namespace portdrought::core {

constexpr std::uint64_t fnv1a(std::string_view text) {
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (const char byte : text) hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3ULL;
    return hash;
}

}  // namespace portdrought::core
