#include "cli/program.hpp"

#include <fcntl.h>
#include <pty.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace portdrought::cli {

TemporaryFolder::TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "portdrought-test-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp failed");
    folder_ = name;
    std::filesystem::permissions(folder_, std::filesystem::perms::all);
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

std::string TemporaryFolder::write(const std::string& name, const std::string& text) const {
    std::ofstream(path(name)) << text;
    return path(name);
}

std::vector<std::string> TemporaryFolder::files() const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder_)) names.push_back(entry.path().string());
    std::ranges::sort(names);
    return names;
}

std::string slurp(const std::string& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

namespace {

/// In the child of a fork.
[[noreturn]] void become_shell(const std::string& line, const std::string& config) {
    const std::string folder = std::filesystem::path(PORTDROUGHT_PROGRAM).parent_path().string();
    ::setenv("PATH", (folder + ":" + std::getenv("PATH")).c_str(), 1);
    // Costs that the user has stored must not change what tests see; a command may name another folder.
    ::setenv("XDG_CONFIG_HOME", config.c_str(), 1);
    ::execl("/bin/sh", "sh", "-c", line.c_str(), nullptr);
    ::_exit(127);
}

/// All that comes out of a terminal until nobody has it open any more.
std::string read_all(int terminal) {
    std::string text;
    char bytes[4096];
    for (ssize_t got = 0; (got = ::read(terminal, bytes, sizeof bytes)) > 0;)
        text.append(bytes, static_cast<std::size_t>(got));
    return text;
}

}  // namespace

Started::Started(const std::string& command) {
    const std::string line = "exec </dev/null >" + folder_.path("out") + " 2>" + folder_.path("err") + "\n" + command;
    pid_ = ::fork();
    if (pid_ == 0) become_shell(line, folder_.path("config"));
}

Ended shell_on_terminal(const std::string& command, std::uint16_t columns) {
    const TemporaryFolder folder;
    const std::string line = "exec </dev/null >" + folder.path("out") + "\n" + command;
    const winsize size{24, columns, 0, 0};
    int terminal = -1;
    const pid_t pid = ::forkpty(&terminal, nullptr, nullptr, &size);
    if (pid < 0) throw std::runtime_error("forkpty failed");
    if (pid == 0) become_shell(line, folder.path("config"));
    std::string err = read_all(terminal);
    ::close(terminal);
    int status = 0;
    ::waitpid(pid, &status, 0);
    return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), slurp(folder.path("out")), err};
}

Ended Started::wait() {
    int status = 0;
    rusage usage{};
    ::wait4(pid_, &status, 0, &usage);
    return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), slurp(folder_.path("out")),
            slurp(folder_.path("err")), static_cast<std::uint64_t>(usage.ru_maxrss) * 1024};
}

Ended shell(const std::string& command) { return Started(command).wait(); }

}  // namespace portdrought::cli
