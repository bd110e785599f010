#include "record/sweep_result.hpp"

namespace portdrought::record {

std::uint64_t SweepHeader::points() const {
    std::uint64_t points = 1;
    for (const SweepAxis& axis : axes) points *= axis.values.size();
    return points;
}

std::vector<std::size_t> SweepHeader::place_of(std::uint64_t point) const {
    std::vector<std::size_t> place(axes.size());
    for (std::size_t i = axes.size(); i-- > 0;) {
        place[i] = point % axes[i].values.size();
        point /= axes[i].values.size();
    }
    return place;
}

std::vector<std::uint64_t> SweepResult::missing() const {
    std::vector<std::uint64_t> points;
    for (std::uint64_t point = shard.index - 1; point < header.points(); point += shard.count)
        if (!rows.contains(point)) points.push_back(point);
    return points;
}

}  // namespace portdrought::record
