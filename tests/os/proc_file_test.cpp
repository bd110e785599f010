#include "os/proc_file.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <string>

#include "os/machine.hpp"
#include "os/process/limits.hpp"
#include "os/process/namespaces.hpp"
#include "os/system_error.hpp"

namespace portdrought::os {
namespace {

class ProcFileTest : public ::testing::Test {
protected:
    ProcFileTest() {
        const int fd = ::mkstemp(path_.data());
        EXPECT_GE(fd, 0);
        ::close(fd);
    }
    ~ProcFileTest() override { ::unlink(path_.c_str()); }

    std::string path_ = ::testing::TempDir() + "proc_file_XXXXXX";
};

TEST_F(ProcFileTest, ShowsTheContentOfEachMoment) {
    ProcFile file(path_);
    EXPECT_EQ(file.read(), "");
    write_file(path_, "one\n");
    EXPECT_EQ(file.read(), "one\n");
    write_file(path_, "two\n");
    EXPECT_EQ(file.read(), "two\n");
}

TEST_F(ProcFileTest, ReadsFilesLargerThanItsFirstBuffer) {
    const std::string large(100'000, 'x');
    write_file(path_, large);
    EXPECT_TRUE(read_file(path_) == large);
}

TEST(ProcFile, TellsAMissingFileFromAnUnreadableOne) {
    EXPECT_EQ(read_file_if_present("/proc/no-such-file"), std::nullopt);
    EXPECT_THROW(read_file_if_present("/proc/self"), SystemError);  // a directory
}

TEST(ProcFile, NamesThePathInItsErrors) {
    try {
        write_file("/proc/no-such-file", "1");
        FAIL() << "nothing was thrown";
    } catch (const SystemError& failure) {
        EXPECT_EQ(failure.error(), ENOENT);
        EXPECT_NE(std::string(failure.what()).find("/proc/no-such-file"), std::string::npos);
    }
}

TEST(ProcessFacts, SaysHowManyThreadsThereAre) { EXPECT_EQ(thread_count(), 1U); }

TEST(ProcessFacts, RaisesTheDescriptorLimitToTheHardOne) {
    EXPECT_EQ(raise_descriptor_limit(), descriptor_limit().hard);
    EXPECT_EQ(descriptor_limit().soft, descriptor_limit().hard);
}

TEST(ProcessFacts, KnowsTheMachine) {
    EXPECT_FALSE(kernel_release().empty());
    EXPECT_FALSE(machine_name().empty());
    EXPECT_GE(usable_cpus(), 1U);
}

}  // namespace
}  // namespace portdrought::os
