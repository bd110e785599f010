// Small kernel files (/proc, /sys): read or written whole, in one system call, because a second read may already show a
// different state.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "os/file_descriptor.hpp"

namespace portdrought::os {

/// Throws SystemError naming the path.
std::string read_file(const std::string& path);
/// nullopt when there is no such file (ENOENT).
std::optional<std::string> read_file_if_present(const std::string& path);
/// One write() of all of `value`; the kernel checks it at once (EINVAL for a value out of range).
void write_file(const std::string& path, std::string_view value);

/// Stays open for repeated reads. A file under /proc/net keeps showing the network namespace it was opened in.
class ProcFile {
public:
    explicit ProcFile(std::string path);

    /// The content now; valid until the next read().
    std::string_view read();

private:
    std::string path_;
    FileDescriptor file_;
    std::string buffer_;
};

}  // namespace portdrought::os
