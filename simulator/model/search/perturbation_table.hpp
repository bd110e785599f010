// The counters that Linux adds to the hash of a connection's addresses (table_perturb, __inet_hash_connect()). The
// kernel has 65,536 of them; a modelled host keeps only those that its tuples use in the present epoch, so that 100,000
// hosts fit into memory. Nothing is lost by that: in a new epoch the hash that is added to a counter is a new one, so
// what the counter was left at does not show.
#pragma once

#include <cstdint>
#include <vector>

namespace portdrought::model {

class PerturbationTable {
public:
    /// `entries`: of the kernel's table, a power of two. `tuples`: how many different counters one epoch can ask for.
    PerturbationTable(std::uint32_t entries, std::uint32_t tuples);

    /// The counter at `hash` mod entries, shared by all whose hash leads there; 0 when first asked for in `epoch`.
    /// Epochs never go back.
    std::uint32_t& counter(std::uint64_t hash, std::uint64_t epoch) {
        const auto index = static_cast<std::uint32_t>(hash) & index_mask_;
        std::uint32_t place = index & place_mask_;
        while (cells_[place].epoch == epoch && cells_[place].index != index) place = (place + 1) & place_mask_;
        Cell& cell = cells_[place];
        if (cell.epoch != epoch) cell = {epoch, index, 0};
        return cell.value;
    }

private:
    struct Cell {
        std::uint64_t epoch = ~std::uint64_t{0};
        std::uint32_t index = 0;
        std::uint32_t value = 0;
    };

    std::uint32_t index_mask_;
    std::uint32_t place_mask_;
    std::vector<Cell> cells_;  // open addressing, at most half full, or a place for every index
};

}  // namespace portdrought::model
