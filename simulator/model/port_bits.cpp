#include "model/port_bits.hpp"

namespace portdrought::model {

PortBits::PortBits(std::uint32_t size)
    : size_(size), summaries_((size + 63) / 64), words_(summaries_ + (summaries_ + 63) / 64) {
    assert(1 <= size && size <= max_size);
}

void PortBits::set_all() {
    for (std::uint32_t slot = 0; slot < size_; ++slot) set(slot);
}

}  // namespace portdrought::model
