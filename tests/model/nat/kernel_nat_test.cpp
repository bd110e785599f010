// The source NAT of this machine's kernel beside the model's: real connections over lo whose source address nftables
// rewrites on the way. All hosts are addresses of 127/8, and so is the public one.
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cmath>
#include <cstdio>
#include <vector>

#include "lab/in_lab.hpp"
#include "model/nat/made_nats.hpp"
#include "os/file_descriptor.hpp"
#include "os/machine.hpp"
#include "os/net/socket_address.hpp"

namespace portdrought::model {
namespace {

constexpr std::uint16_t server_port = 7000;
constexpr std::uint32_t first_host = 0x7f010001, first_destination = 0x7f020001;  // 127.1.0.1, 127.2.0.1

lab::LabPlan plan() {
    lab::LabPlan plan;
    plan.ports = {20'000, 20'999};
    plan.descriptors = 12'000;
    return plan;
}

bool kernel_evicts() {
    int major = 0, minor = 0;
    return std::sscanf(os::kernel_release().c_str(), "%d.%d", &major, &minor) == 2 &&
           (major > 6 || (major == 6 && minor >= 7));
}

/// The kernel as a NAT, with the calls of the model's.
class KernelNat {
public:
    /// `range` as nftables writes it: "" or ":30000-30009". Ends the process where nftables is missing.
    explicit KernelNat(const std::string& range) : listener_(new_socket()) {
        const std::string rules =
            "table ip lab {\nchain translate {\ntype nat hook postrouting priority 100\n"
            "ip saddr 127.1.0.0/16 tcp dport 7000 snat to 127.3.0.1" +
            range + "\n}\n}\n";
        std::FILE* nft = ::popen("PATH=$PATH:/usr/sbin nft -f -", "w");
        std::fputs(rules.c_str(), nft);
        if (::pclose(nft) != 0) {
            std::fputs("nft (package nftables) made no NAT here, see above\n", stderr);
            ::_exit(lab::cannot_host);
        }
        const os::SocketAddress everywhere({0U, server_port});
        os::check("bind the listener", ::bind(listener_.get(), everywhere.get(), everywhere.size()));
        os::check("listen", ::listen(listener_.get(), 128));
    }

    /// The public port of a new flow, which stays open; none: its SYN got no answer.
    std::optional<std::uint16_t> open(const NatFlow& flow) {
        os::FileDescriptor client = new_socket();
        const os::SocketAddress from({first_host + flow.host, flow.source_port});
        const os::SocketAddress to({first_destination + flow.destination, server_port});
        os::check("bind", ::bind(client.get(), from.get(), from.size()));
        const int error = ::connect(client.get(), to.get(), to.size()) == 0 ? EINPROGRESS : errno;
        EXPECT_EQ(error, EINPROGRESS) << "a NAT says nothing";
        pollfd answer{client.get(), POLLOUT, 0};
        if (::poll(&answer, 1, 100) == 0) return std::nullopt;
        os::SocketAddress peer;
        os::FileDescriptor server(os::check("accept", ::accept(listener_.get(), peer.get(), peer.size_place())));
        held_.push_back({std::move(client), std::move(server)});
        return peer.endpoint().port;
    }

    /// The clients first.
    void close_all() {
        for (Connection& connection : held_) connection.client.reset();
        held_.clear();
    }

private:
    struct Connection {
        os::FileDescriptor client, server;
    };

    static os::FileDescriptor new_socket() {
        os::FileDescriptor fd(os::check("open a socket", ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0)));
        const int on = 1;
        os::check("set SO_REUSEADDR", ::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on));
        return fd;
    }

    os::FileDescriptor listener_;
    std::vector<Connection> held_;
};

/// The model's, with the calls of the kernel's.
class ModelNat {
public:
    ModelNat(core::PortRange ports, std::uint32_t destinations)
        : nat_(values(ports), 20, destinations, 1), first_(ports.first) {}

    std::optional<std::uint16_t> open(const NatFlow& flow) {
        const auto port = nat_.open(flow, start);
        if (!port) return std::nullopt;
        held_.push_back(*port);
        return static_cast<std::uint16_t>(first_ + port->slot);
    }

    void close_all() {
        for (const NatPort port : held_) nat_.close(port, FlowEnd::fin, start);
        held_.clear();
    }

private:
    static scenario::Nat values(core::PortRange ports) {
        scenario::Nat nat = preserving_nat(1);
        nat.ports = ports;
        nat.evicts = kernel_evicts();
        return nat;
    }

    Nat nat_;
    std::uint16_t first_;
    std::vector<NatPort> held_;
};

void expect_ports_kept(auto nat) {
    EXPECT_EQ(nat.open({0, 20'000, 0}), 20'000);
    EXPECT_EQ(nat.open({1, 20'001, 0}), 20'001);
    EXPECT_EQ(nat.open({1, 20'000, 1}), 20'000) << "another destination";
    const auto moved = nat.open({1, 20'000, 0});
    ASSERT_TRUE(moved);
    EXPECT_NE(*moved, 20'000);
    EXPECT_GE(*moved, 1024);
}

void expect_drops_beyond_ten(auto nat) {
    for (std::uint32_t host = 0; host < 10; ++host) EXPECT_TRUE(nat.open({host, 20'000, 0}));
    EXPECT_FALSE(nat.open({10, 20'000, 0}));
    EXPECT_FALSE(nat.open({11, 30'000, 0})) << "not even with a port of the range";
    EXPECT_TRUE(nat.open({10, 20'000, 1})) << "another destination";
}

TEST(KernelNat, PortsAreKeptAsInTheModel) {
    expect_ports_kept(ModelNat({1024, 65'535}, 2));
    PORTDROUGHT_IN_LAB(plan(), [](const record::HostFacts&) { expect_ports_kept(KernelNat("")); });
}

TEST(KernelNat, AFullNatDropsSynsAsInTheModel) {
    expect_drops_beyond_ten(ModelNat({30'000, 30'009}, 2));
    PORTDROUGHT_IN_LAB(plan(), [](const record::HostFacts&) { expect_drops_beyond_ten(KernelNat(":30000-30009")); });
}

struct Sample {
    double mean = 0, deviation = 0;
};

Sample sample_of(const std::vector<double>& values) {
    Sample sample;
    for (const double value : values) sample.mean += value / static_cast<double>(values.size());
    for (const double value : values) sample.deviation += (value - sample.mean) * (value - sample.mean);
    sample.deviation = std::sqrt(sample.deviation / static_cast<double>(values.size() - 1));
    return sample;
}

void expect_same_mean(const std::vector<double>& kernel, const std::vector<double>& model) {
    const Sample k = sample_of(kernel), m = sample_of(model);
    const double error =
        m.deviation * std::sqrt(1 / static_cast<double>(kernel.size()) + 1 / static_cast<double>(model.size()));
    std::printf("kernel %.2f, model %.2f +- %.2f\n", k.mean, m.mean, error);
    EXPECT_NEAR(k.mean, m.mean, 4 * error);
}

constexpr core::PortRange narrow{30'000, 30'299}, pair{30'000, 30'001};

/// Flows that got a port towards a destination before one did not, all of them open. Each destination has a host of its
/// own: what a source port was mapped to before is a hint to the kernel that the model does not play.
double filled(auto& nat, std::uint32_t destination) {
    double got = 0;
    for (std::uint16_t i = 0; nat.open({destination, static_cast<std::uint16_t>(20'000 + i), destination}); ++i) ++got;
    return got;
}

TEST(KernelNat, GivesUpBeforeAllPortsAreTakenAsTheModelDoes) {
    constexpr std::uint32_t destinations = 18, trials = 1000;
    std::vector<double> model;
    ModelNat nat(narrow, trials);
    for (std::uint32_t i = 0; i < trials; ++i) model.push_back(filled(nat, i));
    PORTDROUGHT_IN_LAB(plan(), [&](const record::HostFacts&) {
        std::vector<double> kernel;
        KernelNat real(":30000-30299");
        for (std::uint32_t i = 0; i < destinations; ++i) kernel.push_back(filled(real, i));
        expect_same_mean(kernel, model);
    });
}

/// Towards each destination both ports are taken by closed flows; of so many a third one gets a port all the same.
std::vector<double> evictions(auto& nat, std::uint32_t destinations) {
    for (std::uint32_t i = 0; i < destinations; ++i)
        for (const std::uint32_t host : {0U, 1U}) EXPECT_TRUE(nat.open({host, 20'000, i}));
    nat.close_all();
    std::vector<double> got;
    for (std::uint32_t i = 0; i < destinations; ++i) got.push_back(nat.open({2, 20'000, i}) ? 1 : 0);
    return got;
}

TEST(KernelNat, TakesPortsOfClosedFlowsAsOftenAsTheModelDoes) {
    constexpr std::uint32_t destinations = 150, trials = 1000;
    ModelNat nat(pair, trials);
    const auto model = evictions(nat, trials);
    PORTDROUGHT_IN_LAB(plan(), [&](const record::HostFacts&) {
        KernelNat real(":30000-30001");
        expect_same_mean(evictions(real, destinations), model);
    });
}

}  // namespace
}  // namespace portdrought::model
