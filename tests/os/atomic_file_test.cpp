#include "os/atomic_file.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <string>

#include "os/file_descriptor.hpp"

namespace portdrought::os {
namespace {

class WriteInto : public testing::Test {
protected:
    WriteInto() { std::filesystem::create_directory(folder_); }
    ~WriteInto() override { std::filesystem::remove_all(folder_); }
    std::string path(const char* name) const { return (folder_ / name).string(); }

    std::filesystem::path folder_ =
        std::filesystem::temp_directory_path() / ("portdrought-write-into-" + std::to_string(::getpid()));
};

TEST_F(WriteInto, AnOrdinaryFileIsReplaced) {
    write_into(path("a"), "old and longer");
    write_into(path("a"), "new");
    EXPECT_EQ(read_whole_file(path("a")), "new");
    EXPECT_FALSE(is_special_file(path("a")));
    EXPECT_FALSE(is_special_file(path("not there")));
}

TEST_F(WriteInto, ALinkStaysALink) {
    write_into(path("a"), "old");
    std::filesystem::create_symlink(path("a"), path("link"));
    write_into(path("link"), "new");
    EXPECT_TRUE(std::filesystem::is_symlink(path("link")));
    EXPECT_EQ(read_whole_file(path("a")), "new");
}

TEST_F(WriteInto, APipeStaysAPipeAndIsWrittenTo) {
    ASSERT_EQ(::mkfifo(path("pipe").c_str(), 0600), 0);
    EXPECT_TRUE(is_special_file(path("pipe")));
    const FileDescriptor reader(::open(path("pipe").c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
    write_into(path("pipe"), "text");
    EXPECT_TRUE(std::filesystem::is_fifo(path("pipe")));
    char text[8] = {};
    EXPECT_EQ(::read(reader.get(), text, sizeof text), 4);
    EXPECT_STREQ(text, "text");
}

}  // namespace
}  // namespace portdrought::os
