// An instant or none, read like a std::optional but in eight bytes: those of an optional are written in two pieces and
// read in one, which stalls the CPU for longer than the model takes to play an attempt.
#pragma once

#include <optional>

#include "core/units.hpp"

namespace portdrought::core {

class MaybeInstant {
public:
    constexpr MaybeInstant() = default;
    constexpr MaybeInstant(std::nullopt_t) {}
    /// Any but the far future, Instant::max().
    template <class Count, class Period>
    constexpr MaybeInstant(std::chrono::duration<Count, Period> instant) : instant_(instant) {}

    constexpr explicit operator bool() const { return instant_ != Instant::max(); }
    constexpr Instant operator*() const { return instant_; }
    /// The far future where there is none.
    constexpr Instant or_never() const { return instant_; }
    friend bool operator==(const MaybeInstant&, const MaybeInstant&) = default;

private:
    Instant instant_ = Instant::max();
};

}  // namespace portdrought::core
