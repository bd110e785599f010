#include "load/lingering_closer.hpp"

#include <sys/eventfd.h>
#include <unistd.h>

#include <system_error>

#include "os/clock.hpp"
#include "os/system_error.hpp"

namespace portdrought::load {

LingeringCloser::LingeringCloser(Loop& loop, std::size_t most_threads)
    : loop_(loop),
      most_threads_(most_threads),
      event_(os::check("make an event descriptor", ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))) {}

LingeringCloser::~LingeringCloser() {
    for (std::jthread& thread : threads_) thread.request_stop();
    work_to_do_.notify_all();
    threads_.clear();
}

void LingeringCloser::close(Connection& connection) {
    bool needs_thread = false;
    {
        const std::scoped_lock lock(mutex_);
        jobs_.push_back({connection.fd.release(), &connection});
        needs_thread = jobs_.size() > idle_ && threads_.size() < most_threads_;
    }
    if (needs_thread) start_thread();
    work_to_do_.notify_one();
    if (outstanding_++ == 0) watch();
}

void LingeringCloser::start_thread() {
    try {
        threads_.emplace_back([this](const std::stop_token& stop) { work(stop); });
    } catch (const std::system_error&) {  // the machine allows no more: those there are have to do
        if (threads_.empty()) throw;
        most_threads_ = threads_.size();
    }
}

core::Duration LingeringCloser::cpu() {
    const std::scoped_lock lock(mutex_);
    return cpu_;
}

void LingeringCloser::work(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    for (;;) {
        ++idle_;
        work_to_do_.wait(lock, stop, [this] { return !jobs_.empty(); });
        --idle_;
        if (jobs_.empty()) return;  // asked to stop
        const Job job = jobs_.front();
        jobs_.pop_front();
        lock.unlock();
        const core::Duration cpu_before = os::thread_cpu_time();
        ::close(job.fd);
        const core::Duration cpu = os::thread_cpu_time() - cpu_before;
        lock.lock();
        cpu_ += cpu;
        closed_.push_back(job.connection);
        const std::uint64_t one = 1;
        [[maybe_unused]] const ssize_t written = ::write(event_.get(), &one, sizeof one);  // cannot overflow
    }
}

void LingeringCloser::watch() {
    loop_.when_readable(event_.get(), [this] {
        std::uint64_t count = 0;
        [[maybe_unused]] const ssize_t got = ::read(event_.get(), &count, sizeof count);
        report_closed();
        if (outstanding_ > 0) watch();
    });
}

void LingeringCloser::report_closed() {
    std::vector<Connection*> closed;
    {
        const std::scoped_lock lock(mutex_);
        closed.swap(closed_);
    }
    outstanding_ -= closed.size();
    for (Connection* connection : closed) connection->party->closed(*connection);
}

}  // namespace portdrought::load
