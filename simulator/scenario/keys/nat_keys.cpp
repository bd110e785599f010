#include "scenario/keys/nat_keys.hpp"

namespace portdrought::scenario {
namespace {

constexpr std::uint64_t most_hosts = 1'000'000, most_ports = 65535;

std::optional<NatShare> share_from(std::string_view text) {
    const std::size_t colon = text.find(':');
    if (colon == text.npos) return std::nullopt;
    const auto hosts = whole_from(text.substr(0, colon), most_hosts);
    const auto ports = whole_from(text.substr(colon + 1), most_ports);
    if (!hosts || !ports || *hosts == 0 || *ports == 0) return std::nullopt;
    return NatShare{static_cast<std::uint32_t>(*hosts), static_cast<std::uint32_t>(*ports)};
}

std::optional<std::vector<NatShare>> shares_from(std::string_view text) {
    std::vector<NatShare> shares;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(','), text.size());
        const auto share = share_from(text.substr(0, end));
        if (!share || end + 1 == text.size()) return std::nullopt;
        shares.push_back(*share);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return shares;
}

}  // namespace

Key nat_shares_key(Words words, Field<Nat, std::vector<NatShare>> at) {
    return {words.name,
            words.meaning,
            "HOSTS:PORTS separated by commas, or \"\"",
            Form::text,
            [at](Scenario& scenario, std::string_view text) -> std::optional<Fault> {
                auto shares = shares_from(text);
                if (!shares)
                    return "is not a list of shares; write the number of hosts up to which each gets so many ports, "
                           "such as \"50:1024,100:512\"";
                if (!std::ranges::is_sorted(*shares, std::ranges::less_equal{}, &NatShare::hosts))
                    return "is out of order; write the lower numbers of hosts first";
                at.of(scenario) = std::move(*shares);
                return std::nullopt;
            },
            [at](const Scenario& scenario) {
                std::string text;
                for (const NatShare& share : at.of(scenario))
                    text += (text.empty() ? "" : ",") + std::to_string(share.hosts) + ':' + std::to_string(share.ports);
                return text;
            },
            no_fault};
}

}  // namespace portdrought::scenario
