#include "analysis/findings/hazard.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/stats/multiple.hpp"
#include "analysis/text/numbers.hpp"

namespace portdrought::findings {
namespace {

using record::Duplicates;
using text::thousands;

/// "20 of 20 trials (95 % interval 83.9 % to 100 %)": trials are independent of each other.
std::string of_trials(std::uint64_t found, std::uint64_t trials) {
    if (trials == 0) return "a trial";                    // nothing to take a share of
    const std::uint64_t count = std::min(found, trials);  // a trial may show both kinds of a hazard
    const stats::Interval share = stats::wilson(count, trials);
    return fmt::format("{} of {} (95 % interval {} to {})", thousands(count), text::counted(trials, "trial"),
                       text::percent(share.lower), text::percent(share.upper));
}

std::string reuse_sentence(const Duplicates& result) {
    const std::uint64_t reached = result.accepted + result.stale_accepted;
    const std::uint64_t ended = result.killed + result.stale_killed;
    if (reached > 0)
        return fmt::format(
            "Not safe: pairs were used again so early that a delayed segment of the old connection reached the "
            "application of the new one in {}.",
            of_trials(reached, result.trials));
    if (ended > 0)
        return fmt::format("Not safe: a delayed segment of the old connection ended the new one in {}.",
                           of_trials(ended, result.trials));
    if (result.dropped_paws > 0)
        return fmt::format("Pairs were used again early, and timestamps kept old data out: PAWS dropped it in {}.",
                           of_trials(result.dropped_paws, result.trials));
    if (result.pair_refused > 0)
        return fmt::format("TIME_WAIT kept {} from being used again while it was tried.",
                           result.pair_refused == result.trials ? "every pair" : "some pairs");
    return {};
}

std::string time_wait_sentence(const Duplicates& result) {
    if (result.time_wait_killed == 0) return {};
    return fmt::format(
        "A stale segment ended TIME_WAIT itself in {}, through the reset that answers its answer; host.rfc1337 = true "
        "prevents that.",
        of_trials(result.time_wait_killed, result.time_wait_killed + result.time_wait_kept));
}

}  // namespace

std::string hazards(const record::RunRecord& record) {
    if (!record.duplicates) return {};
    const std::string reuse = reuse_sentence(*record.duplicates), time_wait = time_wait_sentence(*record.duplicates);
    return reuse + (reuse.empty() || time_wait.empty() ? "" : " ") + time_wait;
}

}  // namespace portdrought::findings
