#include <fmt/format.h>

#include "analysis/html/ports_words.hpp"

namespace portdrought::html {
namespace {

std::string places(const RunFacts& facts) {
    std::string product = facts.ports + " ports";
    if (facts.sources > 1) product += fmt::format(" x {} source addresses", facts.sources);
    if (facts.hosts > 1) product += fmt::format(" x {} hosts", facts.hosts);
    if (facts.destinations > 1) product += fmt::format(" x {} destinations", facts.destinations);
    const bool is_product = facts.sources > 1 || facts.hosts > 1 || facts.destinations > 1;
    std::string words = "There are " + product + (is_product ? fmt::format(" = {} places.", facts.capacity) : ".");
    if (!facts.bound.empty())
        words += fmt::format(" Sockets that are bound and never connected hold {} of them, so {} are left.",
                             facts.bound, facts.usable);
    return words;
}

std::string nat(const RunFacts& facts) {
    if (!facts.nat) return {};
    const NatFacts& nat = *facts.nat;
    return fmt::format(
        " But the hosts are behind a NAT, and its places end first: it lasts up to {}{} ({}: {}{} / {}{}).",
        nat.lasting, facts.hosts > 1 ? " of all hosts together" : "", laws::name(nat.kind), nat.places,
        nat.of_each_host ? " for each host" : "", nat.residence.empty() ? "ever" : nat.residence,
        nat.unserved.empty() ? "" : fmt::format("; {} of the hosts get none", nat.unserved));
}

std::string outcome(const RunFacts& facts) {
    if (facts.nat_is_full_first)
        return facts.first_drop.empty()
                   ? "."
                   : fmt::format("; the first SYN was dropped for want of one at {}.", facts.first_drop);
    if (!facts.first_failure.empty()) return fmt::format("; the first failure came at {}.", facts.first_failure);
    return facts.is_too_short ? "; this run was too short to show it." : ".";
}

std::string prediction(const RunFacts& facts) {
    if (!facts.is_predicted) return {};
    if (!facts.predicted_exhaustion.empty())
        return fmt::format(" So {} should run out after {}{}",
                           facts.nat_is_full_first ? "the NAT's places"
                           : facts.is_hot          ? "the ports towards the most popular destination"
                                                   : "the ports",
                           facts.predicted_exhaustion, outcome(facts));
    return std::string{facts.nat ? " At this rate neither the ports nor the NAT's places should run out"
                                 : " So the ports should not run out"} +
           (facts.first_failure.empty() ? std::string{", and none did."}
                                        : fmt::format("; yet a failure came at {}.", facts.first_failure));
}

std::string reason(const Spared& spared) {
    switch (spared.why) {
        case WithoutNeed::refused_locally: return spared.attempts + " were refused locally";
        case WithoutNeed::never_started: return spared.attempts + " were never started";
        case WithoutNeed::no_resources: return spared.attempts + " had no descriptor or no memory";
        case WithoutNeed::unfinished: return spared.attempts + " were unfinished";
        case WithoutNeed::open_connection: return spared.attempts + " went out on a connection that was open already";
    }
    return {};
}

std::string reasons(const RunFacts& facts) {
    std::string list;
    for (const Spared& spared : facts.spared) list += (list.empty() ? "" : ", ") + reason(spared);
    return list;
}

std::string found_one(const RunFacts& facts) {
    if (facts.all_ok) return fmt::format("all of {} attempts found one", facts.attempts);
    std::string words =
        fmt::format("{} of {} attempts got as far as needing one, and found it", facts.needing, facts.attempts);
    if (!facts.spared.empty()) words += fmt::format(" ({})", reasons(facts));
    if (!facts.failed_with_port.empty()) words += fmt::format("; {} failed for another reason", facts.failed_with_port);
    return words;
}

/// How near it came.
std::string peak(const RunFacts& facts) {
    if (facts.peak_client.empty()) return fmt::format(". There are {}.", facts.capacity);
    return fmt::format("; at most {} were in TIME_WAIT on the client's side, of {}.", facts.peak_client,
                       facts.capacity);
}

std::string of_nat(const RunFacts& facts) {
    return fmt::format("{}the NAT had no port for {} SYNs, those sent again included.",
                       facts.first_drop.empty() ? "" : fmt::format("from {} on ", facts.first_drop), facts.dropped);
}

}  // namespace

std::string arithmetic_in_english(const RunFacts& facts) {
    std::string words = places(facts);
    if (facts.residence.empty())
        return words + " Nothing is ever given back, so each connection takes one for good." + nat(facts);
    words += fmt::format(" One connection keeps its port for {}.", facts.residence);
    if (!facts.wanted.empty())
        words += fmt::format(" {} x {} = {} places wanted, {} there are.", facts.rate, facts.residence, facts.wanted,
                             facts.usable);
    if (facts.rate.empty()) words += " How many connections are opened a second is not fixed beforehand here.";
    if (!facts.lasting.empty())
        words += fmt::format(" What lasts is {} / {} = {}.", facts.usable, facts.residence, facts.lasting);
    return words + nat(facts) + prediction(facts);
}

std::string used_up_in_english(const RunFacts& facts) {
    if (facts.ran_out) {
        const std::string from = facts.first_failure.empty() ? "the first failure" : facts.first_failure;
        const std::string words =
            fmt::format("Yes: from {} on, {} of {} attempts found no port.", from, facts.without_port, facts.attempts);
        return facts.dropped.empty() ? words : words + " Besides, " + of_nat(facts);
    }
    if (!facts.dropped.empty())
        return fmt::format("Yes, but those of the NAT: {} {} of {} attempts were ok. Of the hosts' own ports {}{}",
                           of_nat(facts), facts.ok, facts.attempts,
                           facts.peak_client.empty() ? "none was missing" : "enough were left", peak(facts));
    if (!facts.relay_without_port.empty())
        return fmt::format("Yes, but on the relay: {} of its own calls found none. The client lacked none{}",
                           facts.relay_without_port, peak(facts));
    return "Not in this run: " + found_one(facts) + peak(facts);
}

}  // namespace portdrought::html
