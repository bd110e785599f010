#include "os/net/netlink.hpp"

#include <gtest/gtest.h>
#include <linux/sock_diag.h>

#include <array>
#include <cerrno>
#include <span>

#include "os/net/destroy_batch.hpp"
#include "os/system_error.hpp"

namespace portdrought::os {
namespace {

void request_dump(SockDiagSocket& socket) {
    const SockDiagRequest request = sock_diag_request(SOCK_DIAG_BY_FAMILY, NLM_F_DUMP);
    socket.send(std::as_bytes(std::span(&request, 1)));
}

TEST(SockDiagSocket, HasNothingToReadBeforeARequest) {
    SockDiagSocket socket;
    std::array<std::byte, 64> buffer{};
    EXPECT_EQ(socket.receive_queued(buffer), std::nullopt);
    request_dump(socket);
    std::array<std::byte, 65536> room{};
    EXPECT_GT(socket.receive(room), 0U);
}

TEST(SockDiagSocket, RejectsADatagramThatDoesNotFit) {
    SockDiagSocket socket;
    request_dump(socket);
    std::array<std::byte, 16> small{};  // the shortest answer has 20 bytes
    try {
        socket.receive(small);
        FAIL() << "nothing was thrown";
    } catch (const SystemError& failure) {
        EXPECT_EQ(failure.error(), EMSGSIZE);
    }
}

}  // namespace
}  // namespace portdrought::os
