#include "scenario/keys/port_keys.hpp"

namespace portdrought::scenario {
namespace {

std::string backwards(std::string_view text, PortEnds ends) {
    return "runs backwards" +
           (text.find(',') == text.npos
                ? "; write " + quoted(to_text(core::PortRange{ends.last, ends.first}))
                : " in " + to_text(core::PortRange{ends.first, ends.last}) + "; write the lower port first");
}

template <class Part>
Key range_key(Words words, Field<Part, core::PortRange> at) {
    return {words.name,
            words.meaning,
            "two ports and a dash, \"1024-1024\" to \"1024-65535\"",
            Form::text,
            [at](Scenario& scenario, std::string_view text) -> std::optional<Fault> {
                const auto ends = ports_from(text);
                if (!ends)
                    return "is not a range of ports; write two ports from 1 to 65535 and a dash, such as \"1025-5000\"";
                if (ends->first > ends->last) return backwards(text, *ends);
                at.of(scenario) = {ends->first, ends->last};
                return std::nullopt;
            },
            [at](const Scenario& scenario) { return to_text(at.of(scenario)); },
            [at](const Scenario& scenario) -> std::optional<Fault> {
                if (at.of(scenario).first >= 1024) return std::nullopt;
                return "begins below 1024, where the kernel hands out no ports; write a first port of 1024 or more";
            }};
}

}  // namespace

Key ports_key(Words words, Field<Host, core::PortRange> at) { return range_key(std::move(words), at); }
Key ports_key(Words words, Field<Nat, core::PortRange> at) { return range_key(std::move(words), at); }

Key reserved_ports_key(Words words, Field<Host, core::PortSet> at) {
    return {words.name,
            words.meaning,
            "ports and ranges separated by commas, or \"\"",
            Form::text,
            [at](Scenario& scenario, std::string_view text) -> std::optional<Fault> {
                core::PortSet set;
                for (std::string_view rest = text; !rest.empty();) {
                    const std::size_t end = std::min(rest.find(','), rest.size());
                    const auto ends = ports_from(rest.substr(0, end));
                    if (!ends || end + 1 == rest.size())
                        return "is not a list of ports; write ports and ranges with commas between, such as "
                               "\"20000-20499,20600\"";
                    if (ends->first > ends->last) return backwards(text, *ends);
                    set.push_back({ends->first, ends->last});
                    rest.remove_prefix(std::min(end + 1, rest.size()));
                }
                at.of(scenario) = std::move(set);
                return std::nullopt;
            },
            [at](const Scenario& scenario) { return core::to_string(at.of(scenario)); },
            no_fault};
}

Key port_window_key(Words words, Field<Host, std::optional<core::PortRange>> at) {
    return {words.name,
            words.meaning,
            "two ports and a dash, or \"off\"",
            Form::text,
            [at](Scenario& scenario, std::string_view text) -> std::optional<Fault> {
                if (text == "off") {
                    at.of(scenario) = std::nullopt;
                    return std::nullopt;
                }
                const auto ends = ports_from(text);
                if (!ends)
                    return "is not a range of ports; write two ports from 1 to 65535 and a dash, such as "
                           "\"40000-40999\", or \"off\"";
                if (ends->first > ends->last) return backwards(text, *ends);
                at.of(scenario) = core::PortRange{ends->first, ends->last};
                return std::nullopt;
            },
            [at](const Scenario& scenario) {
                const auto& window = at.of(scenario);
                return window ? to_text(*window) : std::string{"off"};
            },
            no_fault};
}

Key first_port_key(Words words, Field<Host, std::optional<std::uint16_t>> at) {
    return {words.name,
            words.meaning,
            "port, 1024 to 65535, or \"lowest\"",
            Form::whole_or_text,
            [at](Scenario& scenario, std::string_view text) -> std::optional<Fault> {
                const auto port = whole_from(text, 65535);
                if (!port && text != "lowest") return "is not a port; write 1024 to 65535, or \"lowest\"";
                at.of(scenario) = port ? std::optional{static_cast<std::uint16_t>(*port)} : std::nullopt;
                return std::nullopt;
            },
            [at](const Scenario& scenario) {
                const auto port = at.of(scenario);
                return port ? std::to_string(*port) : std::string{"lowest"};
            },
            no_fault};
}

}  // namespace portdrought::scenario
