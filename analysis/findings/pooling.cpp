#include "analysis/findings/pooling.hpp"

#include <fmt/format.h>

#include "analysis/findings/mechanism.hpp"
#include "analysis/text/numbers.hpp"

namespace portdrought::findings {
namespace {

using laws::Holding;
using record::PoolUse;
using record::RunRecord;
using text::thousands;

std::uint64_t closed(const PoolUse& pool) {
    return pool.closed_full + pool.closed_idle + pool.closed_worn + pool.closed_unread;
}

/// "531 closed: 500 because the pool was full (load.pool_size 2), 31 because they were idle for 90 s".
std::string closes(const RunRecord& record) {
    const PoolUse& pool = *record.pool;
    const scenario::Load& load = record.scenario.load;
    const std::pair<std::uint64_t, std::string> reasons[] = {
        {pool.closed_full, fmt::format("because the pool was full (load.pool_size {})", thousands(load.pool_size))},
        {pool.closed_idle, fmt::format("because they were idle for {}", text::seconds(load.pool_idle))},
        {pool.closed_worn, fmt::format("after {} each", text::counted(load.pool_max_requests, "request"))},
        {pool.closed_unread, "because their response was left unread (load.pool_drain)"}};
    std::string list;
    for (const auto& [count, reason] : reasons) {
        if (count == closed(pool)) return fmt::format("{} closed {}", thousands(count), reason);
        if (count > 0) list += fmt::format("{}{} {}", list.empty() ? "" : ", ", thousands(count), reason);
    }
    return fmt::format("{} closed: {}", thousands(closed(pool)), list);
}

/// What a closed connection leaves on this side.
std::string aftermath(const RunRecord& record, const laws::Prediction& law) {
    if (closed(*record.pool) == 0) return "None was closed while the load lasted, so there was no TIME_WAIT.";
    if (law.holding == Holding::by_reset)
        return fmt::format("They ended by RST, which leaves no TIME_WAIT. The price: {}.",
                           cost_of_resets(record.totals.cost));
    return fmt::format("Each that was closed held its port for {}; connections may be opened at up to {}.",
                       text::seconds(law.after_close), lasting(record, law));
}

}  // namespace

std::string pool_use(const RunRecord& record) {
    if (!record.pool) return {};
    const PoolUse& pool = *record.pool;
    std::string words =
        fmt::format("Of {} requests {} went out on a connection that was open already; {} opened",
                    thousands(pool.reused + record.totals.connected), thousands(pool.reused),
                    record.totals.connected == 1 ? "one was" : thousands(record.totals.connected) + " were");
    if (closed(pool) > 0) words += ", and " + closes(record);
    return words + '.';
}

std::string pool_kept_ports(const RunRecord& record, const laws::Prediction& law) {
    return pool_use(record) + ' ' + aftermath(record, law);
}

std::string admission_text(const RunRecord& record) {
    const scenario::Load& load = record.scenario.load;
    if (!load.admission || !load.rate) return {};
    return fmt::format(
        "Admission control let {}/s of the {}/s through and refused the rest before anything was opened: "
        "a refused attempt takes no port.",
        text::figure(load.admission->per_second), text::figure(load.rate->per_second));
}

}  // namespace portdrought::findings
