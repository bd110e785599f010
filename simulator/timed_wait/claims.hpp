// Which TIME-WAIT entries an enforcer waits for, by cookie: one thread adds and removes, another may ask meanwhile. An
// uncontended lock costs some 20 ns, twice per connection.
#pragma once

#include <boost/unordered/unordered_flat_set.hpp>
#include <cstdint>
#include <mutex>
#include <span>

namespace portdrought::timed_wait {

class Claims {
public:
    void add(std::uint64_t cookie) {
        const std::scoped_lock lock(mutex_);
        cookies_.insert(cookie);
    }

    void remove(std::span<const std::uint64_t> cookies) {
        const std::scoped_lock lock(mutex_);
        for (const std::uint64_t cookie : cookies) cookies_.erase(cookie);
    }

    bool contains(std::uint64_t cookie) const {
        const std::scoped_lock lock(mutex_);
        return cookies_.contains(cookie);
    }

    std::size_t size() const {
        const std::scoped_lock lock(mutex_);
        return cookies_.size();
    }

private:
    mutable std::mutex mutex_;
    boost::unordered_flat_set<std::uint64_t> cookies_;
};

}  // namespace portdrought::timed_wait
