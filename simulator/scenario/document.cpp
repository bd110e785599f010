#include "scenario/document.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <tuple>

#include "scenario/keys/value_text.hpp"

namespace portdrought::scenario {
namespace {

class Flattener {
public:
    explicit Flattener(std::string_view file) : file_(file) {}

    Position at(const toml::source_position& position) const { return {file_, position.line, position.column}; }

    /// Without its lists of tables: tables() has them.
    Table top(const toml::table& table) const {
        Table flat = flatten(table, {file_});
        std::erase_if(flat.entries, [&](const Entry& entry) {
            return std::ranges::find(lists, entry.key) != lists.end() && is_list(table, entry.key);
        });
        return flat;
    }

    /// The [[name]] tables in the order they were written.
    std::vector<Table> tables(const toml::table& table, std::string_view name) const {
        std::vector<Table> result;
        if (!is_list(table, name)) return result;
        for (const auto& item : *table[name].as_array())
            result.push_back(flatten(*item.as_table(), at(item.source().begin)));
        return result;
    }

    /// The tables inside the table `name` that have a name of their own, in the order they were written.
    std::vector<std::pair<std::string, Table>> named_tables(const toml::table& table, std::string_view name) const {
        std::vector<std::pair<std::string, Table>> result;
        const auto* outer = table[name].as_table();
        if (outer == nullptr) return result;
        for (const auto& [key, node] : *outer)
            if (const auto* inner = node.as_table())
                result.emplace_back(std::string{key.str()}, flatten(*inner, at(key.source().begin)));
        std::ranges::stable_sort(result, {}, [](const auto& named) { return named.second.at.line; });
        return result;
    }

    static constexpr std::array<std::string_view, 2> lists{"variant", "expect"};

private:
    static bool is_list(const toml::table& table, std::string_view name) {
        const auto* list = table[name].as_array();
        return list != nullptr && list->is_array_of_tables();
    }

    Table flatten(const toml::table& table, const Position& position) const {
        Table flat{{}, position};
        add(flat.entries, table, "");
        // toml++ keeps keys sorted by name; complaints and readers want them as written.
        std::ranges::stable_sort(flat.entries, {},
                                 [](const Entry& entry) { return std::tie(entry.key_at.line, entry.key_at.column); });
        return flat;
    }

    void add(std::vector<Entry>& entries, const toml::table& table, const std::string& prefix) const {
        for (const auto& [key, node] : table) {
            Entry entry = entry_of(node);
            entry.key = prefix + std::string{key.str()};
            entry.key_at = at(key.source().begin);
            entry.value_at = at(node.source().begin);
            if (prefix.empty() && node.is_table()) entry.kind = Entry::Kind::section;
            entries.push_back(entry);
            if (entry.kind == Entry::Kind::section) add(entries, *node.as_table(), entry.key + '.');
        }
    }

    static Entry entry_of(const toml::node& node) {
        using Kind = Entry::Kind;
        Entry entry;
        if (const auto* text = node.as_string()) {
            entry.text = text->get();
        } else if (const auto* whole = node.as_integer()) {
            entry.kind = Kind::whole;
            entry.text = std::to_string(whole->get());
        } else if (const auto* number = node.as_floating_point()) {
            entry.kind = Kind::number;
            entry.text = number_text(number->get());
        } else if (const auto* boolean = node.as_boolean()) {
            entry.kind = Kind::boolean;
            entry.text = boolean->get() ? "true" : "false";
        } else if (const auto* list = node.as_array(); list != nullptr && all_one_line_texts(*list)) {
            entry.kind = Kind::list;
            for (const auto& item : *list) entry.text += (entry.text.empty() ? "" : "\n") + item.as_string()->get();
        } else {
            entry.kind = Kind::other;
        }
        return entry;
    }

    static bool all_one_line_texts(const toml::array& list) {
        return std::ranges::all_of(list, [](const toml::node& item) {
            const auto* text = item.as_string();
            return text != nullptr && !text->get().empty() && text->get().find('\n') == std::string::npos;
        });
    }

    std::string file_;
};

/// toml++ 3.3 descends once per part of a dotted key: tens of thousands of them would overflow the stack.
std::optional<Complaint> too_deep(std::string_view text, std::string_view file) {
    constexpr std::ptrdiff_t most_dots = 1000;
    for (std::uint32_t line = 1; !text.empty(); ++line) {
        const std::string_view first = text.substr(0, text.find('\n'));
        if (std::ranges::count(first, '.') > most_dots)
            return complain({std::string{file}, line, 1}, "", "has over 1,000 dots in a line; no key is that deep");
        text.remove_prefix(std::min(first.size() + 1, text.size()));
    }
    return std::nullopt;
}

}  // namespace

Document parse(std::string_view text, std::string_view file) {
    const Flattener flattener{file};
    Document document;
    document.error = too_deep(text, file);
    if (document.error) return document;
    try {
        const toml::table table = toml::parse(text, file);
        document.top = flattener.top(table);
        document.variants = flattener.tables(table, "variant");
        document.expectations = flattener.tables(table, "expect");
        document.evidence = flattener.named_tables(table, "evidence");
    } catch (const toml::parse_error& error) {
        document.error =
            complain(flattener.at(error.source().begin), "", "not TOML: " + std::string{error.description()});
    }
    return document;
}

}  // namespace portdrought::scenario
