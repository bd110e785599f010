// close() under SO_LINGER {1,n} blocks up to n seconds even on a non-blocking socket, until the peer has acknowledged
// everything. The peer lives in the same worker, so such a close has a thread of its own, as it would have in a
// program that can afford it. Threads are started as needed and end with the object; the loop is told through an
// eventfd. Not used for any other kind of close.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include "load/connection.hpp"
#include "load/loop.hpp"
#include "os/file_descriptor.hpp"

namespace portdrought::load {

class LingeringCloser {
public:
    /// At most `most_threads` closes at a time; further ones wait for their turn.
    LingeringCloser(Loop& loop, std::size_t most_threads);
    LingeringCloser(const LingeringCloser&) = delete;
    LingeringCloser& operator=(const LingeringCloser&) = delete;
    /// Waits for the closes under way, at most the linger time.
    ~LingeringCloser();

    /// Takes the connection's descriptor; party->closed(connection) is called from the loop once close() has returned.
    void close(Connection& connection);
    /// CPU time of the closes so far, which no other thread's account shows.
    core::Duration cpu();

private:
    struct Job {
        int fd;
        Connection* connection;
    };

    void start_thread();
    void work(const std::stop_token& stop);
    void watch();
    void report_closed();

    Loop& loop_;
    std::size_t most_threads_;
    os::FileDescriptor event_;
    std::size_t outstanding_ = 0;  // of the loop's thread

    std::mutex mutex_;  // guards what follows
    std::condition_variable_any work_to_do_;
    std::deque<Job> jobs_;
    std::vector<Connection*> closed_;
    std::size_t idle_ = 0;
    core::Duration cpu_{0};

    std::vector<std::jthread> threads_;
};

}  // namespace portdrought::load
