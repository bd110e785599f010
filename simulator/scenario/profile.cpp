#include "scenario/profile.hpp"

#include <algorithm>
#include <iterator>

#include "scenario/keys/key_table.hpp"

namespace portdrought::scenario {
namespace {

std::string text_of(const std::vector<Entry>& entries, std::string_view key) {
    const auto found = std::ranges::find(entries, key, &Entry::key);
    return found == entries.end() ? "" : found->text;
}

Evidence evidence_of(const std::string& key, const Table& table) {
    return {key, text_of(table.entries, "source"), text_of(table.entries, "verified") == "true",
            text_of(table.entries, "note")};
}

/// True where anything in the run ends a connection by RST.
bool resets(const Scenario& s) {
    const auto at_once = [](const auto& linger) { return linger && linger->count() == 0; };
    return at_once(s.load.linger) || at_once(s.load.passive_linger) || s.load.close_unread || s.load.pool_size > 0 ||
           !s.server.listens;
}

/// False for a setting that another one puts out of action.
bool plays_a_part(std::string_view key, const Scenario& s) {
    if (key == "host.port_search") return s.lab.engine == Engine::model && s.host.port_choice == PortChoice::kernel;
    if (key == "host.tw_reuse_delay") return s.host.tw_reuse != TwReuse::off;
    if (key == "host.timestamps")
        return s.host.tw_reuse != TwReuse::off || bind_shares_ports(s.host) || s.load.closer != core::Closer::client;
    if (key == "host.fin_timeout") return !s.load.passive_closes;
    if (key == "host.max_time_wait") return port_capacity(s) > Host{}.max_time_wait;
    if (key == "host.rfc1337") return s.lab.duplicates > 0;
    if (key == "nat.ports_per_host") return s.nat.ports_by_hosts.empty();
    if (key == "nat.growth") return s.nat.max_ports_per_host > 0;
    if (key == "nat.evicts") return s.nat.port_choice == NatPorts::preserve;
    if (key == "nat.after_reset") return resets(s);
    if (key == "nat.half_open") return s.server.drops_syn > 0 || !s.server.accepts;
    return true;
}

/// What the profile's text says, in the form of Key::print; the text may be written otherwise ("1min").
std::string printed(const Key& key, const std::string& text) {
    Scenario scratch;
    return key.read(scratch, text) ? std::string{} : key.print(scratch);
}

void add_unverified(std::vector<std::string>& sentences, const std::string& profile_name, const Scenario& scenario) {
    const CatalogueEntry* entry = find_profile(profile_name);
    if (entry == nullptr) return;  // of a record that another version of the program wrote
    const Profile profile = profile_of(*entry);
    for (const Evidence* evidence : unverified(profile)) {
        const Key* key = find_key(evidence->key);
        const std::string value = key->print(scenario);
        if (value != printed(*key, text_of(profile.values, evidence->key)) || !plays_a_part(evidence->key, scenario))
            continue;
        sentences.push_back(evidence->key + " = " + value + " (" + profile.name + "): " + evidence->note);
    }
}

}  // namespace

std::string_view name(ProfileKind kind) { return kind == ProfileKind::host ? "host" : "NAT"; }

Profile profile_of(const CatalogueEntry& entry) {
    const Document document = parse(entry.text, entry.file);
    Profile profile;
    profile.name = entry.name;
    profile.title = text_of(document.top.entries, "title");
    const bool is_nat = std::ranges::find(document.top.entries, "nat", &Entry::key) != document.top.entries.end();
    profile.kind = is_nat ? ProfileKind::nat : ProfileKind::host;
    std::ranges::copy_if(document.top.entries, std::back_inserter(profile.values),
                         [is_nat](const Entry& value) { return value.key.starts_with(is_nat ? "nat." : "host."); });
    for (const auto& [key, table] : document.evidence) profile.evidence.push_back(evidence_of(key, table));
    return profile;
}

std::vector<std::string> names_of(ProfileKind kind) {
    std::vector<std::string> names;
    for (const CatalogueEntry& entry : profiles())
        if (profile_of(entry).kind == kind) names.emplace_back(entry.name);
    return names;
}

std::vector<const Evidence*> unverified(const Profile& profile) {
    std::vector<const Evidence*> found;
    for (const Evidence& evidence : profile.evidence)
        if (!evidence.verified) found.push_back(&evidence);
    return found;
}

std::vector<std::string> unverified(const Scenario& scenario) {
    std::vector<std::string> sentences;
    add_unverified(sentences, scenario.host.profile, scenario);
    if (scenario.nat.is_there()) add_unverified(sentences, scenario.nat.profile, scenario);
    return sentences;
}

}  // namespace portdrought::scenario
