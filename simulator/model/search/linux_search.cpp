#include "model/search/linux_search.hpp"

#include <algorithm>

namespace portdrought::model {
namespace {

using namespace std::chrono_literals;

constexpr core::Duration shuffle_period = 10s;  // EPHEMERAL_PORT_SHUFFLE_PERIOD, net/core/secure_seq.c
constexpr std::uint32_t old_table = 256;        // entries of table_perturb in 5.12
constexpr std::uint32_t table = 65'536;         // and since 5.18

bool is_salted(Algorithm algorithm) { return algorithm != Algorithm::linux_5_12; }

std::uint32_t high_half(std::uint64_t hash) { return static_cast<std::uint32_t>(hash >> 32); }

Searched result_of(const Walked& walked) { return {walked.slot, walked.probes}; }

}  // namespace

ParityWalk::ParityWalk(const Layout& layout)
    : ports_(layout.ports()), first_odd_(layout.first_odd()), half_(layout.ports() / 2) {}

Walked ParityWalk::from(const Walk& walk, const PortBits& takeable, std::uint32_t start) const {
    if (half_ == 0) return walk.around(takeable, {0, 1}, 0);
    const std::uint32_t place = start % (2 * half_) / 2;
    const Walked even = even_offsets(walk, takeable, place);
    if (even.slot) return even;
    Walked odd = walk.around(takeable, {first_odd_, first_odd_ + half_}, first_odd_ + place);
    odd.probes += even.probes;
    return odd;
}

// An odd range has one even offset more than a pass looks at. The kernel goes back by the even size when it passes the
// end, so from anywhere but offset 0 it looks at the last offset and comes back to offset 2: the first is left out.
Walked ParityWalk::even_offsets(const Walk& walk, const PortBits& takeable, std::uint32_t place) const {
    if (ports_ % 2 == 0 || place == 0) return walk.around(takeable, {0, half_}, place);
    return walk.around(takeable, {1, half_ + 1}, place);
}

LinuxHintSearch::LinuxHintSearch(const SearchSetup& setup)
    : PortSearch(setup), walk_(layout(), setup.reserved), key_(setup.seed) {}

Searched LinuxHintSearch::find(const PortBits& takeable, std::uint32_t tuple, core::Instant) {
    const std::uint32_t start = (hint_ + high_half(hash(key_, tuple, 0))) & ~1U;
    const Walked walked = walk_.around(takeable, {0, layout().ports()}, start % layout().ports());
    if (walked.slot) hint_ += (walked.passed + 2) & ~1U;
    return result_of(walked);
}

LinuxParityHintSearch::LinuxParityHintSearch(const SearchSetup& setup)
    : PortSearch(setup), walk_(layout(), setup.reserved), parities_(layout()), key_(setup.seed) {}

Searched LinuxParityHintSearch::find(const PortBits& takeable, std::uint32_t tuple, core::Instant) {
    const Walked walked = parities_.from(walk_, takeable, hint_ + high_half(hash(key_, tuple, 0)));
    if (walked.slot) hint_ += 2 * walked.passed + 2;
    return result_of(walked);
}

LinuxTableSearch::LinuxTableSearch(const SearchSetup& setup)
    : PortSearch(setup),
      walk_(layout(), setup.reserved),
      parities_(layout()),
      ports_(setup.ports),
      step_(layout().is_by_parity() ? 2 : 1),
      salted_(is_salted(setup.algorithm)),
      key_(setup.seed),
      table_(salted_ ? table : old_table, setup.tuples),
      noise_(mix(setup.seed)) {}

std::uint64_t LinuxTableSearch::epoch_at(core::Instant now) const {
    return salted_ ? static_cast<std::uint64_t>(now / shuffle_period) : 0;
}

Walked LinuxTableSearch::walk_from(const PortBits& takeable, std::uint32_t start) const {
    if (layout().is_by_parity()) return parities_.from(walk_, takeable, start);
    return walk_.around(takeable, {0, ports_}, start % ports_);
}

// How far the counter goes beyond the port taken: the walk itself, or a random distance where that is longer.
std::uint32_t LinuxTableSearch::advance(std::uint32_t passed) {
    if (salted_) return std::max(passed, noise_.below(8)) * step_ + step_;
    const bool skips = passed == 0 && noise_.below(16) == 0;
    return (skips ? 1 : passed) * step_ + step_;
}

Searched LinuxTableSearch::find(const PortBits& takeable, std::uint32_t tuple, core::Instant now) {
    const std::uint64_t epoch = epoch_at(now);
    const std::uint64_t offset = hash(key_, tuple, epoch);
    std::uint32_t& counter = table_.counter(offset, epoch);
    const Walked walked = walk_from(takeable, counter + high_half(offset));
    if (walked.slot) counter += advance(walked.passed);
    return result_of(walked);
}

}  // namespace portdrought::model
