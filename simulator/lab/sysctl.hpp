// Kernel settings by their dotted names, read and written under /proc/sys. The net ones belong to the network namespace
// this process is in.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace portdrought::lab {

/// "net.ipv4.tcp_tw_reuse" -> "/proc/sys/net/ipv4/tcp_tw_reuse"
std::string sysctl_path(const std::string& name);

/// The value with each run of white space as one blank ("1025 5000"); nullopt where the kernel has no such setting.
std::optional<std::string> read_sysctl(const std::string& name);
/// nullopt also for a value that is not a whole number of at least zero.
std::optional<std::uint64_t> read_number(const std::string& name);
/// Throws os::SystemError with the kernel's errno.
void write_sysctl(const std::string& name, const std::string& value);

}  // namespace portdrought::lab
