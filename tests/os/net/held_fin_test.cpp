#include "os/net/held_fin.hpp"

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <cerrno>

#include "lab/in_lab.hpp"
#include "os/net/loopback_pair.hpp"
#include "probe/host_sampler.hpp"

namespace portdrought::os {
namespace {

bool has_end(const FileDescriptor& socket) {
    char byte = 0;
    return ::recv(socket.get(), &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
}

int state_of(const FileDescriptor& socket) {
    tcp_info info{};
    socklen_t length = sizeof info;
    ::getsockopt(socket.get(), IPPROTO_TCP, TCP_INFO, &info, &length);
    return info.tcpi_state;
}

TEST(HeldFin, WaitsUntilTheOtherSideCloses) {
    PORTDROUGHT_IN_LAB(lab::small_plan(), [](const record::HostFacts&) {
        const FileDescriptor listener = listen_on_loopback();
        LoopbackPair pair = connect_to(listener);
        hold_back_fin(pair.server.get());
        ::shutdown(pair.server.get(), SHUT_WR);
        EXPECT_EQ(state_of(pair.server), TCP_FIN_WAIT1);
        EXPECT_FALSE(has_end(pair.client)) << "the FIN has not left";
        ::shutdown(pair.client.get(), SHUT_WR);
        EXPECT_TRUE(has_end(pair.client));
        EXPECT_TRUE(has_end(pair.server));
        EXPECT_EQ(probe::HostSampler().sockstat().time_wait, 2U) << "one for each side";
    });
}

TEST(HeldFin, IsNotHeldWithoutBeingAsked) {
    PORTDROUGHT_IN_LAB(lab::small_plan(), [](const record::HostFacts&) {
        const FileDescriptor listener = listen_on_loopback();
        LoopbackPair pair = connect_to(listener);
        ::shutdown(pair.server.get(), SHUT_WR);
        EXPECT_TRUE(has_end(pair.client));
        ::shutdown(pair.client.get(), SHUT_WR);
        EXPECT_EQ(probe::HostSampler().sockstat().time_wait, 1U);
    });
}

TEST(HeldFin, LeavesReuseAddressAsItWas) {
    PORTDROUGHT_IN_LAB(lab::small_plan(), [](const record::HostFacts&) {
        const FileDescriptor listener = listen_on_loopback();
        for (const int wanted : {0, 1}) {
            LoopbackPair pair = connect_to(listener);
            ::setsockopt(pair.client.get(), SOL_SOCKET, SO_REUSEADDR, &wanted, sizeof wanted);
            hold_back_fin(pair.client.get());
            int found = -1;
            socklen_t length = sizeof found;
            ::getsockopt(pair.client.get(), SOL_SOCKET, SO_REUSEADDR, &found, &length);
            EXPECT_EQ(found, wanted);
        }
    });
}

TEST(HeldFin, KnowsWhatHasNotBeenSentYet) {
    PORTDROUGHT_IN_LAB(lab::small_plan(), [](const record::HostFacts&) {
        const FileDescriptor listener = listen_on_loopback();
        LoopbackPair pair = connect_to(listener);
        EXPECT_TRUE(has_sent_all(pair.client.get()));
        const std::string much(1 << 20, 'x');
        while (::send(pair.client.get(), much.data(), much.size(), MSG_DONTWAIT | MSG_NOSIGNAL) > 0) continue;
        EXPECT_EQ(errno, EAGAIN);
        EXPECT_FALSE(has_sent_all(pair.client.get())) << "nobody reads";
    });
}

}  // namespace
}  // namespace portdrought::os
