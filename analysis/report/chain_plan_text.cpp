#include "analysis/report/chain_plan_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/laws/load_peak.hpp"
#include "analysis/laws/nat.hpp"
#include "analysis/report/plan_header.hpp"
#include "analysis/text/numbers.hpp"
#include "analysis/text/table.hpp"
#include "scenario/syn_timers.hpp"

namespace portdrought::report {
namespace {

using knees::Mitigation;
using knees::Plan;
using laws::ChainPool;
using laws::PoolKind;
using text::TextStyle;

bool is_singular(PoolKind kind) { return kind == PoolKind::host_share || kind == PoolKind::nat_table; }

bool is_endless(const ChainPool& pool) { return pool.residence() >= core::Duration::max() / 2; }

std::string rate_words(double per_s) { return std::isfinite(per_s) ? text::figure_below(per_s) + "/s" : "any rate"; }

/// The profile's value of this key was never checked against its maker's word.
bool is_unverified(const Plan& plan, std::string_view key) {
    return std::ranges::any_of(plan.unverified, [&](const std::string& sentence) {
        return sentence.starts_with(key) && sentence.substr(key.size()).starts_with(" ");
    });
}

std::string mark(const Plan& plan, std::string_view key) { return is_unverified(plan, key) ? " (unverified)" : ""; }

std::string_view hold_key(const Plan& plan, const ChainPool& pool) {
    if (pool.kind == PoolKind::client_ports || pool.kind == PoolKind::server_time_wait) return "host.timed_wait_delay";
    return plan.forecast.law.holding == laws::Holding::by_reset ? "nat.after_reset" : "nat.after_fin";
}

std::string_view capacity_key(const Plan& plan, const ChainPool& pool) {
    const scenario::Nat& nat = plan.scenario.nat;
    switch (pool.kind) {
        case PoolKind::client_ports: return "host.ports";
        case PoolKind::host_share: return nat.ports_by_hosts.empty() ? "nat.ports_per_host" : "nat.ports_by_hosts";
        case PoolKind::nat_table: return "nat.max_connections";
        case PoolKind::server_time_wait: return "host.max_time_wait";
        case PoolKind::nat_ports: break;
    }
    const bool by_destination = nat.connections_per_destination && *nat.connections_per_destination < nat.ports.size();
    return by_destination ? "nat.connections_per_destination" : "nat.ports";
}

/// "50,000", "65,000 of 66,000 (a search of 248 tries)"
std::string places_words(const Plan& plan, const ChainPool& pool) {
    const std::string all = text::thousands(pool.capacity) + mark(plan, capacity_key(plan, pool));
    const auto reachable = static_cast<std::uint64_t>(pool.reachable);
    if (reachable >= pool.capacity) return all;
    return fmt::format("({} of {} before 1 % of the searches give up)", text::thousands(reachable), all);
}

/// "65 s", "(65 s + 0.05 s open)"
std::string time_words(const Plan& plan, const ChainPool& pool) {
    const std::string after = text::seconds(pool.after_close) + mark(plan, hold_key(plan, pool));
    if (pool.open <= core::Duration{0}) return after;
    if (pool.after_close <= core::Duration{0}) return text::seconds(pool.open) + " open";
    return fmt::format("({} + {} open)", after, text::seconds(pool.open));
}

std::string hosts_words(const Plan& plan) { return text::counted(plan.chain->hosts, "host"); }

/// "769/s of all 200 hosts together, 3.84/s of each"
std::string shared_rate_words(const Plan& plan, double per_s) {
    if (plan.chain->hosts == 1) return rate_words(per_s);
    return fmt::format("{} of all {} together, {} of each", rate_words(per_s), hosts_words(plan),
                       rate_words(per_s / plan.chain->hosts));
}

std::string unserved_words(const Plan& plan) {
    const scenario::Nat& nat = plan.scenario.nat;
    const std::uint32_t hosts = plan.chain->hosts;
    const std::uint64_t shares = laws::shares_there_are(nat, hosts);
    return fmt::format("No rate lasts: the {} NAT ports{} make {} shares of {}{}, and {} of the {} get none.",
                       text::thousands(laws::nat_ports(nat)), mark(plan, "nat.ports"), text::thousands(shares),
                       text::thousands(laws::first_share(nat, hosts)),
                       mark(plan, nat.ports_by_hosts.empty() ? "nat.ports_per_host" : "nat.ports_by_hosts"),
                       text::thousands(hosts - shares), hosts_words(plan));
}

/// " / 6 (times the mean at the load's worst)"; empty where the rate never changes.
std::string peak_words(const Plan& plan, const ChainPool& pool) {
    const scenario::Load& load = plan.scenario.load;
    if (!laws::varies(load)) return {};
    return fmt::format(" / {} (times the mean at the load's worst)",
                       text::figure(laws::worst_window_s(load, pool.residence()) / core::seconds(pool.residence())));
}

/// What a full table of TIME_WAIT entries costs, where that is what is full; empty where it is not.
std::string unprotected_words(const Plan& plan) {
    const auto is_full = [](const ChainPool& pool) { return !pool.fails() && pool.exhaustion; };
    const auto server = std::ranges::find_if(plan.chain->pools, is_full);
    std::string words;
    if (server != plan.chain->pools.end())
        words = fmt::format(" Only the {} are full, after {}", name(server->kind), text::seconds(*server->exhaustion));
    else if (plan.forecast.protected_per_s)
        words = fmt::format(" From {} of each host on its TIME_WAIT entries are full",
                            rate_words(*plan.forecast.protected_per_s));
    else
        return {};
    return words + fmt::format(
                       ": closes beyond {} (host.max_time_wait) leave none, and what still travels of them may "
                       "get into new connections on their ports.",
                       text::thousands(plan.scenario.host.max_time_wait));
}

std::string weakest_words(const Plan& plan) {
    const ChainPool& pool = plan.chain->weakest();
    const std::string is = is_singular(pool.kind) ? "is" : "are";
    if (!std::isfinite(pool.sustainable_per_s)) return "No attempt ever misses a port." + unprotected_words(plan);
    if (is_endless(pool))
        return fmt::format("No rate lasts: the {}, {}, {} taken and never given back.", name(pool.kind),
                           text::thousands(pool.capacity), is);
    if (pool.unserved > 0) return unserved_words(plan);
    const std::string popular = plan.scenario.topology.destination_skew > 0 && pool.kind != PoolKind::nat_table
                                    ? " towards the most popular destination"
                                    : "";
    return fmt::format(
        "The {}{} {} full first: {} / {}{}{} = {}.", name(pool.kind), popular, is, places_words(plan, pool),
        time_words(plan, pool),
        popular.empty() ? "" : fmt::format(" at {} of all", text::percent(laws::popularities(plan.scenario).front())),
        peak_words(plan, pool), shared_rate_words(plan, pool.sustainable_per_s));
}

/// "; from then on 47.1 % of the attempts fail: 529/s succeed, more than the sustained 341/s because …"
std::string failing_words(const Plan& plan) {
    const laws::Chain& chain = *plan.chain;
    const double succeed = chain.offered->per_second * (1 - plan.failing_share);
    std::string words = fmt::format("; from then on {} of the attempts fail and {} succeed",
                                    text::percent(plan.failing_share), rate_words(succeed));
    const laws::LastGrowth growth = laws::last_growth(plan.scenario.nat, chain.hosts);
    if (chain.weakest().kind == PoolKind::host_share && growth.hosts > 0)
        words += fmt::format(", because the last ports let {} of the {} grow to {} each", text::thousands(growth.hosts),
                             hosts_words(plan), text::thousands(growth.share));
    return words;
}

std::string offered_words(const Plan& plan) {
    const laws::Chain& chain = *plan.chain;
    if (!chain.offered) return " No rate is known beforehand, so nothing is said about when.";
    const std::string offered =
        chain.hosts == 1 ? rate_words(chain.offered->per_second)
                         : fmt::format("{} ({} x {})", rate_words(chain.offered->per_second), hosts_words(plan),
                                       rate_words(chain.offered->per_second / chain.hosts));
    if (chain.weakest().unserved > 0)
        return fmt::format(" At the offered {} {} of the attempts fail.", offered, text::percent(plan.failing_share));
    const ChainPool* full = chain.first_full();
    const std::string mean = plan.forecast.law.pairs_at_most ? " on average, judged by the load's worst times," : "";
    if (full == nullptr) return fmt::format(" The offered {}{} last.", offered, mean);
    const bool is_other = full != &chain.weakest();
    std::string words =
        fmt::format(" At the offered {}{} {} full after {}", offered, mean,
                    is_other ? fmt::format("the {} {}", name(full->kind), is_singular(full->kind) ? "is" : "are")
                    : is_singular(full->kind) ? "it is"
                                              : "they are",
                    text::seconds(*full->exhaustion));
    if (plan.failing_share > 0) words += failing_words(plan);
    return words + '.';
}

/// "1, 3, 7", "1, 2, 3, 4, 5, 7": the equal distances and what shows that the next are twice as long.
std::string syns_again_words(const scenario::Host& host) {
    const scenario::SynTimers timers = scenario::syn_timers(host);
    const std::uint32_t count = timers.linear > 0 ? timers.linear + 2 : 3;
    std::string words;
    core::Duration at{0};
    for (std::uint32_t again = 0; again < count; ++again) {
        at += timers.after(again);
        words += fmt::format("{}{:g}", words.empty() ? "" : ", ", core::seconds(at));
    }
    return words;
}

std::string symptom_sentence(const Plan& plan) {
    const ChainPool& pool = plan.chain->weakest();
    if (!std::isfinite(pool.sustainable_per_s)) return "";
    if (pool.symptom == laws::Symptom::no_port)
        return fmt::format(" The symptom: {}.", symptom_words(pool, plan.scenario));
    return fmt::format(
        " The symptom: the SYN is dropped and sent again after {} s and so on; who is not let in meanwhile ends as a "
        "timeout "
        "after {} (load.timeout), never as EADDRNOTAVAIL.",
        syns_again_words(plan.scenario.host), text::seconds(plan.scenario.load.timeout));
}

std::string pools_table(const Plan& plan, std::size_t width) {
    const laws::Chain& chain = *plan.chain;
    text::Table table({"pool", "holds", "for", "together", "per host", "full after"});
    for (const ChainPool& pool : chain.pools)
        table.add_row({name(pool.kind),
                       text::thousands(pool.capacity) + (pool.of_each_host && chain.hosts > 1 ? " each" : ""),
                       is_endless(pool) ? "ever" : text::seconds(pool.residence()), rate_words(pool.sustainable_per_s),
                       rate_words(pool.sustainable_per_s / chain.hosts),
                       pool.exhaustion ? text::seconds(*pool.exhaustion) : "never"});
    return table.render(width);
}

std::string next_words(const Mitigation& item) {
    if (item.forecast.law.pooled) return "unknown";
    const ChainPool& next = item.chain->weakest();
    return std::isfinite(next.sustainable_per_s) ? name(next.kind) : "none";
}

std::string mitigations_table(const Plan& plan, std::size_t width) {
    text::Table table({"with", "headroom", "lasts up to", "then full first"});
    for (const Mitigation& item : plan.mitigations) {
        if (item.is_useless()) continue;
        const char* unit = item.attempts_per_connection > 1 ? " req/s" : "/s";
        table.add_row({item.name,
                       item.factor        ? "x" + text::figure(*item.factor)
                       : item.lasts_per_s ? "from 0/s"
                                          : "no limit",
                       item.lasts_per_s ? text::figure_below(*item.lasts_per_s) + unit : "", next_words(item)});
    }
    return table.render(width);
}

std::string useless_words(const Plan& plan) {
    std::string names;
    for (const Mitigation& item : plan.mitigations)
        if (item.is_useless()) names += (names.empty() ? "" : ", ") + item.name;
    if (names.empty()) return names;
    return fmt::format("No gain from: {}. The pool that is full first stays as it is.", names);
}

std::string unverified_words(const Plan& plan, std::size_t width) {
    std::string result;
    for (const std::string& sentence : plan.unverified) result += text::paragraph("unverified: " + sentence, 2, width);
    return result.empty() ? result : '\n' + result;
}

}  // namespace

std::string symptom_words(const ChainPool& pool, const scenario::Scenario& scenario) {
    switch (pool.symptom) {
        case laws::Symptom::no_port:
            return scenario::bind_takes_port(scenario.host) ? "EADDRINUSE at once" : "EADDRNOTAVAIL at once";
        case laws::Symptom::syn_timeout: return "SYN timeout";
        case laws::Symptom::unprotected: return "no TIME_WAIT, no failure";
    }
    return "";
}

std::string chain_words(const Plan& plan) {
    if (const std::string words = silence_words(plan); !words.empty()) return words;
    return weakest_words(plan) + offered_words(plan) + symptom_sentence(plan);
}

std::string chain_text(const Plan& plan, const TextStyle& style) {
    const std::size_t prose = std::min(style.width, text::prose_width);
    std::string result = plan_header(plan, style) + '\n';
    result += text::paragraph(chain_words(plan), 2, prose) + '\n';
    result += pools_table(plan, style.width);
    if (!plan.mitigations.empty()) result += '\n' + mitigations_table(plan, style.width);
    if (const std::string words = useless_words(plan); !words.empty())
        result += '\n' + text::paragraph(words, 2, prose);
    return result + unverified_words(plan, prose);
}

}  // namespace portdrought::report
