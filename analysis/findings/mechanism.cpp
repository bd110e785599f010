#include "analysis/findings/mechanism.hpp"

#include <fmt/format.h>

#include "analysis/findings/finding.hpp"
#include "analysis/laws/capacity.hpp"
#include "analysis/text/numbers.hpp"

namespace portdrought::findings {

using laws::Holding;
using record::RunRecord;

namespace {

std::string idle_reuse(const scenario::Scenario& scenario) {
    if (scenario.host.tw_reuse == scenario::TwReuse::off || laws::reuse_is_effective(scenario)) return {};
    if (!scenario.host.timestamps) return "tw_reuse did nothing: it needs TCP timestamps, and they are off.";
    if (scenario.host.bind_before_connect) return "tw_reuse did nothing: it works in connect(), and bind() came first.";
    return fmt::format(
        "tw_reuse did nothing: it is set to loopback, which {} is not to the kernel (127/8 and ::1 are).",
        scenario.server.address);
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

std::string quotient(const RunRecord& record, const laws::Prediction& law) {
    return fmt::format("{} / {}", text::counted(record.totals.ports_capacity, "port"), residence_text(law));
}

std::string holding_clause(const RunRecord& record, const laws::Prediction& law) {
    const std::string length = text::seconds(scenario::time_wait_length(record.scenario));
    switch (law.holding) {
        case Holding::time_wait: return "this side closed each first, so it kept every pair in TIME_WAIT for " + length;
        case Holding::bound_port:
            return "this side closed each first, so it kept every port in TIME_WAIT for " + length +
                   ", taken for every destination because bind() came before connect()";
        case Holding::reuse_delay:
            return fmt::format("this side closed each first; tw_reuse lets connect() take a pair back after {}",
                               text::seconds(law.after_close));
        case Holding::fin_wait_2:
            return fmt::format(
                "this side closed each first, but the peer never answered, so every pair stayed in FIN_WAIT_2 for {} "
                "(fin_timeout)",
                text::seconds(law.after_close));
        case Holding::server_side:
            return "the server closed each first, so TIME_WAIT is on its side and a port was free again at once";
        case Holding::by_reset: return "each ended by RST (SO_LINGER {1,0}), so no pair stayed in TIME_WAIT";
        case Holding::never_closed: return "none was ever closed, so no port came back";
    }
    return {};
}

std::string idle_settings(const scenario::Scenario& scenario) {
    std::string result = idle_reuse(scenario);
    const auto& linger = scenario.load.linger;
    if (linger && linger->count() > 0 && scenario.load.closer != core::Closer::never)
        result += fmt::format("{}SO_LINGER {{1,{}}} did nothing about TIME_WAIT: it only makes close() wait.",
                              result.empty() ? "" : " ", linger->count());
    return result;
}

std::string cost_of_resets(const record::Cost& cost) {
    std::string result = text::counted(cost.resets_seen_by_peer, "reset") + " seen by the peer";
    if (cost.transfers_cut > 0 || cost.bytes_lost > 0)
        result += fmt::format(", {} lost in {}", text::bytes(cost.bytes_lost),
                              text::counted(cost.transfers_cut, "cut transfer"));
    return result;
}

}  // namespace portdrought::findings
