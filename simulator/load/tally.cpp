#include "load/tally.hpp"

#include "os/system_error.hpp"

namespace portdrought::load {

void ErrorCounts::merge(const ErrorCounts& other) {
    for (const auto& [finding, count] : other.counts_) counts_[finding] += count;
}

std::map<std::string, std::uint64_t> ErrorCounts::by_name() const {
    std::map<std::string, std::uint64_t> result;
    for (const auto& [finding, count] : counts_)
        result[std::string(core::name(finding.first)) + '/' + os::errno_name(finding.second)] += count;
    return result;
}

void Tally::merge(const Tally& other) {
    attempts.merge(other.attempts);
    errors.merge(other.errors);
    relay_errors.merge(other.relay_errors);
    losses.resets_seen += other.losses.resets_seen;
    losses.transfers_cut += other.losses.transfers_cut;
    losses.bytes_lost += other.losses.bytes_lost;
    pool += other.pool;
    self_connects += other.self_connects;
    in_connect += other.in_connect;
    cpu += other.cpu;
}

}  // namespace portdrought::load
