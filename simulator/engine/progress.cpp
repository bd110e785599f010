#include "engine/progress.hpp"

#include <algorithm>
#include <cstring>
#include <type_traits>

namespace portdrought::engine {

Progress progress_at(const record::Look& look, const record::Look& previous, const scenario::Scenario& scenario) {
    Progress progress{look};
    progress.planned_s = core::seconds(scenario.load.duration);
    // Right after the start a single attempt would look like a high rate.
    const double usual = core::seconds(scenario.lab.sample) * scenario.lab.time_scale;
    if (const double past = look.t_s - previous.t_s; past >= usual / 2) {
        progress.offered_per_s = static_cast<double>(look.attempts - previous.attempts) / past;
        progress.achieved_per_s = static_cast<double>(look.connected - previous.connected) / past;
    }
    return progress;
}

static_assert(std::is_trivially_copyable_v<Progress>);

std::string_view bytes_of(const Progress& progress) {
    return {reinterpret_cast<const char*>(&progress), sizeof progress};
}

Progress progress_from(std::string_view bytes) {
    Progress progress;
    std::memcpy(&progress, bytes.data(), std::min(bytes.size(), sizeof progress));
    return progress;
}

}  // namespace portdrought::engine
