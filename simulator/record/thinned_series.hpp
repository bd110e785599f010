// A time series of bounded length. When it is full, every second ordinary item is dropped and from then on only every
// second one is taken, so however long a run lasts its items are evenly spaced. Items the caller calls precious are
// kept as long as the bound allows; the first and the latest are always there. What a dropped item stood for can be
// passed on to the one kept next, so that nothing is lost. Single writer; no I/O.
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
    /// `dropped` will not be kept; `kept` is the next one that may be, or the latest there is.
    using PassOn = void (*)(const T& dropped, T& kept);

    /// `limit` is at least 4.
    ThinnedSeries(
        std::size_t limit, IsPrecious is_precious, PassOn pass_on = [](const T&, T&) {})
        : limit_(std::max<std::size_t>(limit, 4)), is_precious_(is_precious), pass_on_(pass_on) {}

    /// Times must rise: an item that is older than the latest is ignored, one of the same time replaces it unless only
    /// the older one is precious.
    void add(T item) {
        const bool precious = is_precious_(item);
        if (!items_.empty() && item.t_s <= items_.back().t_s) {
            if (item.t_s < items_.back().t_s || (is_precious_(items_.back()) && !precious))
                return pass_on_(item, items_.back());
            pass_on_(items_.back(), item);
            items_.back() = std::move(item);  // its place on the stride goes to the newer one
            last_is_extra_ = last_is_extra_ && !precious;
            return;
        }
        if (last_is_extra_) {
            pass_on_(items_.back(), item);
            items_.pop_back();
        }
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
        std::size_t position = 0, kept = 0;
        for (std::size_t i = 0; i + 1 < items_.size(); ++i) {
            if (is_precious_(items_[i]) == precious && position++ % 2 == 1)
                pass_on_(items_[i], items_[i + 1]);  // which passes it on, should it be dropped as well
            else if (kept++ != i)
                items_[kept - 1] = std::move(items_[i]);
        }
        if (kept + 1 == items_.size()) return;
        pace.stride *= 2;
        const bool is_of_this_kind = is_precious_(items_.back()) == precious;
        last_is_extra_ = last_is_extra_ || (is_of_this_kind && (pace.seen - 1) % pace.stride != 0);
        items_[kept++] = std::move(items_.back());
        items_.erase(items_.begin() + static_cast<std::ptrdiff_t>(kept), items_.end());
    }

    std::size_t limit_;
    IsPrecious is_precious_;
    PassOn pass_on_;
    std::vector<T> items_;
    Pace ordinary_, precious_;
    bool last_is_extra_ = false;  // the latest item is there only because it is the latest
};

}  // namespace portdrought::record
