#include "scenario/draft.hpp"

#include <algorithm>

#include "scenario/keys/key_table.hpp"
#include "scenario/keys/nearest.hpp"

namespace portdrought::scenario {
namespace {

using Kind = Entry::Kind;

bool is_section(std::string_view name) { return std::ranges::find(sections(), name) != sections().end(); }

std::string section_of(const std::string& key) { return key.substr(0, key.find('.')); }

std::string shown(const Entry& entry) {
    if (entry.kind == Kind::list || entry.kind == Kind::other || entry.kind == Kind::section) return "this value";
    return entry.kind == Kind::text ? '"' + entry.text + '"' : entry.text;
}

bool is_typed_right(Form form, Kind kind) {
    switch (form) {
        case Form::text: return kind == Kind::text;
        case Form::whole: return kind == Kind::whole;
        case Form::number: return kind == Kind::whole || kind == Kind::number;
        case Form::boolean: return kind == Kind::boolean;
        case Form::list: return kind == Kind::list || kind == Kind::text;
        case Form::whole_or_text: return kind == Kind::whole || kind == Kind::text;
    }
    return false;
}

/// What is wrong with a value of the wrong TOML type, in the key's own words where it has some.
Fault type_fault(const Key& key, const Entry& entry) {
    if (entry.kind == Kind::list || entry.kind == Kind::other) return "is not one plain value; write " + key.accepts;
    Scenario scratch;
    if (const auto fault = key.read(scratch, entry.text))
        return *fault + (entry.kind == Kind::text ? ", without quotes" : "");
    if (entry.kind == Kind::text) return "is in quotes; write " + entry.text + " without them";
    return "is not in quotes; write \"" + entry.text + '"';
}

std::optional<Fault> read(const Key& key, const Entry& entry, bool typed, Scenario& scenario) {
    if (typed && !is_typed_right(key.form, entry.kind)) return type_fault(key, entry);
    Scenario changed = scenario;
    if (auto fault = key.read(changed, entry.text)) return fault;
    if (auto fault = key.out_of_range(changed)) return fault;
    scenario = std::move(changed);
    return std::nullopt;
}

std::vector<std::string> known_keys() {
    std::vector<std::string> names;
    for (const Key& key : key_table()) names.push_back(key.name);
    return names;
}

}  // namespace

void Complaints::add(Complaint complaint) {
    if (std::ranges::find(all_, complaint) == all_.end()) all_.push_back(std::move(complaint));
}

std::vector<Complaint> Complaints::sorted() && {
    sort(all_);
    return std::move(all_);
}

void Draft::lay(const Entry& entry, Layer layer) {
    const Key* key = find_key(entry.key);
    if (key == nullptr) return complain_of_unknown(entry, layer);
    written_[entry.key] = {layer, entry.value_at};
    if (const auto fault = read(*key, entry, layer != Layer::setting, scenario_)) {
        complaints_.add(complain(entry.value_at, entry.key, shown(entry) + ' ' + *fault));
        unreadable_.insert(entry.key);
    } else if (!entry.key.ends_with(".profile")) {  // which may be readable and yet unknown
        unreadable_.erase(entry.key);
    }
}

namespace {

/// What may have been meant, or else `otherwise`.
std::string meant_or(const std::string& word, const std::vector<std::string>& known, const char* otherwise) {
    const std::string meant = did_you_mean(word, known);
    return meant.empty() ? otherwise : meant;
}

}  // namespace

void Draft::complain_of_unknown(const Entry& entry, Layer layer) {
    const std::string section = section_of(entry.key);
    const bool in_table = layer != Layer::setting && section != entry.key;
    const auto say = [&](const Position& at, const std::string& text) {
        complaints_.add(complain(at, entry.key, text));
    };
    if (in_table && !is_section(section)) return;  // the section itself is complained of
    if (section == "expect")
        say(entry.key_at, "is not a list of tables here; write [[expect]] above that = \"…\", at the end of the file");
    else if (is_section(entry.key) && entry.kind != Kind::section)
        say(entry.value_at, shown(entry) + " is not a section; write [" + entry.key + "] and its keys below it");
    else if (entry.key == "variant")
        say(entry.key_at,
            "is not a list of tables here; write [[variant]] above the keys of each, at the end of the file");
    else if (entry.kind != Kind::section)
        say(entry.key_at, "unknown key" + meant_or(entry.key, known_keys(), "; portdrought show article has all keys"));
    else if (!is_section(entry.key))
        say(entry.key_at, "unknown section" + meant_or(entry.key, sections(), "; portdrought show article has all"));
}

void Draft::distrust_section(const std::string& section) {
    for (const Key& key : key_table()) {
        if (section_of(key.name) == section) unreadable_.insert(key.name);
    }
}

Position Draft::place_of(const std::string& key) const {
    const auto found = written_.find(key);
    return found == written_.end() ? Position{file_} : found->second.at;
}

void Draft::apply_rules(const Limits& limits) {
    for (const Finding& finding : findings(scenario_, limits)) {
        const bool trusted =
            std::ranges::none_of(finding.keys, [this](const auto& key) { return unreadable_.contains(key); });
        const bool meant = !finding.only_if_written || is_written(finding.keys.front());
        if (trusted && meant) blame(finding);
    }
}

/// The place to change is the most specific one that takes part: a variant's rather than the file's.
void Draft::blame(const Finding& finding) {
    const Written* blamed = nullptr;
    std::string section;
    for (const std::string& key : finding.keys) {
        const auto found = written_.find(key);
        if (found == written_.end() || (blamed != nullptr && found->second.layer <= blamed->layer)) continue;
        blamed = &found->second;
        section = section_of(key);
    }
    const bool by_profile = blamed != nullptr && blamed->layer == Layer::profile;
    complaints_.add(complain(blamed == nullptr ? Position{file_} : blamed->at, finding.keys.front(),
                             finding.text + (by_profile ? " (a value of " + section + ".profile)" : "")));
}

}  // namespace portdrought::scenario
