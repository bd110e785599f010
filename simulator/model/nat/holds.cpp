#include "model/nat/holds.hpp"

#include <algorithm>

namespace portdrought::model {

void Holds::add(NatPort port, FlowEnd end, core::Instant now) {
    auto& queue = queues_[static_cast<std::size_t>(end)];
    if (queue.full()) queue.set_capacity(std::max<std::size_t>(1024, 2 * queue.capacity()));
    queue.push_back({now + times_.after(end), port});
}

std::optional<NatPort> Holds::take_due(core::Instant now) {
    for (auto& queue : queues_) {
        if (queue.empty() || queue.front().until > now) continue;
        const NatPort port = queue.front().port;
        queue.pop_front();
        return port;
    }
    return std::nullopt;
}

std::uint64_t Holds::bytes() const {
    std::uint64_t sum = 0;
    for (const auto& queue : queues_) sum += queue.capacity() * sizeof(Held);
    return sum;
}

}  // namespace portdrought::model
