// Ordinary files, written so that nobody ever sees half of one. Files under /proc and /sys are in proc_file.hpp.
#pragma once

#include <string>
#include <string_view>

namespace portdrought::os {

/// Writes a temporary file beside `path`, syncs it, renames it over `path` and syncs the folder, which must exist.
/// Throws SystemError naming `path`; then the temporary file is gone and an older `path` is as it was.
void write_file_atomically(const std::string& path, std::string_view content);

/// True where `path` leads to something that is there and no ordinary file: a pipe, a terminal, a device.
bool is_special_file(const std::string& path);

/// As a shell's ">": follows symbolic links and writes into what is_special_file(); ordinary files atomically. Throws
/// SystemError naming `path`.
void write_into(const std::string& path, std::string_view content);

/// Makes `folder` (and those above it) where it is missing. Throws SystemError naming it when files cannot be made in
/// it.
void prepare_folder(const std::string& folder);

/// Makes an empty file, unless there is one already: false then. Throws SystemError naming `path`.
bool create_new_file(const std::string& path);

/// All of a file of any size. Throws SystemError naming `path`, also when it is a folder.
std::string read_whole_file(const std::string& path);

}  // namespace portdrought::os
