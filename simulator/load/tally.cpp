#include "load/tally.hpp"

#include <algorithm>

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
    connect.merge(other.connect);
    connect_intended.merge(other.connect_intended);
    start_lag.merge(other.start_lag);
    errors.merge(other.errors);
    relay_errors.merge(other.relay_errors);
    losses.resets_seen += other.losses.resets_seen;
    losses.transfers_cut += other.losses.transfers_cut;
    losses.bytes_lost += other.losses.bytes_lost;
    pool.reused += other.pool.reused;
    pool.closed_full += other.pool.closed_full;
    pool.closed_idle += other.pool.closed_idle;
    pool.closed_worn += other.pool.closed_worn;
    pool.closed_unread += other.pool.closed_unread;
    retries += other.retries;
    self_connects += other.self_connects;
    if (other.first_without_port)
        first_without_port = std::min(first_without_port.value_or(core::Instant::max()), *other.first_without_port);
    in_connect += other.in_connect;
    cpu += other.cpu;
}

}  // namespace portdrought::load
