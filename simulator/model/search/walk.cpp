#include "model/search/walk.hpp"

#include <numeric>

namespace portdrought::model {

Walk::Walk(const Layout& layout, const std::vector<std::uint32_t>& reserved_offsets) {
    if (reserved_offsets.empty()) return;
    reserved_before_.assign(layout.ports() + 1, 0);
    for (const std::uint32_t offset : reserved_offsets) reserved_before_[layout.slot_of(offset) + 1] = 1;
    std::partial_sum(reserved_before_.begin(), reserved_before_.end(), reserved_before_.begin());
}

}  // namespace portdrought::model
