#include "os/growing_file.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "os/atomic_file.hpp"
#include "os/system_error.hpp"

namespace portdrought::os {
namespace {

TEST(GrowingFile, EndsTheSameWayAfterEveryAppend) {
    const std::string path =
        (std::filesystem::temp_directory_path() / ("portdrought-growing-" + std::to_string(::getpid()))).string();
    write_file_atomically(path, "something longer that was there before");
    GrowingFile file(path, "[", "]\n");
    EXPECT_EQ(read_whole_file(path), "[]\n");
    file.append("1");
    EXPECT_EQ(read_whole_file(path), "[1]\n");
    file.append("");
    file.append(", 22");
    EXPECT_EQ(read_whole_file(path), "[1, 22]\n");
    std::filesystem::remove(path);
}

TEST(GrowingFile, NamesAFileThatCannotBeMade) {
    try {
        const GrowingFile file("/proc/nowhere/file", "[", "]");
        FAIL();
    } catch (const SystemError& error) {
        EXPECT_NE(std::string{error.what()}.find("/proc/nowhere/file"), std::string::npos);
    }
}

}  // namespace
}  // namespace portdrought::os
