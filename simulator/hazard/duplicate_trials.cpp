#include "hazard/duplicate_trials.hpp"

#include <algorithm>
#include <stdexcept>
#include <thread>

#include "hazard/trial_pair.hpp"
#include "os/clock.hpp"
#include "os/net/raw_tcp.hpp"
#include "os/net/socket_cookie.hpp"
#include "probe/host_sampler.hpp"
#include "probe/socket_lookup.hpp"
#include "scenario/compress.hpp"
#include "timed_wait/enforcer.hpp"

namespace portdrought::hazard {
namespace {

constexpr core::Duration segment_lifetime = std::chrono::minutes{2};  // RFC 9293 3.4.2, scenario time
constexpr core::Duration longest_wait = std::chrono::seconds{65};
constexpr core::Duration kernels_own = std::chrono::seconds{60};  // TIME-WAIT, and FIN-WAIT-2 by default
// A SYN that TIME-WAIT does not accept is sent again after a second.
constexpr core::Duration grace = std::chrono::seconds{2};
// The timestamp clock ticks once a millisecond: a segment sent within the tick of the new connection's would pass PAWS.
// No network keeps a segment for so short a time that it would matter.
constexpr core::Duration least_delay = std::chrono::milliseconds{2};
constexpr auto between_rounds = std::chrono::milliseconds{1};

constexpr std::string_view old_request = "a request of the old connection.";
constexpr std::string_view new_request = "a request of the new connection.";
constexpr std::string_view response = "a response.";

/// The segments that carried the data of a connection.
struct Sent {
    os::TcpSegment request, response;
};

enum class Fate : std::uint8_t { accepted, dropped_paws, dropped_other, dropped_unknown, killed };

/// Tells the enforcer of an active close, where there is one.
class Reporter final : public CloseWatch {
public:
    Reporter(const os::Tuple& active, timed_wait::Enforcer* enforcer) : active_(active), enforcer_(enforcer) {}
    void closing(const os::FileDescriptor& active) override {
        if (enforcer_ != nullptr) enforcer_->closing(active_, os::socket_cookie(active.get()));
    }
    void closed() override {
        if (enforcer_ != nullptr) enforcer_->entered(active_, os::monotonic_now());
    }

private:
    os::Tuple active_;
    timed_wait::Enforcer* enforcer_;
};

class Trials {
public:
    Trials(const scenario::Scenario& real_time, core::Duration patience)
        : scenario_(real_time),
          count_(real_time.lab.duplicates),
          patience_(patience),
          pairs_(real_time, 2ULL * count_),
          raw_(os::open_raw_sender()) {
        // Where the peer never closes there is no TIME-WAIT to shorten.
        if (real_time.host.timed_wait_delay && real_time.load.passive_closes)
            enforcer_.emplace(*real_time.host.timed_wait_delay);
    }

    record::Duplicates run(const std::function<bool()>& stop_requested) {
        begin_all(stop_requested);
        while (!waiting_.empty() && !stop_requested()) {
            std::this_thread::sleep_for(between_rounds);
            enforce();
            std::erase_if(waiting_, [this](Waiting& trial) { return goes_on(trial); });
        }
        return result_;
    }

private:
    /// A trial whose old connection has closed.
    struct Waiting {
        std::size_t pair = 0;
        Sent old;
        core::Instant closed{0};
        Ends left;  // what the scenario leaves open
    };

    void begin_all(const std::function<bool()>& stop_requested) {
        for (std::size_t i = 0; i < count_ && !stop_requested(); ++i) {
            disturb_time_wait(count_ + i);
            Waiting trial{i, {}, core::Instant{0}, {}};
            open_and_close(i, enforcer(), trial);
            if (!goes_on(trial)) waiting_.push_back(std::move(trial));
            enforce();
        }
    }

    timed_wait::Enforcer* enforcer() { return enforcer_ ? &*enforcer_ : nullptr; }

    void enforce() {
        const core::Instant now = os::monotonic_now();
        if (enforcer_ && enforcer_->next_due().value_or(core::Instant::max()) <= now)
            enforcer_->reap(now, os::monotonic_now);
    }

    os::Tuple active_view(std::size_t pair) const {
        const os::Tuple& tuple = pairs_.tuple(pair);
        return client_closes_first(scenario_.load) ? tuple : tuple.reversed();
    }

    /// The old connection of a pair.
    void open_and_close(std::size_t pair, timed_wait::Enforcer* enforcer, Waiting& trial) {
        trial.left = pairs_.open_first(pair);
        trial.old = exchange(pair, trial.left);
        Reporter reporter(active_view(pair), enforcer);
        close_as(scenario_.load, trial.left, reporter);
        trial.closed = os::monotonic_now();
    }

    Sent exchange(std::size_t pair, const Ends& ends) {
        const bool client_first = client_closes_first(scenario_.load), unread = scenario_.load.close_unread;
        capture_.discard_all();
        send_all(ends.client, old_request);
        if (client_first || !unread) receive_queued(ends.server);
        send_all(ends.server, response);
        if (!client_first || !unread) receive_queued(ends.client);
        Sent sent;
        while (auto segment = capture_.next()) {
            if (segment->payload.empty()) continue;
            if (segment->tuple == pairs_.tuple(pair))
                sent.request = std::move(*segment);
            else if (segment->tuple == pairs_.tuple(pair).reversed())
                sent.response = std::move(*segment);
        }
        if (sent.request.payload != old_request || sent.response.payload != response)
            throw std::runtime_error("the segments of a trial with delayed duplicates were not seen on their way");
        return sent;
    }

    // ---- a stale segment meets TIME-WAIT (RFC 1337)

    void disturb_time_wait(std::size_t pair) {
        Waiting trial{pair, {}, core::Instant{0}, {}};
        open_and_close(pair, nullptr, trial);
        const os::Tuple& client = pairs_.tuple(pair);
        if (is_in_time_wait(client)) return count_time_wait(client, trial.old.response);
        if (is_in_time_wait(client.reversed())) return count_time_wait(client.reversed(), trial.old.request);
    }

    void count_time_wait(const os::Tuple& holder, const os::TcpSegment& stale) {
        os::send_segment(raw_, stale);
        ++(is_in_time_wait(holder) ? result_.time_wait_kept : result_.time_wait_killed);
    }

    bool is_in_time_wait(const os::Tuple& holder) {
        const auto entry = lookup_.find(holder);
        return entry && entry->state == probe::TcpState::time_wait;
    }

    // ---- old segments meet a new connection on the same pair

    /// True when the trial is over.
    bool goes_on(Waiting& trial) {
        if (auto ends = pairs_.open(trial.pair)) {
            ++result_.trials;
            send_old_segments(trial, *ends);
            return true;
        }
        if (os::monotonic_now() < trial.closed + patience_) return false;
        pairs_.give_up(trial.pair);
        ++result_.trials;
        ++result_.pair_refused;
        return true;
    }

    void send_old_segments(const Waiting& trial, const Ends& ends) {
        std::this_thread::sleep_for(trial.closed + least_delay - os::monotonic_now());
        const os::TcpSegment last = last_of_new_request(trial.pair, ends);
        switch (fate_of(trial.old.request, trial.pair, ends)) {
            case Fate::accepted: ++result_.stale_accepted; break;
            case Fate::killed: ++result_.stale_killed; return;
            default: ++result_.stale_dropped;
        }
        // As after a wrap of both sequence spaces: the numbers fit, the timestamp is the old one.
        os::TcpSegment wrapped = trial.old.request;
        wrapped.sequence = last.sequence + static_cast<std::uint32_t>(last.payload.size());
        wrapped.acknowledgment = last.acknowledgment;
        switch (fate_of(wrapped, trial.pair, ends)) {
            case Fate::accepted: ++result_.accepted; break;
            case Fate::dropped_paws: ++result_.dropped_paws; break;
            case Fate::dropped_other: ++result_.dropped_other; break;
            case Fate::dropped_unknown: break;
            case Fate::killed: ++result_.killed; break;
        }
    }

    os::TcpSegment last_of_new_request(std::size_t pair, const Ends& ends) {
        capture_.discard_all();
        send_all(ends.client, new_request);
        while (auto segment = capture_.next())
            if (segment->tuple == pairs_.tuple(pair) && segment->payload == new_request) {
                receive_queued(ends.server);
                return *segment;
            }
        throw std::runtime_error("the segments of a trial with delayed duplicates were not seen on their way");
    }

    Fate fate_of(const os::TcpSegment& duplicate, std::size_t pair, const Ends& ends) {
        const std::optional<std::uint64_t> paws_before = dropped_by_paws();
        os::send_segment(raw_, duplicate);
        const Received received = receive_queued(ends.server);
        if (received.bytes.find(old_request) != std::string::npos) return Fate::accepted;
        if (received.ended || !is_established(pairs_.tuple(pair)) || !is_established(pairs_.tuple(pair).reversed()))
            return Fate::killed;
        const std::optional<std::uint64_t> paws_after = dropped_by_paws();
        if (!paws_before || !paws_after) return Fate::dropped_unknown;
        return *paws_after > *paws_before ? Fate::dropped_paws : Fate::dropped_other;
    }

    bool is_established(const os::Tuple& view) {
        const auto entry = lookup_.find(view);
        return entry && entry->state == probe::TcpState::established;
    }

    /// nullopt where the kernel does not show the counter.
    std::optional<std::uint64_t> dropped_by_paws() {
        const auto& names = probe::counter_names;
        const auto place = std::ranges::find(names, "TcpExt.PAWSEstab") - names.begin();
        return host_.take().counters.values[static_cast<std::size_t>(place)];
    }

    const scenario::Scenario& scenario_;
    std::size_t count_;
    core::Duration patience_;
    TrialPairs pairs_;
    os::FileDescriptor raw_;
    os::SegmentCapture capture_;
    probe::SocketLookup lookup_;
    probe::HostSampler host_;
    std::optional<timed_wait::Enforcer> enforcer_;
    std::vector<Waiting> waiting_;
    record::Duplicates result_;
};

}  // namespace

namespace {

/// When the settings give a closed pair back; Duration::max() where that is the kernel's own 60 s.
core::Duration promised_after(const scenario::Scenario& real) {
    // FIN-WAIT-2 is not reused, and nothing but its own timer ends it.
    if (!real.load.passive_closes)
        return real.host.fin_timeout < kernels_own ? real.host.fin_timeout : core::Duration::max();
    const core::Duration kept = real.host.timed_wait_delay.value_or(core::Duration::max());
    const bool reuses = real.host.tw_reuse != scenario::TwReuse::off && real.host.timestamps;
    return reuses ? std::min(kept, real.host.tw_reuse_delay) : kept;
}

}  // namespace

core::Duration patience(const scenario::Scenario& scenario) {
    const core::Duration horizon = std::min(scenario::compressed(scenario, segment_lifetime), longest_wait);
    const core::Duration promised = promised_after(scenario::compress(scenario));
    return std::min(promised < horizon ? promised + grace : grace, horizon);
}

record::Duplicates try_duplicates(const scenario::Scenario& scenario, const std::function<bool()>& stop_requested) {
    const scenario::Scenario real = scenario::compress(scenario);
    return Trials(real, patience(scenario)).run(stop_requested);
}

}  // namespace portdrought::hazard
