#include "scenario/keys/key_kinds.hpp"

namespace portdrought::scenario {
namespace {

std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += (text.empty() ? "" : "\n") + line;
    return text;
}

std::vector<std::string> split(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

}  // namespace

std::string alternatives(const std::vector<std::string>& words) {
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i > 0) text += i + 1 == words.size() ? " or " : ", ";
        text += quoted(words[i]);
    }
    return text;
}

std::string Ends::words() const {
    return quoted(low) + " to " + quoted(high) + (absent.empty() ? "" : ", or " + quoted(absent));
}

Key text_key(Words words, TopField<std::string> field) {
    return {words.name,
            words.meaning,
            "text",
            Form::text,
            [field](Scenario& scenario, std::string_view text) -> std::optional<Fault> {
                field.of(scenario) = text;
                return std::nullopt;
            },
            [field](const Scenario& scenario) { return field.of(scenario); },
            no_fault};
}

Key list_key(Words words, TopField<std::vector<std::string>> field) {
    return {words.name,
            words.meaning,
            "list of texts of one line each",
            Form::list,
            [field](Scenario& scenario, std::string_view text) -> std::optional<Fault> {
                field.of(scenario) = split(text);
                return std::nullopt;
            },
            [field](const Scenario& scenario) { return joined(field.of(scenario)); },
            no_fault};
}

}  // namespace portdrought::scenario
