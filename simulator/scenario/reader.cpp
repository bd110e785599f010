#include "scenario/reader.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <map>
#include <set>

#include "scenario/catalogue.hpp"
#include "scenario/document.hpp"
#include "scenario/draft.hpp"
#include "scenario/keys/nearest.hpp"
#include "scenario/profile.hpp"
#include "scenario/trace_file.hpp"

namespace portdrought::scenario {
namespace {

std::string trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t");
    if (first == text.npos) return "";
    return std::string{text.substr(first, text.find_last_not_of(" \t") - first + 1)};
}

Table settings_table(const std::vector<std::string>& settings, Complaints& complaints) {
    Table table;
    for (std::uint32_t i = 0; i < settings.size(); ++i) {
        const std::string& setting = settings[i];
        const Position at{"--set", i + 1, 1};
        const std::size_t equals = setting.find('=');
        if (equals == std::string::npos || trimmed(setting.substr(0, equals)).empty())
            complaints.add(complain(at, trimmed(setting), "is not key=value; write for example load.rate=200/s"));
        else
            table.entries.push_back({trimmed(setting.substr(0, equals)), Entry::Kind::text,
                                     trimmed(std::string_view{setting}.substr(equals + 1)), at, at});
    }
    return table;
}

/// "runs/my test.toml" -> "my-test"
std::string name_from(std::string_view file) {
    std::string name{file.substr(file.rfind('/') + 1)};
    if (name.ends_with(".toml")) name.resize(name.size() - 5);
    std::ranges::replace_if(
        name, [](unsigned char c) { return !std::isalnum(c) && c != '-' && c != '_' && c != '.'; }, '-');
    name = name.substr(std::min(name.find_first_not_of('.'), name.size()), 64);
    return name.empty() ? "scenario" : name;
}

const Entry* entry_of(const Table& table, std::string_view key) {
    const auto found = std::ranges::find(table.entries, key, &Entry::key);
    return found == table.entries.end() ? nullptr : &*found;
}

class Reader {
public:
    Reader(std::string_view text, std::string_view file, const std::vector<std::string>& settings, const Limits& limits,
           std::string_view only_variant)
        : file_(file),
          limits_(limits),
          only_variant_(only_variant),
          settings_(settings_table(settings, complaints_)),
          document_(parse(text, file)) {}

    Reading result() && {
        Reading reading;
        if (document_.error) complaints_.add(*document_.error);
        check_variant_names();
        if (document_.variants.empty()) reading.variants.push_back(one({}));
        for (const Table& variant : document_.variants) reading.variants.push_back(one(variant));
        if (document_.error) reading.variants.clear();
        reading.expectations = expectations();
        reading.complaints = std::move(complaints_).sorted();
        return reading;
    }

private:
    Scenario one(const Table& variant) {
        Draft draft{file_, complaints_};
        lay_profile(draft, variant, ProfileKind::host);
        lay_profile(draft, variant, ProfileKind::nat);
        for (const Entry& entry : document_.top.entries) draft.lay(entry, Layer::file);
        for (const Entry& entry : variant.entries) {
            if (entry.key != "name") draft.lay(entry, Layer::variant);
        }
        for (const Entry& entry : settings_.entries) draft.lay(entry, Layer::setting);
        lay_trace(draft);
        Scenario& scenario = draft.scenario();
        if (scenario.name.empty()) scenario.name = name_from(file_);
        if (const Entry* name = entry_of(variant, "name")) scenario.variant = name->text;
        if (only_variant_.empty() || scenario.variant == only_variant_) draft.apply_rules(limits_);
        return scenario;
    }

    std::vector<Expectation> expectations() {
        std::vector<std::string> names;
        for (const Table& variant : document_.variants)
            if (const Entry* name = entry_of(variant, "name")) names.push_back(name->text);
        Expectations result = expectations_from(document_.expectations, names);
        for (Complaint& complaint : result.complaints) complaints_.add(std::move(complaint));
        return std::move(result.read);
    }

    /// The values of the profile that the last of file, variant and settings names.
    void lay_profile(Draft& draft, const Table& variant, ProfileKind kind) {
        const std::string key = section(kind) + ".profile";
        std::string name = kind == ProfileKind::host ? Host{}.profile : Nat{}.profile;
        Position at{file_};
        for (const Table* table : std::initializer_list<const Table*>{&document_.top, &variant, &settings_}) {
            for (const Entry& entry : table->entries) {
                if (entry.key != key || entry.kind != Entry::Kind::text) continue;
                name = entry.text;
                at = entry.value_at;
            }
        }
        if (kind == ProfileKind::nat && name == Nat{}.profile) return;
        const CatalogueEntry* entry = find_profile(name);
        if (entry == nullptr) return complain_of_profile(draft, kind, at, unknown_profile(kind, name));
        const Profile profile = profile_of(*entry);
        if (profile.kind != kind) return complain_of_profile(draft, kind, at, wrong_profile(kind, name));
        for (Entry value : profile.values) {
            value.value_at = at;
            draft.lay(value, Layer::profile);
        }
    }

    /// What load.trace names, relative to the scenario file, or to where we are if --set names it.
    void lay_trace(Draft& draft) {
        Load& load = draft.scenario().load;
        if (load.arrivals != core::Arrivals::trace || load.trace.empty() || !draft.is_trusted("load.trace")) return;
        const Position at = draft.place_of("load.trace");
        const std::filesystem::path folder =
            at.file == "--set" ? std::filesystem::path{} : std::filesystem::path{file_}.parent_path();
        const TraceReading& reading = trace_at((folder / load.trace).string(), at);
        load.trace_rows.shared = reading.trace;
        if (!reading.trace) return draft.distrust("load.trace");
        if (!load.trace_content.empty() && load.trace_content != reading.content)
            complaints_.add(
                complain(draft.place_of("load.trace_content"), "load.trace_content",
                         "the file holds \"" + reading.content + "\"; write that, or \"\", or restore the file"));
        load.trace_content = reading.content;
        if (draft.is_written("load.rate")) return;
        const double attempts = static_cast<double>(reading.trace->attempts_before(load.duration));
        if (attempts > 0) load.rate = core::Rate{attempts / core::seconds(load.duration)};
    }

    /// Read once, however many variants play it.
    const TraceReading& trace_at(const std::string& path, const Position& written_at) {
        const auto known = traces_.find(path);
        if (known != traces_.end()) return known->second;
        const TraceText file = read_trace_file(path);
        if (!file.problem.empty()) complaints_.add(complain(written_at, "load.trace", file.problem));
        TraceReading& reading = traces_[path];
        if (file.problem.empty()) reading = parse_trace(file.text, path);
        for (const Complaint& complaint : reading.complaints) complaints_.add(complaint);
        return reading;
    }

    static std::string section(ProfileKind kind) { return kind == ProfileKind::host ? "host" : "nat"; }

    static std::string unknown_profile(ProfileKind kind, const std::string& name) {
        std::vector<std::string> known = names_of(kind);
        if (kind == ProfileKind::nat) known.push_back(Nat{}.profile);
        const std::string near = did_you_mean(name, known);
        return '"' + name + "\" is not a known profile" + (near.empty() ? "; `portdrought list` names them" : near);
    }

    static std::string wrong_profile(ProfileKind kind, const std::string& name) {
        const ProfileKind other = kind == ProfileKind::host ? ProfileKind::nat : ProfileKind::host;
        return '"' + name + "\" is the profile of a " + std::string{scenario::name(other)} + ", not of a " +
               std::string{scenario::name(kind)} + "; write it as " + section(other) +
               ".profile; `portdrought list` names all";
    }

    void complain_of_profile(Draft& draft, ProfileKind kind, const Position& at, const std::string& text) {
        complaints_.add(complain(at, section(kind) + ".profile", text));
        draft.distrust_section(section(kind));
    }

    void check_variant_names() {
        std::set<std::string> seen;
        for (const Table& variant : document_.variants) {
            const Entry* name = entry_of(variant, "name");
            if (name == nullptr)
                complaints_.add(
                    complain(variant.at, "variant.name", "is missing; write name = \"…\" below [[variant]]"));
            else if (name->kind != Entry::Kind::text || name->text.empty() ||
                     name->text.find('\n') != std::string::npos)
                complaints_.add(
                    complain(name->value_at, "variant.name", "is not a text of one line; write a few words in quotes"));
            else if (!seen.insert(name->text).second)
                complaints_.add(complain(name->value_at, "variant.name",
                                         '"' + name->text + "\" names an earlier variant too; write another name"));
        }
    }

    std::string file_;
    Limits limits_;
    std::string only_variant_;
    Complaints complaints_;
    std::map<std::string, TraceReading> traces_;  // by path
    Table settings_;
    Document document_;
};

}  // namespace

Reading read(std::string_view text, std::string_view file_name, const std::vector<std::string>& settings,
             const Limits& limits, std::string_view only_variant) {
    return Reader{text, file_name, settings, limits, only_variant}.result();
}

}  // namespace portdrought::scenario
