// A file that grows while somebody may want to read it: it always ends in the same text, and what is appended takes the
// place of that ending, which is written again behind it by the same call. A process that is killed between two appends
// leaves a whole file behind; after a power failure the last ones may be missing (nothing is synced).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "os/file_descriptor.hpp"

namespace portdrought::os {

class GrowingFile {
public:
    /// Replaces the file at `path` in one step by `begin` and `ending`. Throws SystemError naming `path`.
    GrowingFile(std::string path, std::string_view begin, std::string ending);

    /// Throws SystemError naming the file, for example on a full disk; the file is then as it was before, and may be
    /// appended to once there is room again.
    void append(std::string_view text);

    const std::string& path() const { return path_; }

private:
    int write_at_end(std::string_view text);  // errno; 0: all of it stands there
    void end_as_before();

    std::string path_, ending_;
    FileDescriptor file_;
    std::uint64_t size_;  // without the ending
};

}  // namespace portdrought::os
