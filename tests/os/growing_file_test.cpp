#include "os/growing_file.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "os/atomic_file.hpp"
#include "os/process/child_process.hpp"
#include "os/process/stop_signal.hpp"
#include "os/system_error.hpp"

namespace portdrought::os {
namespace {

std::string temporary_path() {
    return (std::filesystem::temp_directory_path() / ("portdrought-growing-" + std::to_string(::getpid()))).string();
}

/// Of this process and all its files: a full disk, but for the signal.
void limit_files(rlim_t bytes) {
    const rlimit limit{bytes, RLIM_INFINITY};
    check("setrlimit", ::setrlimit(RLIMIT_FSIZE, &limit));
}

int errno_of_append(GrowingFile& file, std::string_view text) {
    try {
        file.append(text);
        return 0;
    } catch (const SystemError& error) {
        return error.error();
    }
}

TEST(GrowingFile, EndsTheSameWayAfterEveryAppend) {
    const std::string path = temporary_path();
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

TEST(GrowingFile, IsAsBeforeWhereThereIsNoRoomForMore) {
    const std::string path = temporary_path();
    ChildProcess child([&] {
        const StopSignal signals;
        GrowingFile file(path, "[", "]\n");
        file.append("1");
        limit_files(6);  // "[1]\n" and two more: the ending is overwritten before there is no more room
        const int error = errno_of_append(file, ", 22");
        const std::string left = read_whole_file(path);
        limit_files(RLIM_INFINITY);
        file.append(", 3");
        if (error != EFBIG) return 1;
        if (left != "[1]\n") return 2;
        return read_whole_file(path) == "[1, 3]\n" ? 0 : 3;
    });
    EXPECT_EQ(child.wait().code, 0);
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
