// Owner of one file descriptor; closes it when destroyed.
#pragma once

#include <string_view>
#include <utility>

namespace portdrought::os {

class FileDescriptor {
public:
    FileDescriptor() = default;
    explicit FileDescriptor(int fd) : fd_(fd) {}
    FileDescriptor(FileDescriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    FileDescriptor& operator=(FileDescriptor&& other) noexcept;
    FileDescriptor(const FileDescriptor&) = delete;
    FileDescriptor& operator=(const FileDescriptor&) = delete;
    ~FileDescriptor() { reset(); }

    int get() const { return fd_; }
    bool is_open() const { return fd_ >= 0; }
    void reset();
    int release() { return std::exchange(fd_, -1); }

private:
    int fd_ = -1;
};

}  // namespace portdrought::os
