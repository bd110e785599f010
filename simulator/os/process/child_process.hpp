// A forked child that runs a callable: its own process group, killed with the parent even when that dies of SIGKILL,
// killed and reaped by the destructor. The parent must be single-threaded when it forks.
#pragma once

#include <sys/types.h>

#include <functional>
#include <optional>

namespace portdrought::os {

/// In a child: SIGKILL arrives when the parent dies; exits at once when it is dead already, that is when the parent is
/// not `expected_parent`. The kernel forgets this at a change of credentials, so call it again after entering a user
/// namespace.
void die_with_parent(pid_t expected_parent);

/// To be asked before anything can have happened to it.
pid_t parent_process();

struct ExitStatus {
    std::optional<int> code;    // exit code, when it ended by itself
    std::optional<int> signal;  // the signal that ended it, otherwise
    bool succeeded() const { return code == 0; }
};

class ChildProcess {
public:
    /// Exit code of a child whose body threw; the message is on stderr.
    static constexpr int threw = 125;

    /// Forks; the child runs `body` and ends with its result through _exit: no destructor or atexit handler of the
    /// parent runs twice. Throws SystemError when fork fails, std::logic_error when the process has a second thread.
    explicit ChildProcess(const std::function<int()>& body);
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;
    ChildProcess(ChildProcess&&) = delete;
    ChildProcess& operator=(ChildProcess&&) = delete;
    ~ChildProcess();

    pid_t pid() const { return pid_; }
    bool has_ended() const { return status_.has_value(); }

    /// To the whole group of the child; nothing when it has been waited for.
    void signal(int number) const;
    /// Blocks until the child ends. The same answer every time.
    ExitStatus wait();
    /// nullopt while the child runs.
    std::optional<ExitStatus> poll();

private:
    std::optional<ExitStatus> wait(int flags);

    pid_t pid_ = -1;
    std::optional<ExitStatus> status_;
};

}  // namespace portdrought::os
