// Pairs are opened one after the other or all at once, and a failure of this process is not taken for a refusal.
#include "hazard/trial_pair.hpp"

#include <gtest/gtest.h>

#include <cerrno>

#include "lab/in_lab.hpp"
#include "os/net/socket_address.hpp"
#include "os/process/limits.hpp"

namespace portdrought::hazard {
namespace {

os::Endpoint peer_of(const os::FileDescriptor& fd) {
    os::SocketAddress address;
    os::check("see the peer", ::getpeername(fd.get(), address.get(), address.size_place()));
    return address.endpoint();
}

/// Leaves room for `more` descriptors.
void limit_to(std::uint64_t more) {
    const os::FileDescriptor next(os::check("open a socket", ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)));
    os::limit_descriptors(static_cast<std::uint64_t>(next.get()) + more);
}

TEST(TrialPairs, KeepTheConnectionsOfOthersForThem) {
    PORTDROUGHT_IN_LAB(lab::small_plan(), [](const record::HostFacts&) {
        scenario::Scenario scenario;
        scenario.host.ports = {20000, 20002};
        TrialPairs pairs(scenario, 8);
        for (std::size_t i = 0; i < 8; ++i) {
            const Ends ends = pairs.open_first(i);
            EXPECT_EQ(peer_of(ends.server), pairs.tuple(i).local);
            const linger reset{1, 0};  // so that the pair is free at once
            os::check("set SO_LINGER", ::setsockopt(ends.client.get(), SOL_SOCKET, SO_LINGER, &reset, sizeof reset));
        }
        for (std::size_t i = 0; i < 8; ++i) {
            limit_to(1);  // the client's: its connection waits to be accepted
            EXPECT_THROW(pairs.open(i), os::SystemError);
            os::raise_descriptor_limit();
        }
        for (std::size_t i = 8; i-- > 0;) {
            const auto ends = pairs.open(i);
            ASSERT_TRUE(ends) << "one of those accepted before it";
            EXPECT_EQ(peer_of(ends->server), pairs.tuple(i).local);
        }
    });
}

TEST(TrialPairs, FailWhereNoDescriptorIsLeft) {
    PORTDROUGHT_IN_LAB(lab::small_plan(), [](const record::HostFacts&) {
        const scenario::Scenario scenario;
        TrialPairs pairs(scenario, 1);
        limit_to(1);  // the client's
        try {
            pairs.open_first(0);
            FAIL() << "nothing was left to accept with";
        } catch (const os::SystemError& failure) {
            EXPECT_EQ(failure.error(), EMFILE);
        }
    });
}

}  // namespace
}  // namespace portdrought::hazard
