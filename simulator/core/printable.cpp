#include "core/printable.hpp"

namespace portdrought::core {

std::string printable(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const bool is_c1 = byte == 0xc2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xa0;
        if (is_c1) ++i;  // U+0080 to U+009F take two bytes
        const bool is_control = is_c1 || (byte < 0x20 && byte != '\n') || byte == 0x7f;
        result += is_control ? '?' : static_cast<char>(byte);
    }
    return result;
}

}  // namespace portdrought::core
