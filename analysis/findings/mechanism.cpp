#include "analysis/findings/mechanism.hpp"

#include <fmt/format.h>

#include <cmath>

#include "analysis/findings/finding.hpp"
#include "analysis/laws/capacity.hpp"
#include "analysis/laws/chain.hpp"
#include "analysis/text/numbers.hpp"

namespace portdrought::findings {

using laws::Holding;
using record::RunRecord;

namespace {

std::string idle_reuse(const scenario::Scenario& scenario) {
    if (scenario.host.tw_reuse == scenario::TwReuse::off || laws::reuse_is_effective(scenario)) return {};
    if (!scenario.host.timestamps) return "tw_reuse did nothing: it needs TCP timestamps, and they are off.";
    if (scenario::bind_takes_port(scenario.host))
        return "tw_reuse did nothing: it works in connect(), and bind() came first.";
    return fmt::format(
        "tw_reuse did nothing: it is set to loopback, which {} is not to the kernel (127/8 and ::1 are).",
        scenario.server.address);
}

std::string seconds_of(const std::optional<std::chrono::seconds>& linger) {
    return linger ? fmt::format("{}", linger->count()) : std::string{};
}

bool waits(const std::optional<std::chrono::seconds>& linger) { return linger && linger->count() > 0; }

std::string idle_linger(const scenario::Load& load) {
    if (waits(load.linger) && load.closer != core::Closer::never)
        return fmt::format("SO_LINGER {{1,{}}} did nothing about TIME_WAIT: it only makes close() wait.",
                           seconds_of(load.linger));
    if (waits(load.passive_linger))
        return fmt::format("SO_LINGER {{1,{}}} of the side that closes second did nothing about TIME_WAIT.",
                           seconds_of(load.passive_linger));
    return {};
}

std::string idle_half_close(const scenario::Load& load) {
    if (!load.half_close || load.passive_linger == std::chrono::seconds{0}) return {};
    return "The half-close did nothing about TIME_WAIT: the side that sends the first FIN keeps the pair all the same.";
}

std::string idle_reuse_address(const scenario::Host& host) {
    if (host.reuse_address && !scenario::bind_shares_ports(host))
        return "SO_REUSEADDR did nothing: bind(address, 0) heeds it only with ip_autobind_reuse.";
    if (host.reuse_address && !host.timestamps)
        return "SO_REUSEADDR let bind() take ports in TIME_WAIT, but connect() refuses such pairs without TCP "
               "timestamps, "
               "and they are off.";
    if (host.autobind_reuse && !(host.reuse_address && host.bind_before_connect))
        return "ip_autobind_reuse did nothing: it is for bind(address, 0) under SO_REUSEADDR.";
    return {};
}

}  // namespace

std::string residence_text(const laws::Prediction& law) {
    if (law.open <= core::Duration{0}) return text::seconds(law.after_close);
    if (law.after_close <= core::Duration{0}) return text::seconds(law.open) + " open";
    return fmt::format("({} + {} open)", text::seconds(law.after_close), text::seconds(law.open));
}

std::string arithmetic(const RunRecord& record) {
    const laws::Prediction law = laws::predict(record.scenario);
    const double rate = opened_per_s(record);
    const double wanted = laws::little(core::Rate{rate}, law.residence());
    return fmt::format("{}/s x {} = {} pairs wanted, {} to hold them", text::figure(rate), residence_text(law),
                       text::figure(wanted), pool_text(record));
}

std::string lasting(const RunRecord& record, const laws::Prediction& law) {
    return fmt::format("{}/s ({} / {})", text::figure(law.sustainable_per_s * record.scenario.topology.hosts),
                       text::counted(record.totals.ports_capacity, "port"), residence_text(law));
}

std::string law_once_full(const scenario::Scenario& scenario) {
    const laws::Chain chain = laws::chain_of(scenario);
    const double per_s = chain.first_full() != nullptr ? chain.offered->per_second * (1 - chain.failing_share())
                                                       : chain.weakest().sustainable_per_s;
    return std::isfinite(per_s) ? text::figure(per_s) + "/s" : "any rate";
}

std::string nat_limit(const scenario::Scenario& scenario) {
    const laws::Chain chain = laws::chain_of(scenario);
    const laws::ChainPool& pool = chain.weakest();
    if (pool.kind == laws::PoolKind::client_ports || !std::isfinite(pool.sustainable_per_s)) return {};
    const bool is_endless = pool.residence() >= scenario::endless;
    return fmt::format("The NAT lasts up to {}/s ({}: {}{} / {}).", text::figure(pool.sustainable_per_s),
                       name(pool.kind), text::figure(pool.reachable),
                       pool.of_each_host && chain.hosts > 1 ? " for each host" : "",
                       is_endless ? "ever" : text::seconds(pool.residence()));
}

std::string holding_clause(const RunRecord& record, const laws::Prediction& law) {
    const std::string length = text::seconds(scenario::time_wait_length(record.scenario));
    const bool both = record.scenario.load.closer == core::Closer::both;
    const std::string who = both ? "both sides closed each at the same time" : "this side closed each first";
    const std::string closers = who + (both ? ", so each of them " : ", so it ");
    switch (law.holding) {
        case Holding::time_wait: return closers + "kept every pair in TIME_WAIT for " + length;
        case Holding::bound_port:
            return closers + "kept every port in TIME_WAIT for " + length +
                   ", taken for every destination because bind() came before connect()";
        case Holding::reuse_delay:
            return fmt::format("{}; tw_reuse lets connect() take a pair back after {}", who,
                               text::seconds(law.after_close));
        case Holding::bound_reuse:
            return who + "; SO_REUSEADDR lets bind() and connect() take a pair back from TIME_WAIT at once";
        case Holding::fin_wait_2:
            return fmt::format(
                "this side closed each first, but the peer never answered, so every pair stayed in FIN_WAIT_2 for {} "
                "(fin_timeout)",
                text::seconds(law.after_close));
        case Holding::server_side:
            return "the server closed each first, so TIME_WAIT is on its side and a port was free again at once";
        case Holding::by_reset:
            return fmt::format("each ended by RST ({}), so no pair stayed in TIME_WAIT", reset_cause(record.scenario));
        case Holding::never_closed: return "none was ever closed, so no port came back";
    }
    return {};
}

std::string reset_cause(const scenario::Scenario& scenario) {
    const scenario::Load& load = scenario.load;
    if (laws::leaves_responses_unread(scenario)) return "its response was left unread";
    if (load.close_unread) return "close() with unread data";
    return load.linger ? "SO_LINGER {1,0}" : "SO_LINGER {1,0} of the side that closes second";
}

std::string idle_settings(const scenario::Scenario& scenario) {
    std::string result;
    for (const std::string& sentence : {idle_reuse(scenario), idle_reuse_address(scenario.host),
                                        idle_linger(scenario.load), idle_half_close(scenario.load)})
        if (!sentence.empty()) result += (result.empty() ? "" : " ") + sentence;
    return result;
}

std::string cost_of_resets(const record::Cost& cost) {
    std::string result = text::counted(cost.resets_seen_by_peer, "reset") + " seen by the peer";
    if (cost.transfers_cut > 0 || cost.bytes_lost > 0)
        result += fmt::format(", {} lost in {}", text::bytes(cost.bytes_lost.value_or(0)),
                              text::counted(cost.transfers_cut.value_or(0), "cut transfer"));
    else if (cost.resets_seen_by_peer > 0 && !losses_are_known(cost))
        result += "; what was lost is not known";
    return result;
}

bool losses_are_known(const record::Cost& cost) { return cost.transfers_cut && cost.bytes_lost; }

}  // namespace portdrought::findings
