#include "probe/bound_sockets.hpp"

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "lab/in_lab.hpp"
#include "os/net/loopback_pair.hpp"

namespace portdrought::probe {
namespace {

os::FileDescriptor bind_to(std::uint16_t port) {
    os::FileDescriptor fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in any{};
    any.sin_family = AF_INET;
    any.sin_port = htons(port);
    EXPECT_EQ(::bind(fd.get(), reinterpret_cast<const sockaddr*>(&any), sizeof any), 0);
    return fd;
}

TEST(BoundSockets, AreCountedInTheRangeAndOnlyWhileTheyAreNotConnected) {
    PORTDROUGHT_IN_LAB(lab::small_plan(), [](const record::HostFacts&) {
        const core::PortRange range = lab::small_plan().ports;
        const auto before = count_bound_sockets(range, false);
        if (!before) return;  // a kernel before 6.8 cannot tell, and says so
        EXPECT_EQ(before, 0U);
        std::vector<os::FileDescriptor> bound;
        for (int i = 0; i < 3; ++i) bound.push_back(bind_to(0));
        bound.push_back(bind_to(5000));  // outside the range
        EXPECT_EQ(count_bound_sockets(range, false), 3U);
        const os::FileDescriptor listener = os::listen_on_loopback();
        const os::LoopbackPair pair = os::connect_to(listener);
        EXPECT_EQ(count_bound_sockets(range, false), 3U);
        bound.clear();
        EXPECT_EQ(count_bound_sockets(range, false), 0U);
    });
}

}  // namespace
}  // namespace portdrought::probe
