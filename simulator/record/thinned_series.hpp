// A time series of bounded length. When it is full, every second ordinary item is dropped and from then on only every
// second one is taken, so however long a run lasts its items are evenly spaced. Items the caller calls precious are
// kept as long as the bound allows; the first and the latest are always there. Single writer; no I/O.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace portdrought::record {

/// T has a member `double t_s`.
template <class T>
class ThinnedSeries {
public:
    using IsPrecious = bool (*)(const T&);

    /// `limit` is at least 4.
    ThinnedSeries(std::size_t limit, IsPrecious is_precious)
        : limit_(std::max<std::size_t>(limit, 4)), is_precious_(is_precious) {}

    /// Times must rise: an item that is older than the latest is ignored, one of the same time replaces it unless only
    /// the older one is precious.
    void add(T item) {
        const bool precious = is_precious_(item);
        if (!items_.empty() && item.t_s <= items_.back().t_s) {
            if (item.t_s < items_.back().t_s || (is_precious_(items_.back()) && !precious)) return;
            items_.back() = std::move(item);  // its place on the stride goes to the newer one
            last_is_extra_ = last_is_extra_ && !precious;
            return;
        }
        if (last_is_extra_) items_.pop_back();
        Pace& pace = precious ? precious_ : ordinary_;
        last_is_extra_ = pace.seen++ % pace.stride != 0;
        items_.push_back(std::move(item));
        if (items_.size() > limit_) thin();
    }

    const std::vector<T>& items() const { return items_; }

private:
    struct Pace {
        std::uint64_t seen = 0, stride = 1;
    };

    void thin() {
        drop_every_second(false, ordinary_);
        // Where precious items alone fill the series they are thinned too; a quarter must be free, or thinning would
        // come at every step.
        if (items_.size() > limit_ - limit_ / 4) drop_every_second(true, precious_);
    }

    /// The kept items of a kind are every stride-th one seen, so dropping every second of them doubles the stride.
    void drop_every_second(bool precious, Pace& pace) {
        T latest = std::move(items_.back());
        items_.pop_back();
        std::size_t position = 0;
        const auto dropped =
            std::erase_if(items_, [&](const T& item) { return is_precious_(item) == precious && position++ % 2 == 1; });
        if (dropped > 0) {
            pace.stride *= 2;
            const bool is_of_this_kind = is_precious_(latest) == precious;
            last_is_extra_ = last_is_extra_ || (is_of_this_kind && (pace.seen - 1) % pace.stride != 0);
        }
        items_.push_back(std::move(latest));
    }

    std::size_t limit_;
    IsPrecious is_precious_;
    std::vector<T> items_;
    Pace ordinary_, precious_;
    bool last_is_extra_ = false;  // the latest item is there only because it is the latest
};

}  // namespace portdrought::record
