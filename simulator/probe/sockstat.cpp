#include "probe/sockstat.hpp"

#include "probe/words.hpp"

namespace portdrought::probe {

Sockstat parse_sockstat(std::string_view text) {
    Sockstat result;
    while (!text.empty()) {
        std::string_view line = take_line(text);
        if (take_word(line) != "TCP:") continue;
        while (!line.empty()) {
            const std::string_view name = take_word(line);
            const auto value = to_number(take_word(line));
            if (name == "inuse") result.in_use = value;
            if (name == "orphan") result.orphans = value;
            if (name == "alloc") result.allocated = value;
            if (name == "tw") result.time_wait = value;
        }
    }
    return result;
}

}  // namespace portdrought::probe
