#include "probe/census_count.hpp"

#include <algorithm>
#include <tuple>

namespace portdrought::probe {

namespace {

bool holds(const std::vector<ServerEndpoints>& servers, const os::Endpoint& endpoint) {
    return std::any_of(servers.begin(), servers.end(), [&](const auto& server) { return server.contains(endpoint); });
}

std::chrono::milliseconds age(const SocketEntry& entry) {
    return kernel_time_wait - std::chrono::milliseconds{entry.expires_ms};
}

// Oldest first. Only TIME_WAIT has an age; what is still connected is younger than all of it.
bool is_older(const SocketEntry& a, const SocketEntry& b) {
    const auto key = [](const SocketEntry& entry) {
        return std::tuple(entry.state != TcpState::time_wait, entry.expires_ms, entry.tuple);
    };
    return key(a) < key(b);
}

}  // namespace

std::uint64_t CensusCount::ports_free(const CensusQuestion& question) const {
    const std::uint64_t taken = question.tw_reuse ? ports_in_use - reusable : ports_in_use;
    return question.capacity > taken ? question.capacity - taken : 0;
}

void CensusCounter::add(const SocketEntry& entry) {
    const bool server_held = holds(question_.servers, entry.tuple.local);
    if (!server_held && !holds(question_.servers, entry.tuple.remote)) return;
    ++count_.entries;
    if (entry.is_parked) ++count_.parked;
    if (entry.state == TcpState::fin_wait_2) ++count_.fin_wait_2;
    if (entry.state == TcpState::time_wait) {
        ++(server_held ? count_.time_wait_server : count_.time_wait_client);
        count_age(entry);
    }
    if (!server_held) count_client_held(entry);
    if (question_.listing_rows > 0) keep_row(entry);
}

void CensusCounter::count_client_held(const SocketEntry& entry) {
    if (entry.state != TcpState::time_wait && entry.state != TcpState::fin_wait_2) ++count_.connected;
    const std::uint16_t port = entry.tuple.local.port;
    if (!question_.ports.contains(port) || core::contains(question_.reserved, port)) return;
    ++count_.ports_in_use;
    if (entry.state == TcpState::time_wait && age(entry) >= question_.tw_reuse_delay) ++count_.reusable;
    if (last_destination_ == nullptr || last_destination_->first != entry.tuple.remote) {
        last_destination_ = &*count_.ports_by_destination.try_emplace(entry.tuple.remote, 0).first;
    }
    ++last_destination_->second;
}

void CensusCounter::count_age(const SocketEntry& entry) {
    const core::Duration left = question_.time_wait_length - age(entry);
    // Rounded up: an entry with its whole length before it belongs to the tenth tenth, an overdue one to the first.
    const core::Duration tenth = std::max(question_.time_wait_length / 10, core::Duration{1});
    const std::int64_t index = (left.count() + tenth.count() - 1) / tenth.count() - 1;
    ++count_.left_by_tenth[static_cast<std::size_t>(std::clamp<std::int64_t>(index, 0, 10))];
}

// A heap of the oldest rows seen so far, its front the youngest of them.
void CensusCounter::keep_row(const SocketEntry& entry) {
    ++count_.rows_total;
    auto& rows = count_.rows;
    if (rows.size() == question_.listing_rows) {
        if (!is_older(entry, rows.front())) return;
        std::pop_heap(rows.begin(), rows.end(), is_older);
        rows.pop_back();
    }
    rows.push_back(entry);
    std::push_heap(rows.begin(), rows.end(), is_older);
}

CensusCount CensusCounter::finish() {
    std::sort_heap(count_.rows.begin(), count_.rows.end(), is_older);
    last_destination_ = nullptr;
    return std::move(count_);
}

}  // namespace portdrought::probe
