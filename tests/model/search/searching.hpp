// A modelled host of one range, for tests: takes ports as a search finds them and remembers their offsets.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "model/search/port_search.hpp"

namespace portdrought::model {

class Searching {
public:
    explicit Searching(const SearchSetup& setup)
        : search_(make_port_search(setup)), takeable_(search_->layout().ports()) {
        takeable_.set_all();
    }

    /// The offset of the port found, which is taken; nothing when none was.
    std::optional<std::uint32_t> take(std::uint32_t tuple = 0, core::Instant now = {}) {
        last_ = search_->find(takeable_, tuple, now);
        if (!last_.slot) return std::nullopt;
        takeable_.reset(*last_.slot);
        return search_->layout().offset_of(*last_.slot);
    }

    /// The same without taking it: a host whose connections end at once.
    std::optional<std::uint32_t> look(std::uint32_t tuple = 0, core::Instant now = {}) {
        const auto offset = take(tuple, now);
        if (offset) give_back(*offset);
        return offset;
    }

    void give_back(std::uint32_t offset) { takeable_.set(search_->layout().slot_of(offset)); }
    void take_away(std::uint32_t offset) { takeable_.reset(search_->layout().slot_of(offset)); }
    /// Of the last search.
    std::uint32_t probes() const { return last_.probes; }

private:
    std::unique_ptr<PortSearch> search_;
    PortBits takeable_;
    Searched last_;
};

/// How far `to` is beyond `from` on a ring of `ports`.
inline std::uint32_t ring_step(std::uint32_t from, std::uint32_t to, std::uint32_t ports) {
    return to >= from ? to - from : to + ports - from;
}

}  // namespace portdrought::model
