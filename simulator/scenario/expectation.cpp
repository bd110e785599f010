#include "scenario/expectation.hpp"

#include <algorithm>

#include "scenario/keys/nearest.hpp"

namespace portdrought::scenario {
namespace {

using Kind = Entry::Kind;

bool is_line(const Entry& entry) {
    return entry.kind == Kind::text && !entry.text.empty() && entry.text.find('\n') == std::string::npos;
}

std::string unknown_variant(const std::string& name, const std::vector<std::string>& known) {
    if (known.empty()) return "the scenario has no variants; remove this line";
    const std::string near = did_you_mean(name, known);
    std::string all;
    for (const std::string& variant : known) all += (all.empty() ? "\"" : ", \"") + variant + '"';
    return '"' + name + "\" is not a variant of this scenario" + (near.empty() ? "; write one of " + all : near);
}

class TableReader {
public:
    TableReader(const std::vector<std::string>& variants, Expectations& result)
        : variants_(variants), result_(result) {}

    void read(const Table& table) {
        const std::size_t before = result_.complaints.size();
        bool has_that = false;
        for (const Entry& entry : table.entries) {  // those of a section follow it: it alone is complained of
            if (entry.key == "that")
                has_that = read_that(entry);
            else if (entry.key == "variant")
                read_variant(entry);
            else if (entry.key.find('.') == std::string::npos)
                say(entry.key_at, entry.key, "unknown key; an expectation has `that` and `variant` only");
        }
        if (!has_that && result_.complaints.size() == before)
            say(table.at, "that", "is missing; write for example that = \"outcomes.no_port_connect == 0\"");
        if (!expectation_.that.empty()) result_.read.push_back(expectation_);
    }

private:
    bool read_that(const Entry& entry) {
        expectation_.at = entry.value_at;
        if (is_line(entry))
            expectation_.that = entry.text;
        else
            say(entry.value_at, "that",
                "is not a text of one line; write for example \"outcomes.no_port_connect == 0\"");
        return true;
    }

    void read_variant(const Entry& entry) {
        expectation_.variant = entry.text;
        if (!is_line(entry))
            say(entry.value_at, "variant", "is not a text of one line; write the name of a variant in quotes");
        else if (std::ranges::find(variants_, entry.text) == variants_.end())
            say(entry.value_at, "variant", unknown_variant(entry.text, variants_));
    }

    void say(const Position& at, const std::string& key, const std::string& text) {
        result_.complaints.push_back(complain(at, "expect." + key, text));
    }

    const std::vector<std::string>& variants_;
    Expectations& result_;
    Expectation expectation_;
};

}  // namespace

Expectations expectations_from(const std::vector<Table>& tables, const std::vector<std::string>& variants) {
    Expectations result;
    for (const Table& table : tables) TableReader{variants, result}.read(table);
    return result;
}

}  // namespace portdrought::scenario
