// The kernel of this machine and the model's linux-6.18, held to the same statistics: real connections over lo, the
// order of their ports, nothing else. Other runs on the machine share the kernel's counters but not this destination.
#include <gtest/gtest.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstdio>
#include <optional>
#include <thread>
#include <vector>

#include "lab/in_lab.hpp"
#include "model/chi_square.hpp"
#include "model/search/searching.hpp"
#include "os/clock.hpp"
#include "os/machine.hpp"
#include "os/net/loopback_pair.hpp"

namespace portdrought::model {
namespace {

using namespace std::chrono_literals;

bool kernel_is_at_least(int major, int minor) {
    int a = 0, b = 0;
    return std::sscanf(os::kernel_release().c_str(), "%d.%d", &a, &b) == 2 && (a > major || (a == major && b >= minor));
}

lab::LabPlan plan_of(core::PortRange ports) {
    lab::LabPlan plan;
    plan.ports = ports;
    plan.descriptors = 4096;
    plan.established_hash = 65'536;
    return plan;
}

/// What a held connection leaves when it is given up: nothing, or a pair in TIME_WAIT on the client's side.
enum class End : std::uint8_t { reset, time_wait };

/// The kernel as a host that takes ports, with the calls of the model's Searching.
class KernelHost {
public:
    explicit KernelHost(core::PortRange range, std::uint16_t destinations = 1) : range_(range) {
        for (std::uint16_t i = 0; i < destinations; ++i) {
            const os::SocketAddress address({loopback, static_cast<std::uint16_t>(first_destination + i)});
            const os::FileDescriptor& fd = listeners_.emplace_back(new_socket());
            os::check("bind the listener", ::bind(fd.get(), address.get(), address.size()));
            os::check("listen", ::listen(fd.get(), 128));
        }
    }

    /// Keeps the connection open.
    std::optional<std::uint32_t> take(std::size_t destination = 0) {
        os::FileDescriptor client = new_socket();
        if (window_) os::check("set the window", -os::set_port_window(client.get(), range_.first, range_.last));
        const os::SocketAddress address = os::SocketAddress(os::local_endpoint(listeners_[destination].get()));
        if (::connect(client.get(), address.get(), address.size()) != 0) {
            EXPECT_EQ(errno, EADDRNOTAVAIL);
            return std::nullopt;
        }
        const std::uint16_t port = os::local_endpoint(client.get()).port;
        EXPECT_TRUE(range_.contains(port));
        held_.push_back({std::move(client), os::FileDescriptor(os::check(
                                                "accept", ::accept(listeners_[destination].get(), nullptr, nullptr)))});
        return port - range_.first;
    }

    std::optional<std::uint32_t> look(std::size_t destination = 0) {
        const auto offset = take(destination);
        give_all_back(End::reset);
        return offset;
    }

    void give_all_back(End end) {
        for (Connection& connection : held_) {
            const linger rst{1, 0};
            if (end == End::reset) ::setsockopt(connection.client.get(), SOL_SOCKET, SO_LINGER, &rst, sizeof rst);
            connection.client.reset();
        }
        held_.clear();
    }

    void use_window() { window_ = true; }

private:
    static constexpr std::uint32_t loopback = 0x7f000001;
    static constexpr std::uint16_t first_destination = 17'771;  // below every range here, used by nobody else

    struct Connection {
        os::FileDescriptor client, server;
    };

    static os::FileDescriptor new_socket() {
        return os::FileDescriptor(os::check("open a socket", ::socket(AF_INET, SOCK_STREAM, 0)));
    }

    core::PortRange range_;
    bool window_ = false;
    std::vector<os::FileDescriptor> listeners_;
    std::vector<Connection> held_;
};

Searching model_of(core::PortRange range, bool window = false) {
    SearchSetup setup;
    setup.algorithm = Algorithm::linux_6_18;
    setup.ports = range.size();
    setup.window = window;
    return Searching(setup);
}

/// Steps of 1 to 10 units; longer ones, and those that are no multiple, come last. A re-salting is one of them.
class StepCount {
public:
    StepCount(std::uint32_t ports, std::uint32_t unit) : counts_(11), ports_(ports), unit_(unit) {}

    void begin(std::uint32_t offset) { last_ = offset; }
    void add(std::uint32_t offset) {
        const std::uint32_t step = ring_step(last_, offset, ports_);
        const bool is_short = step % unit_ == 0 && 0 < step && step / unit_ <= 10;
        ++counts_[is_short ? step / unit_ - 1 : 10];
        last_ = offset;
    }

    const Frequencies& counts() const { return counts_; }

private:
    Frequencies counts_;
    std::uint32_t ports_, unit_;
    std::uint32_t last_ = 0;
};

constexpr std::uint32_t idle_connections = 4000;

template <typename Host>
Frequencies idle_steps(Host&& host, std::uint32_t ports, std::uint32_t unit) {
    StepCount steps(ports, unit);
    steps.begin(host.look().value());
    for (std::uint32_t i = 0; i < idle_connections; ++i) steps.add(host.look().value());
    return steps.counts();
}

void expect_even_steps_of_one_to_eight(const Frequencies& counts) {
    EXPECT_LT(chi_square_of_even({counts.begin(), counts.begin() + 8}), chi_square_limit(8));
    // Only a re-salting; thousands of connections take less than the 10 s to the next.
    EXPECT_LE(counts[8] + counts[9] + counts[10], 2);
}

TEST(KernelSearch, WalksAnIdleRangeInTheModelsSteps) {
    const core::PortRange range{20'000, 20'999};
    PORTDROUGHT_IN_LAB(plan_of(range), [range](const record::HostFacts&) {
        const Frequencies kernel = idle_steps(KernelHost(range), range.size(), 2);
        const Frequencies model = idle_steps(model_of(range), range.size(), 2);
        expect_even_steps_of_one_to_eight(kernel);
        expect_even_steps_of_one_to_eight(model);
        EXPECT_LT(chi_square_of_two(kernel, model), chi_square_limit(9));
    });
}

TEST(KernelSearch, WalksAWindowInTheModelsSteps) {
    if (!kernel_is_at_least(6, 8)) GTEST_SKIP() << "before 6.8 a window was searched by parity";
    const core::PortRange range{20'000, 20'999};
    lab::LabPlan plan = plan_of({20'000, 21'999});
    plan.needs_port_window = true;
    PORTDROUGHT_IN_LAB(plan, [range](const record::HostFacts&) {
        KernelHost host(range);
        host.use_window();
        const Frequencies kernel = idle_steps(host, range.size(), 1);
        const Frequencies model = idle_steps(model_of(range, true), range.size(), 1);
        expect_even_steps_of_one_to_eight(kernel);
        EXPECT_LT(chi_square_of_two(kernel, model), chi_square_limit(9));
    });
}

// Up to half of the range, where the search meets ever more ports that are taken.
template <typename Host, typename GiveBack>
Frequencies filling_steps(Host&& host, std::uint32_t ports, GiveBack&& give_back) {
    StepCount steps(ports, 2);
    for (int round = 0; round < 12; ++round) {
        std::vector<std::uint32_t> taken{host.take().value()};
        steps.begin(taken.front());
        while (taken.size() < ports / 2) {
            taken.push_back(host.take().value());
            steps.add(taken.back());
        }
        give_back(host, taken);
    }
    return steps.counts();
}

TEST(KernelSearch, FillsHalfTheRangeInTheModelsSteps) {
    const core::PortRange range{20'000, 20'999};
    PORTDROUGHT_IN_LAB(plan_of(range), [range](const record::HostFacts&) {
        const Frequencies kernel =
            filling_steps(KernelHost(range), range.size(),
                          [](KernelHost& host, const std::vector<std::uint32_t>&) { host.give_all_back(End::reset); });
        const Frequencies model =
            filling_steps(model_of(range), range.size(), [](Searching& host, const std::vector<std::uint32_t>& taken) {
                for (const std::uint32_t offset : taken) host.give_back(offset);
            });
        EXPECT_GT(kernel[10], 50) << "no long steps: the range was not filled";
        EXPECT_LT(chi_square_of_two(kernel, model), chi_square_limit(11));
    });
}

template <typename Host, typename Taken>
void expect_switch_at_half(Host&& host, std::uint32_t ports, Taken&& taken) {
    for (std::uint32_t i = 0; i < ports; ++i) {
        const auto offset = host.take();
        ASSERT_TRUE(offset) << i;
        ASSERT_EQ(*offset % 2, i < ports / 2 ? 0U : 1U) << i << " of " << ports;
        taken();
    }
    EXPECT_EQ(host.take(), std::nullopt);
}

TEST(KernelSearch, SwitchesParityExactlyAtHalfOfOpenConnections) {
    const core::PortRange range{20'000, 20'999};
    PORTDROUGHT_IN_LAB(plan_of(range), [range](const record::HostFacts&) {
        expect_switch_at_half(KernelHost(range), range.size(), [] {});
        expect_switch_at_half(model_of(range), range.size(), [] {});
    });
}

TEST(KernelSearch, SwitchesParityExactlyAtHalfOfPairsInTimeWait) {
    const core::PortRange range{20'000, 28'191};
    PORTDROUGHT_IN_LAB(plan_of(range), [range](const record::HostFacts&) {
        KernelHost host(range);
        expect_switch_at_half(host, range.size(), [&host] { host.give_all_back(End::time_wait); });
        expect_switch_at_half(model_of(range), range.size(), [] {});
    });
}

TEST(KernelSearch, PassesOverReservedPorts) {
    lab::LabPlan plan = plan_of({20'000, 20'099});
    for (std::uint16_t port = 20'000; port < 20'100; port += 4) plan.reserved_ports.push_back({port, port});
    PORTDROUGHT_IN_LAB(plan, [](const record::HostFacts&) {
        KernelHost host({20'000, 20'099});
        for (int i = 0; i < 75; ++i) {
            const std::uint32_t offset = host.take().value();
            EXPECT_EQ(offset % 2, i < 25 ? 0U : 1U);
            EXPECT_NE(offset % 4, 0U);
        }
        EXPECT_EQ(host.take(), std::nullopt);
    });
}

/// How often a range of nine ports is refused with all nine taken, and how often with one still free.
template <typename Fill>
Frequencies refusals_of_an_odd_range(Fill&& fill) {
    Frequencies taken(2);
    for (std::uint64_t round = 0; round < 400; ++round) ++taken.at(fill(round) - 8U);
    return taken;
}

template <typename Host>
std::uint32_t taken_before_refusal(Host& host) {
    std::uint32_t taken = 0;
    while (host.take()) ++taken;
    return taken;
}

TEST(KernelSearch, MissesAPortOfAnOddRangeAsOftenAsTheModel) {
    const core::PortRange range{20'000, 20'008};
    PORTDROUGHT_IN_LAB(plan_of(range), [range](const record::HostFacts&) {
        KernelHost host(range);
        const Frequencies kernel = refusals_of_an_odd_range([&host](std::uint64_t) {
            const std::uint32_t taken = taken_before_refusal(host);
            host.give_all_back(End::reset);
            return taken;
        });
        const Frequencies model = refusals_of_an_odd_range([range](std::uint64_t round) {
            SearchSetup setup;
            setup.ports = range.size();
            setup.seed = round;
            Searching fresh(setup);
            return taken_before_refusal(fresh);
        });
        EXPECT_GT(kernel[0], 0) << "the kernel found all nine every time";
        EXPECT_LT(chi_square_of_two(kernel, model), chi_square_limit(2));
    });
}

TEST(KernelSearch, KeepsACounterForEachDestination) {
    const core::PortRange range{20'000, 20'999};
    PORTDROUGHT_IN_LAB(plan_of(range), [range](const record::HostFacts&) {
        KernelHost host(range, 2);
        StepCount first(range.size(), 2), second(range.size(), 2);
        first.begin(host.look(0).value());
        second.begin(host.look(1).value());
        for (int i = 0; i < 1000; ++i) {
            first.add(host.look(0).value());
            second.add(host.look(1).value());
        }
        expect_even_steps_of_one_to_eight(first.counts());
        expect_even_steps_of_one_to_eight(second.counts());
    });
}

bool is_walked(std::uint32_t step) { return step % 2 == 0 && 2 <= step && step <= 16; }

/// Somewhere between these two the kernel began anew: known however long a loaded machine keeps us waiting.
struct Jump {
    core::Instant after, before;
};

std::vector<Jump> first_two_jumps(KernelHost& host, std::uint32_t ports) {
    std::vector<Jump> jumps;
    const core::Instant start = os::monotonic_now();
    core::Instant before_last = start;
    std::uint32_t last = host.look().value();
    while (jumps.size() < 2 && before_last < start + 25s) {
        std::this_thread::sleep_for(5ms);
        const core::Instant before_this = os::monotonic_now();
        const std::uint32_t offset = host.look().value();
        if (!is_walked(ring_step(last, offset, ports))) jumps.push_back({before_last, os::monotonic_now()});
        last = offset;
        before_last = before_this;
    }
    return jumps;
}

TEST(KernelSearch, JumpsEveryTenSecondsAndNeverBetween) {
    const core::PortRange range{32'768, 60'999};
    PORTDROUGHT_IN_LAB(plan_of(range), [range](const record::HostFacts&) {
        KernelHost host(range);
        const std::vector<Jump> jumps = first_two_jumps(host, range.size());
        ASSERT_EQ(jumps.size(), 2U);
        // The kernel counts ticks, which may be delivered late and are not slewed as the clock is.
        constexpr auto of_ticks = 50ms;
        EXPECT_LE(jumps[1].after - jumps[0].before, 10s + of_ticks);
        EXPECT_GE(jumps[1].before - jumps[0].after, 10s - of_ticks);
    });
}

}  // namespace
}  // namespace portdrought::model
