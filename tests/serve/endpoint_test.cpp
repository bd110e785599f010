#include "serve/endpoint.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace portdrought::serve {
namespace {

using testing::HasSubstr;

TEST(Endpoint, IsThisMachinesLoopback) {
    EXPECT_EQ(read_endpoint("127.0.0.1:8080").endpoint, (Endpoint{"127.0.0.1", 8080}));
    EXPECT_EQ(read_endpoint("localhost:0").endpoint, (Endpoint{"127.0.0.1", 0}));
    EXPECT_EQ(read_endpoint("[::1]:65535").endpoint, (Endpoint{"::1", 65535}));
    EXPECT_EQ((Endpoint{"::1", 80}).url(), "http://[::1]:80/");
}

TEST(Endpoint, IsNoOtherAddress) {
    for (const char* other : {"0.0.0.0:80", "[::]:80", "192.168.0.1:80", "127.0.0.1.example:80", "example.com:80",
                              "127.0.0.2:80", "localhost.:80"})
        EXPECT_THAT(read_endpoint(other).problem, HasSubstr("is not this machine's loopback")) << other;
}

TEST(Endpoint, SaysWhatToWriteInstead) {
    for (const char* wrong : {"", "8080", ":8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:70000",
                              "127.0.0.1:80 ", "127.0.0.1:-1", "::1:80"}) {
        EXPECT_FALSE(read_endpoint(wrong).endpoint) << wrong;
        EXPECT_THAT(read_endpoint(wrong).problem, HasSubstr("write for example 127.0.0.1:8080")) << wrong;
    }
}

}  // namespace
}  // namespace portdrought::serve
