#include "model/nat/conntrack.hpp"

#include <algorithm>
#include <cassert>

namespace portdrought::model {
namespace {

constexpr std::uint32_t first_tries = 128;  // NF_NAT_MAX_ATTEMPTS
constexpr std::uint32_t few_tries = 32;     // NF_NAT_HARDER_THRESH: with so many left of a round, or fewer, it evicts
constexpr std::uint32_t last_tries = 8;

}  // namespace

Conntrack::Conntrack(const scenario::Nat& nat, std::uint32_t destinations, std::uint64_t seed)
    : pool_(nat, destinations),
      times_(nat),
      first_port_(nat.ports.first),
      evicts_(nat.evicts),
      key_(mix(seed)),
      random_(seed),
      by_port_(pool_.tables() * pool_.ports(), none) {}

std::uint64_t Conntrack::capacity() const { return std::min(pool_.capacity(), pool_.max_connections()); }

std::optional<NatPort> Conntrack::open(const NatFlow& flow) {
    const NatPort wanted = wanted_by(flow);
    if (const Index old = find(flow, wanted); old != none) {
        // A SYN sent again after no answer meets its own entry. One after a close deletes it and starts anew.
        if (entries_[old].end == FlowEnd::half_open) return reopen(old);
        remove(old);
    }
    if (!pool_.has_room() || is_limited(wanted)) return std::nullopt;
    const auto port = choose(wanted);
    return port ? std::optional(enter(flow, *port)) : std::nullopt;
}

void Conntrack::close(NatPort port, FlowEnd end, core::Instant now) {
    const Index index = by_port_[pool_.index_of(port)];
    Entry& entry = entries_[index];
    assert(entry.is_open);
    entry.is_open = false;
    entry.end = end;
    entry.until = now + times_.after(end);
    append(queue_of(entry), index);
}

void Conntrack::release_until(core::Instant now) {
    for (const Queue& queue : queues_)
        while (queue.first != none && entries_[queue.first].until <= now) remove(queue.first);
}

// The address follows from both sides' addresses, so that a server sees a host come from one (find_best_ips_proto()).
// A port outside nat.ports becomes a slot beyond them.
NatPort Conntrack::wanted_by(const NatFlow& flow) const {
    const auto address = static_cast<std::uint16_t>(hash(key_, flow.host, flow.destination) % pool_.addresses());
    return {flow.destination, address, static_cast<std::uint16_t>(flow.source_port - first_port_)};
}

// Not where it is merely out of ports: it may yet evict.
bool Conntrack::is_limited(NatPort port) const {
    return pool_.most_per_address() < pool_.ports() && !pool_.has_room(port.destination, port.address);
}

bool Conntrack::is_free(NatPort port) const { return pool_.towards(port.destination, port.address).is_free(port.slot); }

Conntrack::Index Conntrack::find(const NatFlow& flow, NatPort wanted) const {
    if (wanted.slot < pool_.ports()) {
        const Index own = by_port_[pool_.index_of(wanted)];
        if (own != none && entries_[own].flow == flow) return own;
    }
    const auto found = translated_.find(flow);
    return found == translated_.end() ? none : found->second;
}

NatPort Conntrack::reopen(Index index) {
    Entry& entry = entries_[index];
    assert(!entry.is_open);
    unlink(queue_of(entry), index);
    entry.is_open = true;
    return entry.port;
}

std::optional<NatPort> Conntrack::choose(NatPort wanted) {
    if (wanted.slot < pool_.ports() && is_free(wanted)) return wanted;
    std::uint32_t tries = std::min(first_tries, pool_.ports());
    auto port = choose_in_round(wanted, tries);
    if (tries == pool_.ports()) return port;  // it has seen them all
    while (!port && (tries /= 2) >= last_tries) port = choose_in_round(wanted, tries);
    return port;
}

std::optional<NatPort> Conntrack::choose_in_round(NatPort wanted, std::uint32_t tries) {
    auto offset = static_cast<std::uint16_t>(random_.below(65'536));  // wraps as the kernel's u16 does
    NatPort port = wanted;
    for (std::uint32_t left = tries; left > 0; --left, ++offset) {
        port.slot = static_cast<std::uint16_t>(offset % pool_.ports());
        if (is_free(port) || (evicts_ && left <= few_tries && evict(port))) return port;
    }
    return std::nullopt;
}

// Only where the new flow's sequence numbers are ahead of the old one's (nf_seq_has_advanced()): those of two tuples
// have nothing to do with each other (RFC 6528), so it is one case in two.
bool Conntrack::evict(NatPort port) {
    const Index index = by_port_[pool_.index_of(port)];
    const Entry& entry = entries_[index];
    if (entry.is_open || entry.end == FlowEnd::half_open || random_.below(2) != 0) return false;
    remove(index);
    ++evicted_;
    return true;
}

NatPort Conntrack::enter(const NatFlow& flow, NatPort port) {
    const Index index = unused_entry();
    Entry& entry = entries_[index];
    entry.flow = flow;
    entry.port = port;
    entry.is_open = true;
    by_port_[pool_.index_of(port)] = index;
    if (is_translated(entry)) translated_.insert_or_assign(flow, index);
    pool_.take(port);
    return port;
}

Conntrack::Index Conntrack::unused_entry() {
    if (unused_ == none) {
        entries_.emplace_back();
        return static_cast<Index>(entries_.size() - 1);
    }
    const Index index = unused_;
    unused_ = entries_[index].next;
    return index;
}

void Conntrack::append(Queue& queue, Index index) {
    entries_[index].previous = queue.last;
    entries_[index].next = none;
    (queue.last == none ? queue.first : entries_[queue.last].next) = index;
    queue.last = index;
}

void Conntrack::unlink(Queue& queue, Index index) {
    const Entry& entry = entries_[index];
    (entry.previous == none ? queue.first : entries_[entry.previous].next) = entry.next;
    (entry.next == none ? queue.last : entries_[entry.next].previous) = entry.previous;
}

void Conntrack::remove(Index index) {
    Entry& entry = entries_[index];
    assert(!entry.is_open);
    unlink(queue_of(entry), index);
    if (is_translated(entry)) translated_.erase(entry.flow);
    by_port_[pool_.index_of(entry.port)] = none;
    pool_.give_back(entry.port);
    entry.next = unused_;
    unused_ = index;
}

bool Conntrack::is_translated(const Entry& entry) const {
    return entry.port.slot + first_port_ != entry.flow.source_port;
}

std::uint64_t Conntrack::bytes() const {
    return pool_.bytes() + by_port_.capacity() * sizeof(Index) + entries_.capacity() * sizeof(Entry) +
           translated_.bucket_count() * (sizeof(NatFlow) + sizeof(Index) + 1);
}

}  // namespace portdrought::model
