#include "model/naive_search.hpp"

#include <algorithm>

namespace portdrought::model {
namespace {

using namespace std::chrono_literals;

std::uint32_t upper(std::uint64_t hash) { return static_cast<std::uint32_t>(hash >> 32); }

}  // namespace

NaiveSearch::NaiveSearch(const SearchSetup& setup)
    : setup_(setup),
      reserved_(setup.ports),
      random_(mix(setup.seed)),
      next_ephemeral_(setup.algorithm == Algorithm::sequential ? setup.first : 0) {
    for (const std::uint32_t offset : setup.reserved) reserved_[offset] = true;
    if (setup.algorithm == Algorithm::rfc6056_5) next_ephemeral_ = random_.below(65'536);
    if (setup.algorithm == Algorithm::rfc6056_4)
        for (int i = 0; i < 10; ++i) double_hash_table_.push_back(random_.below(65'536));
}

bool NaiveSearch::suits(const std::vector<bool>& takeable, std::uint32_t offset, NaiveFound& found) const {
    if (reserved_[offset]) return false;
    ++found.probes;
    if (takeable[offset]) found.offset = offset;
    return takeable[offset];
}

NaiveFound NaiveSearch::find(const std::vector<bool>& takeable, std::uint32_t tuple, core::Instant now) {
    const std::uint64_t unsalted = hash(setup_.seed, tuple, 0);
    switch (setup_.algorithm) {
        case Algorithm::linux_4_2: return linux_4_2(takeable, tuple);
        case Algorithm::linux_4_6: return linux_by_parity(takeable, hint_, upper(unsalted));
        case Algorithm::linux_5_12: return linux_by_parity(takeable, table_[{0, unsalted % 256}], upper(unsalted));
        case Algorithm::linux_5_18:
        case Algorithm::linux_6_8:
        case Algorithm::linux_6_18: {
            const auto epoch = static_cast<std::uint64_t>(now / 10s);
            const std::uint64_t salted = hash(setup_.seed, tuple, epoch);
            std::uint32_t& counter = table_[{epoch, static_cast<std::uint32_t>(salted % 65'536)}];
            if (setup_.window && setup_.algorithm != Algorithm::linux_5_18)
                return linux_window(takeable, counter, upper(salted));
            return linux_by_parity(takeable, counter, upper(salted));
        }
        case Algorithm::rfc6056_1:
        case Algorithm::random: return rfc6056_1(takeable);
        case Algorithm::rfc6056_2: return rfc6056_2(takeable);
        case Algorithm::rfc6056_3: return rfc6056_3_or_4(takeable, next_ephemeral_, unsalted >> 32);
        case Algorithm::rfc6056_4: {
            const auto index = static_cast<std::size_t>(hash(mix(setup_.seed), tuple, 0) % 10);
            return rfc6056_3_or_4(takeable, double_hash_table_[index], unsalted >> 32);
        }
        case Algorithm::rfc6056_5: return rfc6056_5(takeable);
        case Algorithm::sequential: return sequential(takeable);
    }
    return {};
}

NaiveFound NaiveSearch::linux_4_2(const std::vector<bool>& takeable, std::uint32_t tuple) {
    NaiveFound found;
    const std::uint32_t offset = (hint_ + upper(hash(setup_.seed, tuple, 0))) & ~1U;
    for (std::uint32_t i = 0; i < setup_.ports; ++i)
        if (suits(takeable, (i + offset % setup_.ports) % setup_.ports, found)) {
            hint_ += (i + 2) & ~1U;
            return found;
        }
    return found;
}

std::uint32_t NaiveSearch::noise(std::uint32_t i, std::uint32_t step) {
    if (setup_.algorithm == Algorithm::linux_4_6) return i;
    if (setup_.algorithm == Algorithm::linux_5_12) return i == 0 && random_.below(16) == 0 ? 2 : i;
    return std::max(i, random_.below(8) * step);
}

NaiveFound NaiveSearch::linux_by_parity(const std::vector<bool>& takeable, std::uint32_t& counter, std::uint32_t hash) {
    NaiveFound found;
    const std::uint32_t low = 0, high = setup_.ports;  // as the kernel's, but for low being a port
    std::uint32_t remaining = high - low;
    if (remaining > 1) remaining &= ~1U;
    std::uint32_t offset = (counter + hash) % remaining & ~1U;
    for (int pass = 0; pass < 2; ++pass, ++offset) {
        std::uint32_t port = low + offset;
        for (std::uint32_t i = 0; i < remaining; i += 2, port += 2) {
            if (port >= high) port -= remaining;
            if (!suits(takeable, port, found)) continue;
            counter += noise(i, 2) + 2;
            return found;
        }
        if (remaining == 1) break;
    }
    return found;
}

NaiveFound NaiveSearch::linux_window(const std::vector<bool>& takeable, std::uint32_t& counter, std::uint32_t hash) {
    NaiveFound found;
    std::uint32_t port = (counter + hash) % setup_.ports;
    for (std::uint32_t i = 0; i < setup_.ports; ++i, ++port) {
        if (port >= setup_.ports) port -= setup_.ports;
        if (!suits(takeable, port, found)) continue;
        counter += noise(i, 1) + 1;
        return found;
    }
    return found;
}

NaiveFound NaiveSearch::rfc6056_1(const std::vector<bool>& takeable) {
    NaiveFound found;
    std::uint32_t next = random_.below(setup_.ports);
    for (std::uint32_t count = setup_.ports; count > 0; --count) {
        if (suits(takeable, next, found)) return found;
        next = next == setup_.ports - 1 ? 0 : next + 1;
    }
    return found;
}

bool NaiveSearch::all_tries_fail(const std::vector<bool>& takeable, NaiveFound& found) {
    if (std::ranges::count(takeable, true) > 0 || !setup_.reserved.empty()) return false;
    next_ephemeral_ = random_.below(setup_.ports);
    found.probes = setup_.ports;
    return true;
}

NaiveFound NaiveSearch::rfc6056_2(const std::vector<bool>& takeable) {
    NaiveFound found;
    if (all_tries_fail(takeable, found)) return found;
    for (std::uint32_t count = setup_.ports; count > 0; --count)
        if (suits(takeable, random_.below(setup_.ports), found)) return found;
    return found;
}

NaiveFound NaiveSearch::rfc6056_3_or_4(const std::vector<bool>& takeable, std::uint64_t& counter,
                                       std::uint64_t offset) {
    NaiveFound found;
    for (std::uint32_t count = setup_.ports; count > 0; --count) {
        const auto port = static_cast<std::uint32_t>((offset + counter) % setup_.ports);
        ++counter;
        if (suits(takeable, port, found)) return found;
    }
    return found;
}

NaiveFound NaiveSearch::rfc6056_5(const std::vector<bool>& takeable) {
    NaiveFound found;
    if (all_tries_fail(takeable, found)) return found;
    for (std::uint32_t count = setup_.ports; count > 0; --count) {
        next_ephemeral_ += random_.below(500) + 1;
        if (suits(takeable, static_cast<std::uint32_t>(next_ephemeral_ % setup_.ports), found)) return found;
    }
    return found;
}

NaiveFound NaiveSearch::sequential(const std::vector<bool>& takeable) {
    NaiveFound found;
    for (std::uint32_t i = 0; i < setup_.ports; ++i) {
        const auto port = static_cast<std::uint32_t>((next_ephemeral_ + i) % setup_.ports);
        if (!suits(takeable, port, found)) continue;
        next_ephemeral_ = port + 1;
        return found;
    }
    return found;
}

}  // namespace portdrought::model
