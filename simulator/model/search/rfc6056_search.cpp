#include "model/search/rfc6056_search.hpp"

#include <algorithm>

namespace portdrought::model {
namespace {

constexpr std::uint32_t largest_increment = 500;  // N of 3.3.5
constexpr std::uint32_t initial_values = 65'536;  // 3.3.4 and 3.3.5 begin with random() % 65536

}  // namespace

SequentialSearch::SequentialSearch(const SearchSetup& setup)
    : PortSearch(setup), walk_(layout(), setup.reserved), next_(setup.first % setup.ports) {}

Searched SequentialSearch::find(const PortBits& takeable, std::uint32_t, core::Instant) {
    const Walked walked = walk_.around(takeable, {0, layout().ports()}, next_);
    if (walked.slot) next_ = *walked.slot + 1 == layout().ports() ? 0 : *walked.slot + 1;
    return {walked.slot, walked.probes};
}

RandomStartSearch::RandomStartSearch(const SearchSetup& setup)
    : PortSearch(setup), walk_(layout(), setup.reserved), random_(mix(setup.seed)) {}

Searched RandomStartSearch::find(const PortBits& takeable, std::uint32_t, core::Instant) {
    const Walked walked = walk_.around(takeable, {0, layout().ports()}, random_.below(layout().ports()));
    return {walked.slot, walked.probes};
}

RandomTriesSearch::RandomTriesSearch(const SearchSetup& setup)
    : PortSearch(setup),
      walk_(layout(), setup.reserved),
      random_(mix(setup.seed)),
      ports_(setup.ports),
      increments_(setup.algorithm == Algorithm::rfc6056_5),
      next_(increments_ ? random_.below(initial_values) % ports_ : 0) {}

std::uint32_t RandomTriesSearch::next_try() {
    if (!increments_) return random_.below(ports_);
    return next_ = (next_ + random_.below(largest_increment) + 1) % ports_;
}

// The outcome of as many tries as there are ports where none can be taken, without trying: an overloaded host would
// spend 50 us on each. So many increments end anywhere.
Searched RandomTriesSearch::fail_at_once() {
    next_ = random_.below(ports_);
    return {std::nullopt, ports_};
}

Searched RandomTriesSearch::find(const PortBits& takeable, std::uint32_t, core::Instant) {
    if (takeable.is_empty() && !walk_.reserves()) return fail_at_once();
    Searched searched;
    for (std::uint32_t tries = 0; tries < ports_; ++tries) {
        const std::uint32_t slot = next_try();
        if (walk_.is_reserved(slot)) continue;
        ++searched.probes;
        if (!takeable.test(slot)) continue;
        searched.slot = slot;
        break;
    }
    return searched;
}

HashedSearch::HashedSearch(const SearchSetup& setup)
    : PortSearch(setup),
      walk_(layout(), setup.reserved),
      key_(setup.seed),
      double_(setup.algorithm == Algorithm::rfc6056_4) {
    if (!double_) return;
    Random random(mix(setup.seed));
    std::ranges::generate(counters_, [&random] { return random.below(initial_values); });
}

std::uint64_t& HashedSearch::counter_of(std::uint32_t tuple) {
    return counters_[double_ ? hash(mix(key_), tuple, 0) % table_length : 0];
}

Searched HashedSearch::find(const PortBits& takeable, std::uint32_t tuple, core::Instant) {
    std::uint64_t& counter = counter_of(tuple);
    const std::uint64_t offset = hash(key_, tuple, 0) >> 32;
    const auto start = static_cast<std::uint32_t>((offset + counter) % layout().ports());
    const Walked walked = walk_.around(takeable, {0, layout().ports()}, start);
    counter += walked.passed + (walked.slot ? 1U : 0U);
    return {walked.slot, walked.probes};
}

}  // namespace portdrought::model
