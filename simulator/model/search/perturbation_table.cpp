#include "model/search/perturbation_table.hpp"

#include <algorithm>
#include <bit>

namespace portdrought::model {

PerturbationTable::PerturbationTable(std::uint32_t entries, std::uint32_t tuples)
    : index_mask_(entries - 1),
      place_mask_(tuples < entries / 2 ? std::bit_ceil(2 * std::max(tuples, 1U)) - 1 : index_mask_),
      cells_(place_mask_ + 1U) {}

}  // namespace portdrought::model
