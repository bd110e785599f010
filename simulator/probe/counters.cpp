#include "probe/counters.hpp"

#include "probe/words.hpp"

namespace portdrought::probe {

namespace {

bool names_column(std::string_view known, std::string_view table, std::string_view column) {
    return known.size() == table.size() + 1 + column.size() && known.starts_with(table) && known.ends_with(column) &&
           known[table.size()] == '.';
}

void store(std::string_view table, std::string_view column, std::optional<std::uint64_t> number,
           CounterValues& values) {
    if (table == "Tcp" && column == "CurrEstab") values.established = number;
    for (std::size_t i = 0; i < counter_names.size(); ++i) {
        if (names_column(counter_names[i], table, column)) values.values[i] = number;
    }
}

void parse_table(std::string_view table, std::string_view columns, std::string_view numbers, CounterValues& values) {
    while (!columns.empty() && !numbers.empty()) {
        const std::string_view column = take_word(columns);
        store(table, column, to_number(take_word(numbers)), values);
    }
}

}  // namespace

void parse_counters(std::string_view text, CounterValues& values) {
    while (!text.empty()) {
        std::string_view columns = take_line(text);
        const std::string_view table = take_word(columns);
        if (table != "TcpExt:" && table != "Tcp:") continue;
        std::string_view numbers = take_line(text);
        if (take_word(numbers) != table) continue;
        parse_table(table.substr(0, table.size() - 1), columns, numbers, values);
    }
}

std::map<std::string, std::uint64_t> deltas(const CounterValues& before, const CounterValues& after) {
    std::map<std::string, std::uint64_t> result;
    for (std::size_t i = 0; i < counter_names.size(); ++i) {
        const auto& from = before.values[i];
        const auto& to = after.values[i];
        if (from && to && *to >= *from) result.emplace(counter_names[i], *to - *from);
    }
    return result;
}

}  // namespace portdrought::probe
