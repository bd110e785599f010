// The hosts written a second time: a list of pairs from which everything is counted anew each time it is asked.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

#include "model/hosts.hpp"
#include "model/random.hpp"
#include "scenario/addresses.hpp"

namespace portdrought::model {

class NaiveHosts {
public:
    enum class State { open, closing, time_wait, fin_wait_2, stale };

    explicit NaiveHosts(const scenario::Scenario& real)
        : real_(real),
          // The phase of a run is Hosts' own matter; it is the same for the same seed.
          wheel_(250, core::Duration{static_cast<std::int64_t>(mix(real.lab.seed + 1) % 16'384'000'000)}) {}

    void advance(core::Instant now) {
        now_ = now;
        end(client_, State::time_wait);
        end(server_, State::time_wait);
        acknowledge_fins();
        end(client_, State::fin_wait_2);
    }

    bool can_take(Pair pair) const {
        const Entry* entry = find(client_, pair);
        return entry == nullptr || is_reusable(*entry);
    }

    /// Whether its peer still had an old connection.
    bool take(Pair pair) {
        if (find(client_, pair) != nullptr) ++events.recycled;
        const Entry* peer = find(server_, pair);
        const bool is_stale = peer != nullptr && peer->state == State::stale;
        forget(client_, pair);
        forget(server_, pair);
        client_.push_back({pair, State::open, now_, core::Instant::max()});
        return is_stale;
    }

    void release(Pair pair) { forget(client_, pair); }

    void client_waits(Pair pair, State state) {
        forget(client_, pair);
        if (state == State::fin_wait_2) {
            server_.push_back({pair, State::stale, now_, core::Instant::max()});
            client_.push_back({pair, State::closing, now_, core::Instant::max()});
            return;
        }
        if (is_full()) return;
        ++events.time_wait;
        client_.push_back({pair, state, now_, end_of_time_wait()});
    }

    void server_waits(Pair pair) {
        if (is_full()) return;
        ++events.time_wait;
        server_.push_back({pair, State::time_wait, now_, end_of_time_wait()});
    }

    std::uint64_t in_use() const { return client_.size(); }
    std::uint64_t reusable() const {
        return count(client_, [&](const Entry& entry) { return is_reusable(entry); });
    }
    std::uint64_t clients(State state) const {
        return count(client_, [&](const Entry& e) { return e.state == state; });
    }
    std::uint64_t servers(State state) const {
        return count(server_, [&](const Entry& e) { return e.state == state; });
    }
    std::uint64_t older_than(core::Duration age) const {
        return count(client_, [&](const Entry& e) { return e.state == State::time_wait && now_ - e.since >= age; });
    }
    /// Slots of `table` that are taken in any state.
    std::uint64_t taken(std::uint32_t table) const {
        return count(client_, [&](const Entry& entry) { return entry.pair.table == table; });
    }

    Events events;

private:
    struct Entry {
        Pair pair;
        State state;
        core::Instant since, end;
    };
    using Entries = std::vector<Entry>;

    static bool same(Pair a, Pair b) { return a.table == b.table && a.slot == b.slot; }
    static const Entry* find(const Entries& entries, Pair pair) {
        const auto found = std::ranges::find_if(entries, [&](const Entry& entry) { return same(entry.pair, pair); });
        return found == entries.end() ? nullptr : &*found;
    }
    static void forget(Entries& entries, Pair pair) {
        std::erase_if(entries, [&](const Entry& entry) { return same(entry.pair, pair); });
    }
    template <class Question>
    static std::uint64_t count(const Entries& entries, Question question) {
        return static_cast<std::uint64_t>(std::ranges::count_if(entries, question));
    }

    bool is_reusable(const Entry& entry) const {
        if (entry.state != State::time_wait || !real_.host.timestamps) return false;
        if (scenario::bind_reuses_time_wait(real_.host)) return true;
        if (real_.host.tw_reuse != scenario::TwReuse::on || scenario::bind_takes_port(real_.host)) return false;
        return now_ - entry.since >= real_.host.tw_reuse_delay + std::chrono::milliseconds{1};
    }
    bool is_full() const {
        const auto parked = clients(State::time_wait) + clients(State::fin_wait_2) + servers(State::time_wait);
        return parked >= std::uint64_t{real_.host.max_time_wait} * real_.topology.hosts;
    }
    void end(Entries& entries, State state) {
        std::erase_if(entries, [&](const Entry& entry) { return entry.state == state && entry.end <= now_; });
    }
    /// FIN_WAIT_2 begins when the peer's kernel acknowledges the FIN, 40 ms later.
    void acknowledge_fins() {
        for (std::size_t i = 0; i < client_.size(); ++i) {
            Entry& entry = client_[i];
            const core::Instant acknowledged = entry.since + std::chrono::milliseconds{40};
            if (entry.state != State::closing || acknowledged > now_) continue;
            if (is_full())
                entry.end = core::Instant{0};
            else
                entry.end = wheel_.end_of(acknowledged, real_.host.fin_timeout);
            entry.state = State::fin_wait_2;
            if (entry.end == core::Instant{0}) client_.erase(client_.begin() + static_cast<std::ptrdiff_t>(i--));
        }
    }
    core::Instant end_of_time_wait() const {
        return real_.host.timed_wait_delay ? now_ + *real_.host.timed_wait_delay
                                           : wheel_.end_of(now_, std::chrono::seconds{60});
    }

    scenario::Scenario real_;
    TimerWheel wheel_;
    core::Instant now_{0};
    Entries client_, server_;
};

}  // namespace portdrought::model
