// Runs the real program (PORTDROUGHT_PROGRAM) as a user's shell would, in a folder of its own.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace portdrought::cli {

struct Ended {
    int exit_code = -1;  // 128 + signal when a signal ended it
    std::string out, err;
    std::uint64_t peak_memory_bytes = 0;  // of the largest process among it and its children
};

/// A folder that goes with the object; everyone may write into it.
class TemporaryFolder {
public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    std::string path(const std::string& name) const { return (folder_ / name).string(); }
    std::string write(const std::string& name, const std::string& text) const;
    std::vector<std::string> files() const;

private:
    std::filesystem::path folder_;
};

/// `command` is given to sh with the program's folder at the front of PATH.
Ended shell(const std::string& command);

/// The same with stderr on a terminal of `columns` columns, whose output is `err`; stdout is no terminal.
Ended shell_on_terminal(const std::string& command, std::uint16_t columns);

std::string slurp(const std::string& path);

/// A program that runs on while the test goes on; see also os::ChildProcess, which it is not: it survives its parent.
class Started {
public:
    explicit Started(const std::string& command);
    pid_t pid() const { return pid_; }
    Ended wait();

private:
    TemporaryFolder folder_;
    pid_t pid_ = -1;
};

}  // namespace portdrought::cli
