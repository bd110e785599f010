// Threads that make points of a sweep while the thread that owns the pool keeps what they have made. Which thread makes
// which point, and in which order they end, must not matter to the result.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace portdrought::sweep {

struct Done {
    std::uint64_t point = 0;
    std::optional<std::string> row;  // absent where the point was stopped
};

class Pool {
public:
    using Make = std::function<std::optional<std::string>(std::uint64_t point)>;

    /// `make` is called by all threads at a time.
    Pool(std::size_t threads, Make make);
    Pool(const Pool&) = delete;
    Pool& operator=(const Pool&) = delete;
    /// Forgets points that no thread has begun and waits for the others: ask `make` to stop first.
    ~Pool();

    std::size_t threads() const { return threads_.size(); }

    void give(std::uint64_t point);
    /// The next point that has ended, waiting for it up to `patience`. Throws what `make` threw.
    std::optional<Done> take(std::chrono::milliseconds patience);
    /// Points given and not taken yet.
    std::size_t open() const { return open_; }

private:
    void work();

    Make make_;
    std::mutex mutex_;
    std::condition_variable given_, made_;
    std::deque<std::uint64_t> todo_;
    std::deque<Done> done_;
    std::exception_ptr failure_;
    bool closed_ = false;
    std::size_t open_ = 0;  // the owner's alone
    std::vector<std::thread> threads_;
};

}  // namespace portdrought::sweep
