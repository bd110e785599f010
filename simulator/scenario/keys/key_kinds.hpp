// Makers of table entries, one per kind of value: a kind decides how text is read and printed, which words describe it
// and what is said of a bad value. Included by the key table alone.
#pragma once

#include <algorithm>
#include <limits>
#include <type_traits>
#include <utility>

#include "scenario/keys/key_table.hpp"
#include "scenario/keys/value_text.hpp"

namespace portdrought::scenario {

/// A member of one part of a Scenario: in(load, &Load::rate).
template <class Part, class Value>
struct Field {
    Part Scenario::*part;
    Value Part::*member;
    Value& of(Scenario& scenario) const { return scenario.*part.*member; }
    const Value& of(const Scenario& scenario) const { return scenario.*part.*member; }
};

template <class Value>
struct TopField {
    Value Scenario::*member;
    Value& of(Scenario& scenario) const { return scenario.*member; }
    const Value& of(const Scenario& scenario) const { return scenario.*member; }
};

struct Words {
    std::string name, meaning;
};

inline std::optional<Fault> no_fault(const Scenario&) { return std::nullopt; }

inline std::string quoted(std::string_view text) { return '"' + std::string{text} + '"'; }

/// "\"a\", \"b\" or \"c\""
std::string alternatives(const std::vector<std::string>& words);

Key text_key(Words words, TopField<std::string> field);
Key list_key(Words words, TopField<std::vector<std::string>> field);

/// Text that must match what `accepted` says; `accepts` describes it.
template <class At>
Key checked_text_key(Words words, At at, std::string accepts, std::string example, bool (*accepted)(std::string_view)) {
    return {words.name,
            words.meaning,
            accepts,
            Form::text,
            [=](Scenario& scenario, std::string_view text) -> std::optional<Fault> {
                if (!accepted(text)) return "is not " + accepts + "; write for example " + quoted(example);
                at.of(scenario) = text;
                return std::nullopt;
            },
            [at](const Scenario& scenario) { return at.of(scenario); },
            no_fault};
}

template <class At>
Key boolean_key(Words words, At at) {
    return {words.name,
            words.meaning,
            "true or false",
            Form::boolean,
            [at](Scenario& scenario, std::string_view text) -> std::optional<Fault> {
                if (text != "true" && text != "false") return "is neither true nor false; write one of them";
                at.of(scenario) = text == "true";
                return std::nullopt;
            },
            [at](const Scenario& scenario) { return std::string{at.of(scenario) ? "true" : "false"}; },
            no_fault};
}

template <class At, class Enum>
Key choice_key(Words words, At at, std::vector<std::pair<std::string, Enum>> choices) {
    std::vector<std::string> names;
    for (const auto& choice : choices) names.push_back(choice.first);
    const std::string accepts = alternatives(names);
    return {words.name,
            words.meaning,
            accepts,
            Form::text,
            [=](Scenario& scenario, std::string_view text) -> std::optional<Fault> {
                const auto found =
                    std::ranges::find(choices, text, [](const auto& c) { return std::string_view{c.first}; });
                if (found == choices.end()) return "is not one of the choices; write " + accepts;
                at.of(scenario) = found->second;
                return std::nullopt;
            },
            [=](const Scenario& scenario) {
                const Enum value = at.of(scenario);
                return std::ranges::find(choices, value, [](const auto& c) { return c.second; })->first;
            },
            no_fault};
}

/// A plain number from `low` to `high`, both included.
template <class At>
Key whole_key(Words words, At at, std::uint64_t low, std::uint64_t high) {
    using Value = std::remove_cvref_t<decltype(at.of(std::declval<Scenario&>()))>;
    constexpr std::uint64_t most = std::min<std::uint64_t>(std::numeric_limits<Value>::max(), INT64_MAX);
    const std::string range = std::to_string(low) + " to " + std::to_string(high);
    return {words.name,
            words.meaning,
            "whole number, " + range,
            Form::whole,
            [=](Scenario& scenario, std::string_view text) -> std::optional<Fault> {
                const auto value = whole_from(text, most);
                if (!value) return "is not a whole number from " + range + "; write one";
                at.of(scenario) = static_cast<Value>(*value);
                return std::nullopt;
            },
            [at](const Scenario& scenario) { return std::to_string(at.of(scenario)); },
            [=](const Scenario& scenario) -> std::optional<Fault> {
                const std::uint64_t value = at.of(scenario);
                if (low <= value && value <= high) return std::nullopt;
                return "is out of range; write " + range;
            }};
}

template <class At>
Key number_key(Words words, At at, double low, double high) {
    const std::string range = number_text(low) + " to " + number_text(high);
    return {words.name,
            words.meaning,
            "number, " + range,
            Form::number,
            [=](Scenario& scenario, std::string_view text) -> std::optional<Fault> {
                const auto value = number_from(text);
                if (!value) return "is not a number from " + range + "; write one";
                at.of(scenario) = *value;
                return std::nullopt;
            },
            [at](const Scenario& scenario) { return number_text(at.of(scenario)); },
            [=](const Scenario& scenario) -> std::optional<Fault> {
                const double value = at.of(scenario);
                if (low <= value && value <= high) return std::nullopt;
                return "is out of range; write " + range;
            }};
}

/// What ranges compare; a Rate has no order of its own.
inline double amount(core::Rate rate) { return rate.per_second; }
template <class Value>
Value amount(Value value) {
    return value;
}

/// How a quantity with a unit is read and printed, in which words, and within which ends (as text).
template <class Value>
struct Unit {
    std::string_view noun, advice;  // "rate", "connections per second, such as \"200/s\""
    std::optional<Value> (*from)(std::string_view);
    std::string (*text)(Value);
};

struct Ends {
    std::string low, high;
    std::string absent;  // the word for no value, where the field is optional
    std::string words() const;
};

template <class At, class Value>
Key quantity_key(Words words, At at, Unit<Value> unit, Ends ends) {
    constexpr bool optional = !std::is_same_v<std::remove_cvref_t<decltype(at.of(std::declval<Scenario&>()))>, Value>;
    const auto read = [=](Scenario& scenario, std::string_view text) -> std::optional<Fault> {
        const auto value = unit.from(text);
        if (optional && text == ends.absent)
            at.of(scenario) = {};
        else if (value)
            at.of(scenario) = *value;
        else
            return "is not a " + std::string{unit.noun} + "; write " + std::string{unit.advice} +
                   (optional ? ", or " + quoted(ends.absent) : "");
        return std::nullopt;
    };
    const auto print = [=](const Scenario& scenario) {
        const std::optional<Value> value = at.of(scenario);
        return value ? unit.text(*value) : ends.absent;
    };
    const auto out_of_range = [=](const Scenario& scenario) -> std::optional<Fault> {
        const std::optional<Value> value = at.of(scenario);
        if (!value ||
            (amount(*unit.from(ends.low)) <= amount(*value) && amount(*value) <= amount(*unit.from(ends.high))))
            return std::nullopt;
        return "is out of range; write " + ends.words();
    };
    return {words.name, words.meaning, std::string{unit.noun} + ", " + ends.words(), Form::text, read,
            print,      out_of_range};
}

}  // namespace portdrought::scenario
