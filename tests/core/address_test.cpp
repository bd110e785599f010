#include "core/address.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace portdrought::core {
namespace {

std::string read_and_written(const std::string& text) {
    const auto address = address_from(text);
    return address ? to_string(*address) : "refused";
}

TEST(Address, IsReadAndWrittenInEitherFamily) {
    EXPECT_EQ(address_from("127.0.0.1"), Address(0x7f000001));
    for (const char* text : {"0.0.0.0", "127.0.0.1", "255.255.255.255", "::", "::1", "fd00::1", "fd00::", "1::2:0:0:3",
                             "fd00::ffff:ffff:ffff:ffff", "2001:db8:1:2:3:4:5:6", "1:0:2:3:4:5:6:7"})
        EXPECT_EQ(read_and_written(text), text);
}

TEST(Address, IsWrittenInItsShortestForm) {
    EXPECT_EQ(read_and_written("FD00:0:0:0:0:0:0:1"), "fd00::1");
    EXPECT_EQ(read_and_written("fd00:0000::00ab"), "fd00::ab");
    EXPECT_EQ(read_and_written("1:0:0:2:0:0:0:3"), "1:0:0:2::3");
    EXPECT_EQ(read_and_written("1:0:0:2:3:0:0:4"), "1::2:3:0:0:4");
    EXPECT_EQ(read_and_written("fd00::127.0.0.1"), "fd00::7f00:1");
}

TEST(Address, IsNotReadFromWhatIsNone) {
    for (const char* text : {"",
                             "1",
                             "127.0.0",
                             "127.0.0.1.1",
                             "127.0.0.256",
                             "127.0.0.01",
                             "127..0.1",
                             "127.0.0.1.",
                             " 127.0.0.1",
                             "+1.0.0.0",
                             ":",
                             ":::",
                             "1:2",
                             "1:2:3:4:5:6:7",
                             "1:2:3:4:5:6:7:8:9",
                             "1::2::3",
                             "12345::",
                             "g::",
                             "fd00:",
                             ":1",
                             "::1%lo",
                             "1:2:3:4:5:6:7::8",
                             "fd00::1:",
                             "::127.0.0.1:1",
                             "[::1]",
                             "::-1",
                             "::+1",
                             "::0x1"})
        EXPECT_EQ(read_and_written(text), "refused") << text;
}

TEST(Address, KeepsIpv4AsItsMappedForm) {
    EXPECT_EQ(address_from("::ffff:127.0.0.1"), address_from("127.0.0.1"));
    EXPECT_TRUE(address_from("127.0.0.1")->is_ipv4());
    EXPECT_FALSE(address_from("::127.0.0.1")->is_ipv4());
    EXPECT_FALSE(address_from("fd00::ffff:7f00:1")->is_ipv4());
    EXPECT_FALSE(Address().is_ipv4());
}

TEST(Address, CountsInItsLastFourBytes) {
    EXPECT_EQ(to_string(Address(0x7f0000ff).plus(1)), "127.0.1.0");
    EXPECT_EQ(to_string(address_from("fd00::ffff")->plus(2)), "fd00::1:1");
    EXPECT_EQ(address_from("fd00::1:2")->last_four(), 0x10002U);
    EXPECT_TRUE(address_from("fd00::1")->is_near(*address_from("fd00::ffff:1")));
    EXPECT_FALSE(address_from("fd00::1")->is_near(*address_from("::1")));
    EXPECT_FALSE(address_from("fd00::1")->is_near(*address_from("fd00::1:0:1")));
}

TEST(Address, WithAPortIsWrittenInBracketsInIpv6) {
    EXPECT_EQ(endpoint_text(0x7f000001, 7000), "127.0.0.1:7000");
    EXPECT_EQ(endpoint_text(*address_from("fd00::1"), 7000), "[fd00::1]:7000");
}

TEST(Address, IsOrderedAsItIsCounted) {
    EXPECT_LT(*address_from("127.0.0.255"), *address_from("127.0.1.0"));
    EXPECT_LT(*address_from("::1"), *address_from("127.0.0.1"));
    EXPECT_LT(*address_from("127.0.0.1"), *address_from("fd00::1"));
}

}  // namespace
}  // namespace portdrought::core
