#include "analysis/findings/refusals.hpp"

#include <fmt/format.h>

#include "analysis/findings/mechanism.hpp"
#include "analysis/findings/trust.hpp"
#include "analysis/text/numbers.hpp"
#include "scenario/addresses.hpp"

namespace portdrought::findings {
namespace {

using core::Outcome;
using record::RunRecord;

std::string server_text(const RunRecord& record) {
    return core::endpoint_text(scenario::address_of(record.scenario.server.address), record.scenario.server.port);
}

bool nat_dropped(const RunRecord& record) { return record.nat && record.nat->dropped > 0; }

/// A NAT says nothing: what it cannot place it drops, and the client tries again until its own patience ends.
std::string nat_without_port(const RunRecord& record) {
    const record::NatUse& nat = *record.nat;
    std::string text = fmt::format("The NAT ({}) dropped {} for want of a port", record.scenario.nat.profile,
                                   text::counted(nat.dropped, "SYN"));
    if (nat.first_drop_s) text += fmt::format(", the first after {}", text::seconds(*nat.first_drop_s));
    return text + fmt::format(". It holds {} towards one destination, closed ones whose port it still keeps included.",
                              text::counted(nat.capacity, "flow"));
}

/// What the outcome means, as a sentence or two.
std::string meaning(const RunRecord& record, Outcome outcome) {
    switch (outcome) {
        case Outcome::refused: return fmt::format("Nobody was listening on {}.", server_text(record));
        case Outcome::reset:
            if (laws::predict(record.scenario).holding == laws::Holding::by_reset)
                return fmt::format("The peer ended each by RST ({}), so no pair stayed in TIME_WAIT.",
                                   reset_cause(record.scenario));
            return "The peer sent RST after the connection was made: it died, or closed with unread data.";
        case Outcome::timeout:
            if (nat_dropped(record)) return nat_without_port(record);
            return fmt::format(
                "Nothing came within {}{}: a full listen backlog, a full connection-tracking "
                "table or a slow peer look like this, a lack of ports does not.",
                text::seconds(record.scenario.load.timeout), is_modelled(record) ? "" : " of real time");
        case Outcome::fd_limit:
            return fmt::format(
                "The process may open {} descriptors and had no more: lower load.in_flight or raise the "
                "limit (ulimit -n).",
                text::thousands(record.host.descriptor_limit));
        case Outcome::no_memory: return "The kernel had no memory for the socket.";
        case Outcome::cut_short: return "The peer closed before its whole response was there.";
        default: return "The errors are listed below.";
    }
}

std::string errors_in_brackets(const RunRecord& record) {
    std::string list;
    for (const auto& [error, count] : record.totals.errors)
        list += fmt::format("{}{} {}", list.empty() ? "" : ", ", error, text::thousands(count));
    return list.empty() ? list : " (" + list + ")";
}

std::string in_brackets(const std::string& names, const char* otherwise) {
    return " (" + (names.empty() ? otherwise : names) + ")";
}

std::string ok_share(const record::Totals& totals) {
    const double share = static_cast<double>(totals.outcomes[Outcome::ok]) / static_cast<double>(totals.attempts);
    return " (" + text::percent(share) + ')';
}

/// The errno behind the outcome, as far as it was counted.
std::string detail(const RunRecord& record, Outcome outcome) {
    switch (outcome) {
        case Outcome::ok: return ok_share(record.totals);
        case Outcome::no_port_connect: return " (EADDRNOTAVAIL)";
        case Outcome::no_port_bind: return in_brackets(errno_names(record.totals.errors, "bind"), "bind");
        case Outcome::refused: return " (ECONNREFUSED)";
        case Outcome::fd_limit: return in_brackets(errno_names(record.totals.errors, "socket"), "EMFILE");
        case Outcome::other: return errors_in_brackets(record);
        default: return {};
    }
}

}  // namespace

std::string outcome_label(Outcome outcome) {
    switch (outcome) {
        case Outcome::ok: return "ok";
        case Outcome::no_port_connect: return "no port left";
        case Outcome::no_port_bind: return "no port to bind";
        case Outcome::refused: return "refused";
        case Outcome::reset: return "reset";
        case Outcome::timeout: return "timed out";
        case Outcome::fd_limit: return "no descriptor";
        case Outcome::no_memory: return "no memory";
        case Outcome::cut_short: return "cut short";
        case Outcome::refused_locally: return "refused locally";
        case Outcome::late: return "never started";
        case Outcome::unfinished: return "unfinished";
        case Outcome::other: return "other";
    }
    return "other";
}

std::string outcome_cell(const RunRecord& record, Outcome outcome) {
    return outcome_label(outcome) + ' ' + text::thousands(record.totals.outcomes[outcome]) + detail(record, outcome);
}

Verdict failed_otherwise(const RunRecord& record) {
    constexpr Outcome kinds[] = {Outcome::refused,   Outcome::reset,     Outcome::timeout, Outcome::fd_limit,
                                 Outcome::no_memory, Outcome::cut_short, Outcome::other};
    const core::OutcomeCounts& outcomes = record.totals.outcomes;
    std::uint64_t failed = 0;
    Outcome most = kinds[0];
    for (const Outcome kind : kinds) {
        failed += outcomes[kind];
        if (outcomes[kind] > outcomes[most]) most = kind;
    }
    return {fmt::format("{} of {} attempts failed, none for want of a port{}.", text::thousands(failed),
                        text::thousands(record.totals.attempts), nat_dropped(record) ? " of the host's" : ""),
            fmt::format("{}: {}. {}", failed == outcomes[most] ? "All of them" : "Most of them", outcome_label(most),
                        meaning(record, most))};
}

}  // namespace portdrought::findings
