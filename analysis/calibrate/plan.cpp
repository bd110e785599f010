#include "analysis/calibrate/plan.hpp"

#include <algorithm>

#include "scenario/rules.hpp"

namespace portdrought::calibrate {
namespace {

using namespace std::chrono_literals;
using scenario::Scenario;

constexpr std::uint64_t own_descriptors = 512;  // of the run itself, with room to spare
constexpr std::uint32_t open_past_half = 400;   // connections
/// As loads mostly are: with pauses, after which the CPU's caches hold something else. In a closed loop connect() takes
/// half of the time.
constexpr core::Rate paced{3'000};

/// Time enough to fill the first half of the ports, and then for walks.
core::Duration filling_and(core::Duration walks, std::uint32_t half, const core::Costs& known) {
    constexpr double spare = 1.5;
    return core::from_seconds(spare * half * core::seconds(known.connection)) + walks;
}

Scenario closed_loop(core::PortRange ports) {
    Scenario scenario;
    scenario.name = "calibrate";
    scenario.load.rate.reset();
    scenario.host.ports = ports;
    return scenario;
}

Scenario plateau() {
    Scenario scenario = closed_loop({});
    scenario.load.rate = paced;
    scenario.load.duration = 1500ms;
    scenario.host.timed_wait_delay = 1s;
    return scenario;
}

Scenario narrow_walk(const core::Costs& known) {
    Scenario scenario = closed_loop({20'000, 23'999});
    scenario.load.duration = filling_and(400ms, scenario.host.ports.size() / 2, known);
    return scenario;
}

Scenario full() {
    Scenario scenario = closed_loop({20'000, 20'019});
    scenario.load.rate = paced;
    scenario.load.duration = 500ms;
    return scenario;
}

Scenario wide_walk(const core::Costs& known) {
    Scenario scenario = closed_loop({});
    scenario.load.duration = filling_and(1s, scenario.host.ports.size() / 2, known);
    return scenario;
}

/// As wide as the descriptors allow, since a walk that stays in the CPU's caches is a cheaper one.
Scenario open_walk(const core::Costs& known, std::uint64_t descriptors) {
    Scenario scenario = closed_loop({});
    scenario.load.closer = core::Closer::never;
    const std::uint64_t open = (descriptors - own_descriptors) / scenario::descriptors_per_attempt(scenario);
    const std::uint32_t half =
        std::min<std::uint32_t>(scenario.host.ports.size() / 2,
                                static_cast<std::uint32_t>(std::min<std::uint64_t>(open, UINT16_MAX) - open_past_half));
    scenario.host.ports.last = static_cast<std::uint16_t>(scenario.host.ports.first + 2 * half - 1);
    scenario.load.in_flight = half + open_past_half;
    scenario.load.duration = filling_and(700ms, half, known);
    return scenario;
}

}  // namespace

std::string_view words_of(Aim aim) {
    switch (aim) {
        case Aim::plateau: return "a range hardly used";
        case Aim::narrow_walk: return "walks past few ports in TIME_WAIT";
        case Aim::full: return "attempts without a port";
        case Aim::wide_walk: return "walks past many ports in TIME_WAIT";
        case Aim::open_walk: return "walks past open connections";
    }
    return {};
}

Scenario scenario_for(Aim aim, const core::Costs& known, std::uint64_t descriptors, unsigned tries_before) {
    core::Costs patient = known;
    patient.connection *= std::int64_t{1} << tries_before;
    switch (aim) {
        case Aim::plateau: return plateau();
        case Aim::narrow_walk: return narrow_walk(patient);
        case Aim::full: return full();
        case Aim::wide_walk: return wide_walk(patient);
        case Aim::open_walk: break;
    }
    return open_walk(patient, descriptors);
}

}  // namespace portdrought::calibrate
