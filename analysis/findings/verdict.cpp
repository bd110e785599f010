#include "analysis/findings/verdict.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "analysis/findings/mechanism.hpp"
#include "analysis/findings/pooling.hpp"
#include "analysis/findings/refusals.hpp"
#include "analysis/laws/capacity.hpp"
#include "analysis/text/numbers.hpp"
#include "record/totals.hpp"
#include "scenario/addresses.hpp"

namespace portdrought::findings {
namespace {

using core::Outcome;
using laws::Holding;
using record::RunRecord;

// Removed in steps of the kernel's timer wheel, a pair lives up to 62.1 s where 60 s are meant (HZ=250).
constexpr double natural_longest_s = 62.1;

void add(std::string& text, const std::string& sentence) {
    if (sentence.empty()) return;
    if (!text.empty()) text += ' ';
    text += sentence;
}

std::string moment(const RunRecord& record) {
    return record.totals.time_to_first_failure_s ? "after " + text::seconds(*record.totals.time_to_first_failure_s)
                                                 : std::string{"during the run"};
}

std::string opened(const RunRecord& record) {
    const std::uint32_t hosts = record.scenario.topology.hosts;
    return fmt::format("{} connections a second were {}{}", text::figure(opened_per_s(record)),
                       laws::connections_offered(record.scenario) ? "opened"
                       : record.totals.time_to_first_failure_s    ? "made until then"
                                                                  : "made",
                       hosts == 1 ? "" : fmt::format(" by {} hosts", text::thousands(hosts)));
}

/// Not only in the busy times of a load that varies.
bool runs_out_on_average(const laws::Prediction& law) {
    const bool mean_fits = law.pairs_at_most && law.pairs_wanted <= static_cast<double>(law.capacity);
    return law.runs_out() && !mean_fits;
}

/// Why ports ran out although the arithmetic says that the rate lasts; empty where it agrees.
std::string surprise(const RunRecord& record, const laws::Prediction& law) {
    const std::uint64_t bound = record.totals.ports_bound.value_or(0);
    if (bound > 0)
        return fmt::format(
            "But connections did not have all of them: sockets that are bound and never connected held {}.",
            text::counted(bound, "port"));
    if (!law.offered || runs_out_on_average(law)) return {};
    if (law.holding == Holding::never_closed) return {};
    if (!record.scenario.host.timed_wait_delay &&
        law.offered->per_second * natural_longest_s > static_cast<double>(law.capacity))
        return "That is close: the kernel removes pairs in batches, so some stay for 62 s.";
    switch (record.scenario.load.arrivals) {
        case core::Arrivals::constant: break;
        case core::Arrivals::poisson: return "On average that would have lasted; the random arrivals came in bursts.";
        case core::Arrivals::bursts: return "On average that would have lasted; the bursts did not.";
        case core::Arrivals::daily: return "On average that would have lasted; the busy time of the day did not.";
        case core::Arrivals::trace: return "On average that would have lasted; the busy times of the trace did not.";
    }
    return "By that arithmetic the ports should have lasted: something else held them, see the peaks below.";
}

std::string cliff_figures(const RunRecord& record) {
    const core::Duration fast = record.connect.quantile(0.1), slow = record.connect.quantile(0.99);
    return fmt::format("One in ten took {} or less, one in a hundred {} or more, {:.0f} times as long",
                       text::latency(fast), text::latency(slow),
                       core::seconds(slow) / std::max(core::seconds(fast), 1e-9));
}

constexpr const char* why_cliff =
    "past half, the kernel walks through the taken ports of one parity before it finds a free one";

Verdict ports_ran_out(const RunRecord& record) {
    const laws::Prediction law = laws::predict(record.scenario);
    Verdict result{"Ports ran out " + moment(record) + ".", {}};
    add(result.explanation,
        opened(record) + ", and " + holding_clause(record, law) +
            (law.holding == Holding::never_closed ? fmt::format(": {} were all there was.", pool_text(record))
                                                  : ": " + arithmetic(record) + "."));
    add(result.explanation, surprise(record, law));
    add(result.explanation, pool_use(record));
    if (has_latency_cliff(record))
        add(result.explanation,
            fmt::format("Long before, connect() became slow. {}: {}.", cliff_figures(record), why_cliff));
    add(result.explanation, idle_settings(record.scenario));
    return result;
}

Verdict bind_ran_out(const RunRecord& record) {
    const laws::Prediction law = laws::predict(record.scenario);
    const std::string error = errno_names(record.totals.errors, "bind");
    Verdict result{fmt::format("Ports ran out {}, in bind().", moment(record)), {}};
    add(result.explanation, opened(record) + ", and " + holding_clause(record, law) + ": " + arithmetic(record) + ".");
    const bool by_program = record.scenario.host.port_choice == scenario::PortChoice::bound;
    const std::uint32_t destinations = scenario::destination_count(record.scenario.host);
    if (by_program && !record.scenario.host.reuse_address)
        add(result.explanation, "SO_REUSEADDR would let bind() take a port in TIME_WAIT, and timestamps connect().");
    if (destinations > 1 && !by_program)
        add(result.explanation, fmt::format("The {} destinations share one pool; IP_BIND_ADDRESS_NO_PORT would leave "
                                            "the choice to connect() and give each a pool of its own.",
                                            destinations));
    if (!error.empty())
        add(result.explanation, fmt::format("The error is {} from bind(), not EADDRNOTAVAIL from connect().", error));
    add(result.explanation, idle_settings(record.scenario));
    return result;
}

Verdict relay_ran_out(const RunRecord& record) {
    std::string calls;
    for (const auto& [error, count] : record.totals.relay_errors)
        calls += fmt::format("{}{} {}", calls.empty() ? "" : ", ", text::thousands(count), error);
    return {
        "The relay found no port for its own outbound connections.",
        fmt::format("Its calls failed ({}), so {} of {} attempts failed although none of them lacked a port itself. "
                    "The relay needs one port per accepted connection, from the same range.",
                    calls, text::thousands(record.totals.outcomes.failed()), text::thousands(record.totals.attempts))};
}

Verdict fell_behind(const RunRecord& record) {
    return {
        fmt::format("{} of {} attempts were never started.", text::thousands(record.totals.outcomes[Outcome::late]),
                    text::thousands(record.totals.attempts)),
        fmt::format("All {} slots (load.in_flight) were taken when they were due. No attempt that was started failed.",
                    text::thousands(record.scenario.load.in_flight))};
}

Verdict latency_cliff(const RunRecord& record) {
    const std::uint64_t late = record.totals.outcomes[Outcome::late];
    Verdict result{late == 0 ? "No attempt failed, but connect() became slow."
                             : fmt::format("connect() became slow, and {} of {} attempts were never started.",
                                           text::thousands(late), text::thousands(record.totals.attempts)),
                   {}};
    add(result.explanation,
        fmt::format("{}. Up to {} of {} were taken: {}. This cliff comes before the first error.",
                    cliff_figures(record), text::thousands(most_ports_in_use(record)), pool_text(record), why_cliff));
    return result;
}

/// TIME_WAIT (or a state like it) on this side, and the ports sufficed.
std::string lasted(const RunRecord& record, const laws::Prediction& law) {
    std::string text = opened(record) + ", and " + holding_clause(record, law) + ": " + arithmetic(record) + ".";
    const std::uint64_t skipped = record.totals.cost.time_wait_overflow.value_or(0);
    if (skipped > 0) {
        const bool needed = law.pairs_wanted.value_or(0) > static_cast<double>(law.capacity);
        add(text, fmt::format("{}{} skipped TIME_WAIT at the limit of {} entries.",
                              needed ? "They lasted only because " : "All the same, ", text::counted(skipped, "close"),
                              text::thousands(record.scenario.host.max_time_wait)));
        return text;
    }
    const std::uint64_t stalls = record.totals.cost.connect_stalls.value_or(0);
    if (law.holding == Holding::fin_wait_2 && stalls > 0)
        add(text,
            fmt::format("The peer still has the old connection of a pair that is used again: {} met it there and had "
                        "to be sent again.",
                        text::counted(stalls, "SYN")));
    if (!law.offered || !law.runs_out()) {
        add(text, fmt::format("That lasts up to {}.", lasting(record, law)));
        return text;
    }
    if (core::seconds(*law.exhaustion) >= record::load_end_s(record))
        add(text, fmt::format("The run was too short to show it: at this rate the ports run out after {}.",
                              text::seconds(*law.exhaustion)));
    else
        add(text,
            fmt::format("By that arithmetic they should have run out after {}, but only {}/s were made.",
                        text::seconds(*law.exhaustion), text::figure(record.totals.achieved_rate_per_s.value_or(0))));
    return text;
}

std::string reused(const RunRecord& record, const laws::Prediction& law) {
    const auto recycled = record.counters.find("TcpExt.TWRecycled");
    std::string text =
        fmt::format("tw_reuse lets connect() take a pair back after {} instead of {}", text::seconds(law.after_close),
                    text::seconds(scenario::time_wait_length(record.scenario)));
    if (recycled != record.counters.end() && recycled->second > 0)
        text += fmt::format("; that happened {} times", text::thousands(recycled->second));
    return fmt::format("{}. Free ports below are those that connect() could take, so they last up to {}.", text,
                       lasting(record, law));
}

std::string server_held(const RunRecord& record) {
    const bool relay = record.scenario.server.kind == scenario::ServerKind::relay;
    return fmt::format(
        "The {} closed each connection first, so TIME_WAIT is on its side (peak {}), where a fresh SYN may take a pair "
        "over. On the client's side a port was free again at once.",
        relay ? fmt::format("relay on port {}", record.scenario.server.port) : "server",
        record.totals.time_wait_peak_server ? text::thousands(*record.totals.time_wait_peak_server)
                                            : std::string{"not counted"});
}

std::string by_reset(const RunRecord& record) {
    const std::uint64_t left = record.totals.time_wait_peak.value_or(0);
    const scenario::Load& load = record.scenario.load;
    const std::string leaves =
        left == 0 ? std::string{"no TIME_WAIT"} : text::thousands(left) + " pairs in TIME_WAIT at most";
    if (load.passive_linger && record.totals.cost.resets_seen_by_peer == 0)
        return fmt::format(
            "The side that closed second answered each FIN with RST (SO_LINGER {{1,0}}), which left {}. The "
            "side that closed first was gone already and saw no reset.",
            leaves);
    const std::string how = load.close_unread ? "with unread data" : "with SO_LINGER {1,0}";
    return fmt::format("close() {} sent RST instead of FIN, which left {}. The price: {}.", how, leaves,
                       cost_of_resets(record.totals.cost));
}

std::string bound_again(const RunRecord& record, const laws::Prediction& law) {
    const auto recycled = record.counters.find("TcpExt.TWRecycled");
    std::string text = opened(record) + ", and " + holding_clause(record, law);
    if (recycled != record.counters.end() && recycled->second > 0)
        text += fmt::format("; that happened {} times", text::thousands(recycled->second));
    return text +
           ". It needs TCP timestamps, and nothing protects such a pair from the old connection's segments but "
           "them.";
}

Verdict no_failure(const RunRecord& record) {
    const laws::Prediction law = laws::predict(record.scenario);
    Verdict result{record.totals.cost.transfers_cut > 0
                       ? fmt::format("No attempt failed on the closing side, but {} in {}.",
                                     text::bytes(record.totals.cost.bytes_lost.value_or(0)) + " never arrived",
                                     text::counted(record.totals.cost.transfers_cut.value_or(0), "transfer"))
                       : std::string{"No attempt failed."},
                   {}};
    if (record.pool) {
        add(result.explanation, pool_kept_ports(record, law));
        return result;
    }
    switch (law.holding) {
        case Holding::reuse_delay: add(result.explanation, reused(record, law)); break;
        case Holding::bound_reuse: add(result.explanation, bound_again(record, law)); break;
        case Holding::server_side: add(result.explanation, server_held(record)); break;
        case Holding::by_reset: add(result.explanation, by_reset(record)); break;
        case Holding::never_closed:
            add(result.explanation, fmt::format("{}, and {}; {} were enough for this run.", opened(record),
                                                holding_clause(record, law), pool_text(record)));
            break;
        default: add(result.explanation, lasted(record, law));
    }
    add(result.explanation, nat_limit(record.scenario));
    add(result.explanation, idle_settings(record.scenario));
    return result;
}

Verdict held_back(const RunRecord& record) {
    Verdict result = no_failure(record);
    result.headline = fmt::format("No attempt that was let through failed; {} of {} were refused locally.",
                                  text::thousands(record.totals.outcomes[Outcome::refused_locally]),
                                  text::thousands(record.totals.attempts));
    result.explanation = admission_text(record) + ' ' + result.explanation;
    return result;
}

}  // namespace

Verdict verdict(const RunRecord& record) {
    switch (finding_of(record)) {
        case Finding::nothing_attempted:
            return {"Nothing was attempted.", "The run ended before the first attempt was due."};
        case Finding::ports_ran_out: return ports_ran_out(record);
        case Finding::bind_ran_out: return bind_ran_out(record);
        case Finding::relay_ran_out: return relay_ran_out(record);
        case Finding::failed_otherwise: return failed_otherwise(record);
        case Finding::fell_behind: return fell_behind(record);
        case Finding::held_back: return held_back(record);
        case Finding::latency_cliff: return latency_cliff(record);
        case Finding::no_failure: return no_failure(record);
    }
    return {};
}

}  // namespace portdrought::findings
