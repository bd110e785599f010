#include "sweep/work.hpp"

#include "record/sweep_file.hpp"

namespace portdrought::sweep {

std::optional<std::string> Work::row(std::uint64_t index) const {
    if (observer_.stop_requested()) return std::nullopt;
    const Point point = grid_.at(index);
    const auto engine = engines_.make(point.scenario);
    const record::RunRecord record = engine->run(point.scenario, point.repetition, observer_);
    if (record.interrupted) return std::nullopt;
    return record::sweep_row(index, grid_.settings(point), record);
}

}  // namespace portdrought::sweep
