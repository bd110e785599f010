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

bool needs_the_model(const CommandLine& line) {
    return line.hosts || line.simulate || std::ranges::any_of(line.profiles, is_nat);
}

}  // namespace

std::vector<std::string> settings_of_plan(const CommandLine& line) {
    std::vector<std::string> settings;
    if (needs_the_model(line)) settings.emplace_back("lab.engine=model");
    std::ranges::copy(line.settings, std::back_inserter(settings));
    for (const std::string& profile : line.profiles)
        settings.push_back(fmt::format("{}.profile={}", is_nat(profile) ? "nat" : "host", profile));
    const auto add = [&settings](const char* key, const std::optional<std::string>& value) {
        if (value) settings.push_back(fmt::format("{}={}", key, *value));
    };
    add("topology.hosts", line.hosts);
    add("load.rate", line.rate);
    add("load.hold", line.hold);
    add("host.destinations", line.destinations);
    add("load.closer", line.closer);
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
