#include "analysis/knees/judgement.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "analysis/text/numbers.hpp"

namespace portdrought::knees {
namespace {

using Knee = Forecast::Knee;

std::string rate(double per_s) { return text::figure(per_s) + "/s"; }

/// Four digits, because the two ends of a bracket differ in the third.
std::string finely(double per_s) { return per_s >= 999.5 ? text::figure(per_s) : fmt::format("{:.4g}", per_s); }

std::string interval(double low, double high) {
    return finely(low) == finely(high) ? finely(low) + "/s" : fmt::format("[{}, {}]/s", finely(low), finely(high));
}

/// Share by which [low, high] lies above (+) or below (-) the prediction; 0 where it encloses it.
double distance(double predicted, double low, double high) {
    if (predicted < low) return low / predicted - 1;
    if (predicted > high) return high / predicted - 1;
    return 0;
}

void compare(Judgement& judgement, double predicted, double low, double high, double allowed) {
    const double off = distance(predicted, low, high);
    judgement.off = off;
    judgement.verdict = std::abs(off) <= allowed ? Verdict::agrees : Verdict::differs;
    judgement.words = off == 0                               ? "agrees"
                      : judgement.verdict == Verdict::agrees ? fmt::format("agrees, {:+.0f} %", off * 100)
                                                             : fmt::format("differs, {:+.0f} %", off * 100);
    if (judgement.words.ends_with("-0 %") || judgement.words.ends_with("+0 %")) judgement.words = "agrees";
}

void judge_bracketed(Judgement& judgement, const Knee& knee) {
    judgement.measured = interval(*judgement.low, *judgement.high);
    if (knee.per_s) return compare(judgement, *knee.per_s, *judgement.low, *judgement.high, tolerance);
    judgement.verdict = Verdict::differs;
    judgement.words = "not predicted";
}

void judge_not_seen(Judgement& judgement, const Knee& knee) {
    judgement.measured = "none up to " + rate(*judgement.low);
    const bool should_have = knee.per_s && *knee.per_s < *judgement.low;
    judgement.verdict = !knee.per_s ? Verdict::agrees : should_have ? Verdict::differs : Verdict::open;
    judgement.words = !knee.per_s ? "agrees" : should_have ? "not there" : "beyond the rates tried";
}

void judge_from_start(Judgement& judgement, const Knee& knee) {
    judgement.measured = "at or below " + rate(*judgement.high);
    const bool possible = knee.per_s && *knee.per_s <= *judgement.high * (1 + tolerance);
    judgement.verdict = possible ? Verdict::open : Verdict::differs;
    judgement.words = possible ? "below the rates tried" : "lower";
}

void judge_beyond(Judgement& judgement, const Knee& knee, double cpu_per_s) {
    judgement.measured = "above " + rate(*judgement.low);
    const bool possible = !knee.per_s || *knee.per_s >= *judgement.low / (1 + tolerance);
    const bool is_foreseen = possible && knee.per_s && cpu_per_s < *knee.per_s;
    judgement.verdict = is_foreseen ? Verdict::agrees : possible ? Verdict::open : Verdict::differs;
    judgement.words = is_foreseen ? "agrees: never reached" : possible ? "cannot be offered" : "not there";
}

/// `cpu_per_s`: no rate above it is expected to be held; infinite where CPU time is not the limit.
Judgement judge_one(std::string name, const Knee& knee, const Bracket& bracket, double cpu_per_s) {
    Judgement result;
    result.knee = std::move(name);
    result.low = bracket.low;
    result.high = bracket.high;
    result.predicted = knee.per_s ? rate(*knee.per_s) : "none";
    result.predicted_per_s = knee.per_s;
    switch (bracket.status) {
        case Status::bracketed: judge_bracketed(result, knee); return result;
        case Status::not_seen: judge_not_seen(result, knee); return result;
        case Status::from_start: judge_from_start(result, knee); return result;
        case Status::beyond: judge_beyond(result, knee, cpu_per_s); return result;
        case Status::no_latency:
            result.measured = "not measured";
            result.words = "no latencies";
            return result;
        case Status::unknown: break;
    }
    result.measured = bracket.low ? "above " + rate(*bracket.low) : "unknown";
    result.words = bracket.is_contradictory ? "runs contradict each other" : "not reached";
    return result;
}

Judgement judge_ceiling(const Forecast& forecast, const Ceiling& ceiling) {
    Bracket measured;
    measured.status = ceiling.status == Status::beyond ? Status::unknown : ceiling.status;
    measured.low = ceiling.low;
    measured.high = ceiling.high;
    Judgement result = judge_one("steady ceiling", forecast.ceiling, measured, {});
    if (ceiling.status != Status::beyond || !ceiling.low || !ceiling.high) return result;
    result.measured = interval(*ceiling.low, *ceiling.high);
    if (forecast.is_slot_bound) {
        compare(result, *forecast.ceiling.per_s, *ceiling.low, *ceiling.high, tolerance);
        return result;
    }
    result.words = "the generator's limit";
    if (!forecast.is_cpu_bound()) return result;
    result.predicted = rate(forecast.cpu_per_s);
    result.predicted_per_s = forecast.cpu_per_s;
    compare(result, forecast.cpu_per_s, *ceiling.low, *ceiling.high, cpu_tolerance);
    return result;
}

/// What was measured stands alone.
void forget_prediction(Judgement& judgement) {
    judgement.predicted = "unknown";
    judgement.verdict = Verdict::open;
    judgement.off.reset();
    judgement.words = "no prediction";
}

std::string cliff_reason(bool lower) {
    return lower ? "Before the first half is full its last free ports are already a long walk apart, and anything else "
                   "that keeps the CPUs busy makes connects slow as well."
                 : "Ports may come back earlier than the law takes it, or the walks are too short to be told from the "
                   "plateau: more ports make them longer.";
}

std::string failure_reason(bool lower, const scenario::Scenario& scenario) {
    if (lower && scenario.lab.engine == scenario::Engine::model)
        return "A NAT's search of few tries gives up before all of its ports are taken, and arrivals that bunch need "
               "more "
               "ports than the average that the law goes by.";
    if (!lower) return "Ports may come back earlier than the law takes it: taken over, or skipped TIME_WAIT.";
    return scenario.host.timed_wait_delay
               ? "Ports stay taken for longer than asked for where their removal comes late, and attempts come in "
                 "bursts "
                 "after a stall of the machine: see enforced and start_lag in the records."
               : "The kernel removes pairs in batches of its timer wheel, so they stay for 60 to 62 s.";
}

std::string ceiling_reason(bool lower) {
    return lower ? "Ports stay taken for longer than the law takes it, or the machine stalled: see enforced and "
                   "start_lag "
                   "in the records."
                 : "Ports come back earlier than the law takes it: taken over, or skipped TIME_WAIT.";
}

}  // namespace

const char* name(Verdict verdict) {
    switch (verdict) {
        case Verdict::agrees: return "agrees";
        case Verdict::differs: return "differs";
        case Verdict::open: break;
    }
    return "open";
}

std::array<Judgement, 3> judge(const Forecast& forecast, const Knees& knees, const scenario::Scenario& scenario) {
    const double cpu = forecast.is_cpu_bound() ? forecast.cpu_per_s : std::numeric_limits<double>::infinity();
    std::array<Judgement, 3> result{judge_one("latency cliff", forecast.cliff, knees.cliff, cpu),
                                    judge_one("first failure", forecast.first_failure, knees.first_failure, cpu),
                                    judge_ceiling(forecast, knees.ceiling)};
    if (forecast.is_silent) {
        std::ranges::for_each(result, forget_prediction);
        return result;
    }
    const auto is_lower = [](const Judgement& item) { return !item.predicted_per_s || item.off.value_or(1) < 0; };
    const auto differs = [](const Judgement& item) { return item.verdict == Verdict::differs; };
    if (differs(result[0])) result[0].reason = cliff_reason(is_lower(result[0]));
    if (differs(result[1])) result[1].reason = failure_reason(is_lower(result[1]), scenario);
    if (differs(result[2])) result[2].reason = ceiling_reason(is_lower(result[2]));
    return result;
}

}  // namespace portdrought::knees
