#include "cli/plan_options.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "scenario/profile.hpp"

namespace portdrought::cli {
namespace {

bool is_of(scenario::ProfileKind kind, const std::string& profile) {
    const std::vector<std::string> names = scenario::names_of(kind);
    return std::ranges::find(names, profile) != names.end();
}

bool is_nat(const std::string& profile) { return is_of(scenario::ProfileKind::nat, profile); }
bool is_host(const std::string& profile) { return is_of(scenario::ProfileKind::host, profile); }

/// The option for which the kernel engine has no answer, if there is one.
std::optional<std::string> needs_the_model(const CommandLine& line) {
    if (line.hosts) return "--hosts " + *line.hosts;
    if (line.simulate) return "--simulate";
    const auto nat = std::ranges::find_if(line.profiles, is_nat);
    return nat == line.profiles.end() ? std::nullopt : std::optional{"--profile " + *nat};
}

/// One of a host and one of a NAT may be given together; of two of a kind one would silently win.
void check_profiles(const std::vector<std::string>& profiles) {
    for (const auto kind : {scenario::ProfileKind::host, scenario::ProfileKind::nat}) {
        std::vector<std::string> same;
        std::ranges::copy_if(profiles, std::back_inserter(same), [&](const auto& name) { return is_of(kind, name); });
        if (same.size() > 1)
            throw UsageError(
                fmt::format("--profile: {} and {} are both profiles of a {}; leave one of them out (one of a host and "
                            "one of a NAT go together)",
                            same[0], same[1], scenario::name(kind)));
    }
}

}  // namespace

std::vector<Setting> settings_of_plan(const CommandLine& line) {
    check_profiles(line.profiles);
    std::vector<Setting> settings;
    if (const auto option = needs_the_model(line)) settings.push_back({"lab.engine=model", *option});
    std::ranges::copy(line.settings, std::back_inserter(settings));
    for (const std::string& profile : line.profiles)
        settings.push_back(setting_of("profile", is_nat(profile) ? "nat.profile" : "host.profile", profile));
    const auto add = [&settings](const char* option, const char* key, const std::optional<std::string>& value) {
        if (value) settings.push_back(setting_of(option, key, *value));
    };
    add("hosts", "topology.hosts", line.hosts);
    add("rate", "load.rate", line.rate);
    add("hold", "load.hold", line.hold);
    add("destinations", "host.destinations", line.destinations);
    add("closer", "load.closer", line.closer);
    return settings;
}

scenario::Source built_in_plan(const CommandLine& line) {
    std::string name;
    for (const std::string& profile : line.profiles)
        if (is_nat(profile) || is_host(profile))
            name += (name.empty() ? "" : "-") + profile;  // else it is complained of
    // A server below every port range; slots for attempts that wait out a dropped SYN.
    return {"options", fmt::format("name = \"{}\"\n"
                                   "load.duration = \"24h\"\n"
                                   "load.in_flight = 100000\n"
                                   "server.port = 443\n"
                                   "lab.engine = \"model\"\n",
                                   name.empty() ? "linux" : name)};
}

bool says_something(const CommandLine& line) {
    return !line.profiles.empty() || !line.settings.empty() || line.hosts || line.rate || line.hold ||
           line.destinations || line.closer;
}

}  // namespace portdrought::cli
