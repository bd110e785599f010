#include "os/system_error.hpp"

#include <gtest/gtest.h>

#include <cerrno>

namespace portdrought::os {
namespace {

TEST(SystemError, ReadsAttemptThenReason) {
    const SystemError error("bring lo up", EPERM);
    EXPECT_STREQ(error.what(), "bring lo up: EPERM (Operation not permitted)");
    EXPECT_EQ(error.error(), EPERM);
}

TEST(SystemError, NamesErrorsTheLibraryDoesNotKnow) {
    EXPECT_EQ(errno_name(EADDRNOTAVAIL), "EADDRNOTAVAIL");
    EXPECT_EQ(errno_name(5000), "errno 5000");
}

TEST(SystemError, IsThrownForNegativeResultsOnly) {
    EXPECT_EQ(check("count", 3), 3);
    errno = EMFILE;
    try {
        check("open a door", -1);
        FAIL() << "nothing was thrown";
    } catch (const SystemError& error) {
        EXPECT_EQ(error.error(), EMFILE);
    }
}

}  // namespace
}  // namespace portdrought::os
