#include "probe/sockstat.hpp"

#include <gtest/gtest.h>

namespace portdrought::probe {
namespace {

TEST(Sockstat, ReadsTheTcpLine) {
    const Sockstat found = parse_sockstat(
        "sockets: used 178\nTCP: inuse 5 orphan 1 tw 1000 alloc 7 mem 3\nUDP: inuse 4 mem 0\nRAW: inuse 9\n");
    EXPECT_EQ(found, (Sockstat{5, 1, 7, 1000}));
}

TEST(Sockstat, LeavesAbsentWhatIsNotShown) {
    EXPECT_EQ(parse_sockstat("TCP: inuse 5 tw many\n"), (Sockstat{5, {}, {}, {}}));
    EXPECT_EQ(parse_sockstat("TCP: tw"), Sockstat{});
    EXPECT_EQ(parse_sockstat("TCP6: tw 4\n"), Sockstat{});
    EXPECT_EQ(parse_sockstat(""), Sockstat{});
}

TEST(Sockstat, SkipsNamesItDoesNotKnow) { EXPECT_EQ(parse_sockstat("TCP: fresh 3 tw 12 later 4").time_wait, 12U); }

}  // namespace
}  // namespace portdrought::probe
