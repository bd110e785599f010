#include "core/trace.hpp"

namespace portdrought::core {

Instant Trace::due(std::size_t row, std::uint64_t index) const {
    const double share = static_cast<double>(index) / static_cast<double>(rows[row].attempts);
    return rows[row].at + Duration{static_cast<std::int64_t>(static_cast<double>(length_of(row).count()) * share)};
}

std::uint64_t Trace::attempts_before(Instant end) const {
    std::uint64_t count = 0;
    for (std::size_t row = 0; row < rows.size() && rows[row].at < end; ++row) {
        std::uint64_t low = 0, high = rows[row].attempts;  // the first that is not due before `end`
        while (low < high) {
            const std::uint64_t middle = low + (high - low) / 2;
            if (due(row, middle) < end)
                low = middle + 1;
            else
                high = middle;
        }
        count += low;
    }
    return count;
}

}  // namespace portdrought::core
