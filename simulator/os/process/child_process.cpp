#include "os/process/child_process.hpp"

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <exception>
#include <stdexcept>

#include "os/process/namespaces.hpp"
#include "os/system_error.hpp"

namespace portdrought::os {

namespace {

int guarded(const std::function<int()>& body) {
    try {
        return body();
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "%s\n", failure.what());
        return ChildProcess::threw;
    }
}

// The thread sanitizer gives every child of fork() a thread of its own, and unshare(2) would refuse a user namespace
// because of it. With one thread there is no lock that the handlers _Fork() leaves out would have to take.
pid_t fork_with_one_thread() {
#if defined(__SANITIZE_THREAD__)
    return ::_Fork();
#else
    return ::fork();
#endif
}

[[noreturn]] void run_child(pid_t parent, const std::function<int()>& body) {
    ::setpgid(0, 0);
    die_with_parent(parent);
    const int code = guarded(body);
    std::fflush(nullptr);
    ::_exit(code);
}

}  // namespace

pid_t parent_process() { return ::getppid(); }

void die_with_parent(pid_t expected_parent) {
    check("ask to die with the parent", ::prctl(PR_SET_PDEATHSIG, SIGKILL));
    if (::getppid() != expected_parent) ::_exit(128 + SIGKILL);
}

ChildProcess::ChildProcess(const std::function<int()>& body) {
    if (thread_count() != 1) throw std::logic_error("only a process with one thread may fork a child that goes on");
    std::fflush(nullptr);  // or the child would write the parent's buffered output a second time
    const pid_t parent = ::getpid();
    pid_ = check("fork", fork_with_one_thread());
    if (pid_ == 0) run_child(parent, body);
    // Both sides set the group, so a signal() right after the fork finds it. EACCES or ESRCH: the child did it already.
    ::setpgid(pid_, pid_);
}

ChildProcess::~ChildProcess() {
    if (status_) return;
    ::kill(-pid_, SIGKILL);
    while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
    }
}

void ChildProcess::signal(int number) const {
    if (!status_) check("signal a child process", ::kill(-pid_, number));
}

ExitStatus ChildProcess::wait() { return wait(0).value(); }

std::optional<ExitStatus> ChildProcess::poll() { return wait(WNOHANG); }

std::optional<ExitStatus> ChildProcess::wait(int flags) {
    if (status_) return status_;
    int raw = 0;
    pid_t ended = 0;
    do {
        ended = ::waitpid(pid_, &raw, flags);
    } while (ended < 0 && errno == EINTR);
    if (check("wait for a child process", ended) == 0) return std::nullopt;
    status_.emplace();
    if (WIFEXITED(raw)) status_->code = WEXITSTATUS(raw);
    if (WIFSIGNALED(raw)) status_->signal = WTERMSIG(raw);
    return status_;
}

}  // namespace portdrought::os
