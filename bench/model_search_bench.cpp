// What a modelled connection's port costs: find one, take it, give the oldest back, at 50 % and 99 % of 28,232 ports
// taken. Beside it a yardstick that looks at nothing: a random place of a table with an entry per port is written.
#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "model/random.hpp"
#include "model/search/port_search.hpp"

namespace portdrought::model {
namespace {

constexpr std::uint32_t ports = 28'232;
constexpr core::Duration gap{200};  // 5 million connections a second

/// A host that keeps as many ports taken as there are places in a ring, each until its turn comes again.
class Host {
public:
    Host(Algorithm algorithm, std::uint32_t taken) : search_(make_port_search({.algorithm = algorithm})), bits_(ports) {
        bits_.set_all();
        while (ring_.size() < taken)
            if (const auto slot = find()) take(*slot);
    }

    bool connect() {
        const auto slot = find();
        if (!slot) return false;
        bits_.reset(*slot);
        bits_.set(ring_[oldest_]);
        ring_[oldest_] = *slot;
        oldest_ = oldest_ + 1 == ring_.size() ? 0 : oldest_ + 1;
        return true;
    }

private:
    MaybeSlot find() { return search_->find(bits_, 0, now_ += gap).slot; }
    void take(std::uint32_t slot) {
        bits_.reset(slot);
        ring_.push_back(slot);
    }

    std::unique_ptr<PortSearch> search_;
    PortBits bits_;
    std::vector<std::uint32_t> ring_;
    std::size_t oldest_ = 0;
    core::Instant now_{0};
};

void search(benchmark::State& state, Algorithm algorithm, std::uint32_t taken_percent) {
    Host host(algorithm, ports * taken_percent / 100);
    std::int64_t refused = 0;
    for (auto _ : state) refused += host.connect() ? 0 : 1;
    if (refused * 1000 > state.iterations()) state.SkipWithError("more than one search in a thousand failed");
    state.SetItemsProcessed(state.iterations());
}

void random_table(benchmark::State& state) {
    std::vector<std::uint32_t> table(ports);
    Random random(1);
    for (auto _ : state) benchmark::DoNotOptimize(++table[random.below(ports)]);
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(random_table);

[[maybe_unused]] const bool registered = [] {
    for (const Algorithm algorithm : all_algorithms)
        for (const std::uint32_t percent : {50U, 99U}) {
            const std::string name = "search/" + std::string(name_of(algorithm)) + "/" + std::to_string(percent);
            benchmark::RegisterBenchmark(name.c_str(), search, algorithm, percent);
        }
    return true;
}();

}  // namespace
}  // namespace portdrought::model
