// How far a run is: what an engine tells while it runs.
#pragma once

#include <cstdint>
#include <string_view>

#include "record/run_record.hpp"
#include "scenario/scenario.hpp"

namespace portdrought::engine {

/// The latest look at a run that goes on, times in scenario time.
struct Progress : record::Look {
    double planned_s = 0;
    double offered_per_s = 0, achieved_per_s = 0;  // over the last report
    std::uint64_t ports_capacity = 0;
};

/// `look` among the others, `previous` being the one reported before; the capacity is the caller's to add.
Progress progress_at(const record::Look& look, const record::Look& previous, const scenario::Scenario& scenario);

/// For another process of the same program, as plain bytes; they last as long as `progress`.
std::string_view bytes_of(const Progress& progress);
Progress progress_from(std::string_view bytes);

}  // namespace portdrought::engine
