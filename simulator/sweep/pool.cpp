#include "sweep/pool.hpp"

#include <utility>

namespace portdrought::sweep {

Pool::Pool(std::size_t threads, Make make) : make_(std::move(make)) {
    threads_.reserve(threads);
    for (std::size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
}

Pool::~Pool() {
    {
        const std::lock_guard lock(mutex_);
        closed_ = true;
        todo_.clear();
    }
    given_.notify_all();
    for (std::thread& thread : threads_) thread.join();
}

void Pool::give(std::uint64_t point) {
    {
        const std::lock_guard lock(mutex_);
        todo_.push_back(point);
    }
    ++open_;
    given_.notify_one();
}

std::optional<Done> Pool::take(std::chrono::milliseconds patience) {
    std::unique_lock lock(mutex_);
    made_.wait_for(lock, patience, [this] { return !done_.empty() || failure_; });
    if (!done_.empty()) {  // before any failure: what was made is kept
        Done done = std::move(done_.front());
        done_.pop_front();
        --open_;
        return done;
    }
    if (failure_) std::rethrow_exception(failure_);
    return std::nullopt;
}

void Pool::work() {
    for (;;) {
        std::unique_lock lock(mutex_);
        given_.wait(lock, [this] { return closed_ || !todo_.empty(); });
        if (todo_.empty()) return;
        Done done{todo_.front(), std::nullopt};
        todo_.pop_front();
        lock.unlock();
        std::exception_ptr failure;
        try {
            done.row = make_(done.point);
        } catch (...) {
            failure = std::current_exception();
        }
        lock.lock();
        if (failure)
            failure_ = failure;
        else
            done_.push_back(std::move(done));
        lock.unlock();
        made_.notify_one();
    }
}

}  // namespace portdrought::sweep
