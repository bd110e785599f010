#include "analysis/calibrate/fit.hpp"

#include <fmt/format.h>

#include "record/measured_costs.hpp"

namespace portdrought::calibrate {
namespace {

using core::Costs;
using core::Duration;
using core::Outcome;
using record::RunRecord;

constexpr double fewest = 40;  // connects or attempts that a median or a mean is taken of

Fit nothing(std::string problem) { return {{}, std::move(problem)}; }

Fit too_few(double count, const char* what) {
    return nothing(fmt::format("there were {:.0f} {}, and {:.0f} are the least to read from", count, what, fewest));
}

Fit of_plateau(const RunRecord& record) {
    const auto connected = static_cast<double>(record.totals.connected);
    if (connected < fewest) return too_few(connected, "connections");
    return {{{&Costs::connect, record.connect.quantile(0.5)},
             {&Costs::connection, core::from_seconds(record.cpu.workers_s / connected)}},
            {}};
}

/// Every connect past half of the ports walks past that half.
Fit of_walk(const RunRecord& record, Duration Costs::*probe, const Costs& known) {
    const double half = record.scenario.host.ports.size() / 2;
    const auto connected = static_cast<double>(record.connect.count());
    const double walks = connected - half;
    if (walks < fewest) return too_few(std::max(walks, 0.0), "connects past half of the ports");
    const Duration median = record.connect.quantile(1 - walks / connected / 2);
    return {{{probe, core::from_seconds(core::seconds(median - known.connect) / half)}}, {}};
}

/// Those that found a port are taken off, and the walk past all ports that each of the others makes.
Fit of_full(const RunRecord& record, const Costs& known) {
    const auto failed = static_cast<double>(record.totals.outcomes[Outcome::no_port_connect]);
    if (failed < fewest) return too_few(failed, "attempts without a port");
    const double in_vain =
        record.cpu.workers_s - static_cast<double>(record.totals.connected) * core::seconds(known.connection);
    const double walk = record.scenario.host.ports.size() * core::seconds(known.time_wait_probe_cached);
    return {{{&Costs::failing_connection, core::from_seconds(in_vain / failed - walk)}}, {}};
}

Fit unchecked(Aim aim, const RunRecord& record, const Costs& known) {
    switch (aim) {
        case Aim::plateau: return of_plateau(record);
        case Aim::narrow_walk: return of_walk(record, &Costs::time_wait_probe_cached, known);
        case Aim::full: return of_full(record, known);
        case Aim::wide_walk: return of_walk(record, &Costs::time_wait_probe, known);
        case Aim::open_walk: break;
    }
    return of_walk(record, &Costs::live_probe, known);
}

}  // namespace

Fit fit(Aim aim, const RunRecord& record, const Costs& known) {
    if (record.interrupted) return nothing("the run was stopped");
    if (!record.validity.valid)
        return nothing(record.validity.notes.empty() ? "the run was not valid" : record.validity.notes.front());
    Fit result = unchecked(aim, record, known);
    for (const Reading& reading : result.readings)
        if (!record::is_plausible(reading.value))
            return nothing(fmt::format("it came to {} ns, which cannot be", reading.value.count()));
    return result;
}

}  // namespace portdrought::calibrate
