#include "analysis/report/plan_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "analysis/laws/load_peak.hpp"
#include "analysis/report/brief_plan_text.hpp"
#include "analysis/report/chain_plan_text.hpp"
#include "analysis/report/plan_header.hpp"
#include "analysis/report/simulation_text.hpp"
#include "analysis/text/numbers.hpp"
#include "analysis/text/table.hpp"

namespace portdrought::report {
namespace {

using knees::Forecast;
using knees::Mitigation;
using knees::Plan;
using laws::Holding;
using text::TextStyle;

std::string per_second(double rate, bool of_requests = false) {
    return text::figure_below(rate) + (of_requests ? " req/s" : "/s");
}

std::string taken_for(const laws::Prediction& law) {
    return law.holding == Holding::never_closed ? "ever" : text::seconds(law.residence());
}

std::string holding_words(const laws::Prediction& law) {
    const std::string length = text::seconds(law.after_close);
    switch (law.holding) {
        case Holding::time_wait: return "this side closes first, so each stays in TIME_WAIT for " + length;
        case Holding::bound_port:
            return fmt::format("this side closes first and bind() takes the port, so each stays taken for {}", length);
        case Holding::reuse_delay:
            return fmt::format("this side closes first, and tw_reuse gives each back after {}", length);
        case Holding::bound_reuse:
            return "this side closes first, and bind() with SO_REUSEADDR takes each back at once";
        case Holding::fin_wait_2:
            return fmt::format("the peer never answers the close, so each stays in FIN_WAIT_2 for {}", length);
        case Holding::server_side: return "the server closes first, so TIME_WAIT is on its side";
        case Holding::by_reset: return "each is closed by reset, so none stays in TIME_WAIT";
        case Holding::never_closed: return "none is ever closed, so no port comes back";
    }
    return {};
}

std::string pool_words(const Plan& plan) {
    const laws::Prediction& law = plan.forecast.law;
    std::string result = fmt::format("{} of port and destination to choose from; {}",
                                     text::counted(law.capacity, "pair"), holding_words(law));
    if (plan.scenario.host.sources == 1 && law.capacity == knees::search_of(plan.scenario.host).ports)
        result = fmt::format("{}; {}", text::counted(law.capacity, "port"), holding_words(law));
    if (law.open > core::Duration{0}) result += fmt::format(", after {} open", text::seconds(law.open));
    return result + '.';
}

std::string knees_table(const Plan& plan, std::size_t width) {
    text::Table table({"knee", "from", "because"});
    const char* none = plan.forecast.is_silent ? "unknown" : "never";
    const auto add = [&table, none](const char* name, const Forecast::Knee& knee, const std::string& why) {
        table.add_row({name, !knee.per_s ? none : *knee.per_s == 0 ? "no rate" : per_second(*knee.per_s), why});
    };
    add("latency cliff", plan.forecast.cliff, plan.forecast.cliff.why);
    add("first failure", plan.forecast.first_failure, plan.forecast.first_failure.why);
    add("steady ceiling", plan.forecast.ceiling, plan.forecast.ceiling.why);
    return table.render(width);
}

std::string cliff_words(const Plan& plan) {
    if (!plan.forecast.cliff.per_s) return {};
    return fmt::format(
        "From the cliff on, a connect() that finds half of the ports taken walks past all of them: about {} "
        "instead of {}. ",
        text::latency(plan.forecast.connect_after), text::latency(plan.forecast.connect_before));
}

/// "500/s, of which 10/s are let through (load.admission),"
std::string rate_words(const Plan& plan) {
    const scenario::Load& load = plan.scenario.load;
    const laws::Prediction& law = plan.forecast.law;
    if (!load.admission || load.rate->per_second <= load.admission->per_second)
        return per_second(law.offered->per_second) + (law.pairs_at_most ? " on average" : "");
    return fmt::format("{}, of which {} are let through (load.admission),", per_second(load.rate->per_second),
                       per_second(law.offered->per_second));
}

/// Where load.in_flight and not the ports ends what is offered; empty where it does not.
std::string slots_words(const Plan& plan) {
    const laws::Prediction& law = plan.forecast.law;
    const scenario::Load& load = plan.scenario.load;
    const std::string slots = text::counted(load.in_flight, "slot");
    const bool are_used_up = !law.pairs_wanted || *law.pairs_wanted >= load.in_flight;
    if (load.closer == core::Closer::never && load.in_flight <= law.capacity && are_used_up)
        return fmt::format(
            "The slots are the limit: {} (load.in_flight) are taken one by one and never given back; attempts after "
            "those are late, and no port is missed.",
            slots);
    if (!plan.forecast.is_slot_bound) return {};
    if (law.offered && law.offered->per_second <= *law.slots_per_s) return {};
    return fmt::format(
        "The slots are the limit: {} (load.in_flight), each taken for {}, let at most {} be opened{}, and no port is "
        "missed.",
        slots, text::seconds(std::min(law.open, load.duration)), per_second(*law.slots_per_s),
        law.offered ? fmt::format(" of the offered {}", rate_words(plan)) : "");
}

/// What it costs that a limit on TIME_WAIT keeps the ports from running out; empty where none does.
std::string unprotected_words(const Plan& plan) {
    const auto& most = plan.forecast.protected_per_s;
    if (!most || !plan.forecast.law.offered) return {};
    const double skipping = plan.forecast.law.offered->per_second - *most;
    const std::string price = "and what still travels of them may get into new connections on their ports";
    if (skipping <= 0) return fmt::format(" From {} on closes skip TIME_WAIT, {}.", per_second(*most), price);
    return fmt::format(" They last only because {} of the closes skip TIME_WAIT at the limit of {} entries, {}.",
                       per_second(skipping), text::thousands(plan.scenario.host.max_time_wait), price);
}

/// The mean says little where the load comes in bursts, or by day.
std::string peak_words(const laws::Prediction& law) {
    return fmt::format(" In the worst {} the load brings {} for {}; on average it would take {}.", taken_for(law),
                       text::counted(static_cast<std::uint64_t>(*law.pairs_at_most), "attempt"),
                       text::thousands(law.capacity), text::figure(*law.pairs_wanted));
}

std::string offered_words(const Plan& plan) {
    const laws::Prediction& law = plan.forecast.law;
    if (const std::string words = silence_words(plan); !words.empty()) return words;
    if (const std::string words = slots_words(plan); !words.empty()) return words;
    if (!law.offered) return "No rate is offered (load.rate = \"max\"), so nothing is said about when ports run out.";
    const std::string rate = rate_words(plan);
    if (!plan.forecast.first_failure.per_s)
        return fmt::format("At the offered {} no port is missed.", rate) + unprotected_words(plan);
    if (!law.exhaustion) {
        std::string words = fmt::format("The offered {} last", rate);
        if (law.pairs_at_most)
            words += fmt::format(": in the worst {} they take {} of {}", taken_for(law),
                                 text::figure(*law.pairs_at_most), text::thousands(law.capacity));
        else if (law.pairs_wanted)
            words +=
                fmt::format(": they take {} of {}", text::figure(*law.pairs_wanted), text::thousands(law.capacity));
        if (law.offered->per_second >= *plan.forecast.first_failure.per_s)
            words += " on average, but not in every burst of random arrivals";
        return words + '.';
    }
    std::string words =
        fmt::format("At the offered {} the ports run out after {}", rate, text::seconds(*law.exhaustion));
    if (*law.exhaustion > plan.scenario.load.duration)
        words += fmt::format(", which a run of {} does not live to see", text::seconds(plan.scenario.load.duration));
    words += '.';
    if (law.slots_per_s && *law.slots_per_s < law.offered->per_second)
        words += fmt::format(" No more than {} of them find a slot (load.in_flight).", per_second(*law.slots_per_s));
    if (law.pairs_at_most) words += peak_words(law);
    if (plan.failing_share > 0)
        words += fmt::format(" From then on {} of the attempts find none.", text::percent(plan.failing_share));
    return words;
}

/// The search itself may be what keeps a single thread below the offered rate.
std::string cpu_words(const Plan& plan) {
    const Forecast& forecast = plan.forecast;
    if (!forecast.cliff.per_s || !forecast.ceiling.per_s || forecast.is_slot_bound) return {};
    const double wanted = std::min(*forecast.ceiling.per_s,
                                   forecast.law.offered.value_or(core::Rate{*forecast.ceiling.per_s}).per_second);
    if (forecast.steady_cpu_per_s >= wanted) return {};
    return fmt::format(
        " Note: one thread that opens them one after the other does not get there. Past half of the ports the walks "
        "slow it down, to about {}/s in the end.",
        text::figure(forecast.steady_cpu_per_s));
}

std::string lasts_words(const Mitigation& item) {
    if (!item.lasts_per_s) return "no limit";
    std::string words = per_second(*item.lasts_per_s, item.attempts_per_connection > 1);
    if (item.is_useless()) return words + " (no more)";
    return item.factor ? words + fmt::format(" (x{})", text::figure(*item.factor)) : words;
}

std::string mitigations_table(const Plan& plan, std::size_t width) {
    text::Table table({"with", "ports", "taken for", "lasts up to", "cliff from"});
    for (const Mitigation& item : plan.mitigations) {
        const auto& cliff = item.forecast.cliff.per_s;
        const bool pooled = item.forecast.law.pooled;
        table.add_row({item.name, text::thousands(item.forecast.law.capacity),
                       pooled ? "reused" : taken_for(item.forecast.law), lasts_words(item),
                       pooled || !cliff
                           ? "never"
                           : per_second(*cliff * item.attempts_per_connection, item.attempts_per_connection > 1)});
    }
    return table.render(width);
}

/// Each mitigation once, as the first variant that could use it has it.
std::string prices(const std::vector<Plan>& plans, std::size_t width) {
    std::string result;
    std::set<std::string> said;
    for (const Plan& plan : plans)
        for (const Mitigation& item : plan.mitigations)
            if (!(plan.chain && item.is_useless()) && said.insert(item.name).second)
                result += text::paragraph(
                    fmt::format("{} ({}): {}.", item.name, fmt::join(item.settings, ", "), item.cost), 2, width);
    return result.empty() ? result : "\nWhat they cost, and how to try them (--set):\n\n" + result;
}

std::string one(const Plan& plan, const TextStyle& style) {
    const std::size_t prose = std::min(style.width, text::prose_width);
    std::string result = plan_header(plan, style) + '\n';
    result += text::paragraph(pool_words(plan), 2, prose) + '\n';
    result += knees_table(plan, style.width) + '\n';
    result += text::paragraph(plan_words(plan), 2, prose);
    return plan.mitigations.empty() ? result : result + '\n' + mitigations_table(plan, style.width);
}

}  // namespace

std::string plan_words(const Plan& plan) {
    if (plan.chain) return chain_words(plan);
    return cliff_words(plan) + offered_words(plan) + cpu_words(plan);
}

std::string exhaustion_words(const Plan& plan) { return offered_words(plan) + cpu_words(plan); }

std::string render_text(const std::vector<Plan>& plans, const TextStyle& style, PlanForm form) {
    const bool is_brief = form == PlanForm::brief;
    std::string result;
    for (const Plan& plan : plans) {
        result += result.empty() ? "" : "\n";
        result += plan.chain ? chain_text(plan, style) : is_brief ? brief_text(plan, style) : one(plan, style);
        result += simulation_text(plan, style);
    }
    const bool has_prices = std::ranges::any_of(plans, [&](const Plan& plan) { return plan.chain || !is_brief; });
    if (has_prices) result += prices(plans, std::min(style.width, text::prose_width));
    return text::finish(std::move(result), style);
}

}  // namespace portdrought::report
