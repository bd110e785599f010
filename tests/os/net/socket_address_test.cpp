#include "os/net/socket_address.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>

#include <array>
#include <cstring>
#include <string>

namespace portdrought::os {
namespace {

Endpoint at(const char* address, std::uint16_t port) { return {*core::address_from(address), port}; }

TEST(SocketAddress, IsWhatTheSocketCallsExpect) {
    const SocketAddress four(at("127.0.0.2", 7000));
    EXPECT_EQ(four.size(), sizeof(sockaddr_in));
    sockaddr_in ipv4{};
    std::memcpy(&ipv4, four.get(), sizeof ipv4);
    EXPECT_EQ(ipv4.sin_family, AF_INET);
    EXPECT_EQ(ntohs(ipv4.sin_port), 7000);
    EXPECT_EQ(ntohl(ipv4.sin_addr.s_addr), 0x7f000002U);

    const SocketAddress six(at("fd00::1", 7000));
    EXPECT_EQ(six.size(), sizeof(sockaddr_in6));
    sockaddr_in6 ipv6{};
    std::memcpy(&ipv6, six.get(), sizeof ipv6);
    EXPECT_EQ(ipv6.sin6_family, AF_INET6);
    EXPECT_EQ(ntohs(ipv6.sin6_port), 7000);
    EXPECT_EQ(ipv6.sin6_scope_id, 0U);
    std::array<char, INET6_ADDRSTRLEN> text{};
    EXPECT_STREQ(::inet_ntop(AF_INET6, &ipv6.sin6_addr, text.data(), text.size()), "fd00::1");
}

TEST(SocketAddress, GivesBackItsEndpoint) {
    for (const char* address : {"127.0.0.1", "::1", "fd00::1", "fd00::ffff:1:2:3"})
        EXPECT_EQ(SocketAddress(at(address, 65535)).endpoint(), at(address, 65535));
    EXPECT_EQ(SocketAddress().endpoint(), Endpoint{});
}

// The C library reads and writes addresses too: the two must agree on every text both can read.
TEST(SocketAddress, AgreesWithTheSystemOnTexts) {
    for (const std::string text : {"::", "::1", "fd00::1", "1::2:0:0:3", "fd00::", "1:0:0:2:0:0:0:3", "FD00::00ab",
                                   "fd00::127.0.0.1", "1:2", ":::", "1::2::3", "g::", "fd00:", "12345::", ":1::"}) {
        in6_addr theirs{};
        const bool readable = ::inet_pton(AF_INET6, text.c_str(), &theirs) == 1;
        const auto ours = core::address_from(text);
        ASSERT_EQ(ours.has_value(), readable) << text;
        if (!ours) continue;
        const auto bytes = ours->bytes();
        EXPECT_EQ(std::memcmp(bytes.data(), &theirs, sizeof theirs), 0) << text;
        std::array<char, INET6_ADDRSTRLEN> written{};
        ::inet_ntop(AF_INET6, &theirs, written.data(), written.size());
        EXPECT_EQ(to_string(*ours), written.data());
    }
}

}  // namespace
}  // namespace portdrought::os
