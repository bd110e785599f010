// TOML text taken apart into flat entries with their positions. Knows no keys: what an entry means is the reader's
// business. document.cpp is the only file that includes toml++.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scenario/complaint.hpp"

namespace portdrought::scenario {

struct Entry {
    enum class Kind : std::uint8_t {
        text,
        whole,
        number,
        boolean,
        list,     // of texts, joined by newlines in `text`
        section,  // a table one level down; its own entries follow
        other     // a date, a mixed list, a table deeper down
    };
    std::string key;  // "load.rate"
    Kind kind = Kind::text;
    std::string text;  // without quotes
    Position key_at, value_at;
};

struct Table {
    std::vector<Entry> entries;  // in the order they were written
    Position at;
};

struct Document {
    Table top;                                            // all but `variant` and `expect`
    std::vector<Table> variants;                          // the [[variant]] tables in order
    std::vector<Table> expectations;                      // the [[expect]] tables in order
    std::vector<std::pair<std::string, Table>> evidence;  // the tables in [evidence] by their names, of a profile
    std::optional<Complaint> error;                       // the text is not TOML; everything else is then empty
};

Document parse(std::string_view text, std::string_view file);

}  // namespace portdrought::scenario
