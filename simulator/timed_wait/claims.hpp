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
        for (const std::uint64_t cookie : cookies) {
            cookies_.erase(cookie);
            if (remembers_) let_go_.insert(cookie);
        }
    }

    /// From now on also what has been removed since the last call counts as claimed: whoever asks about a list has made
    /// it before asking. For one such reader.
    void remember_from_here() {
        const std::scoped_lock lock(mutex_);
        remembers_ = true;
        let_go_.clear();
    }

    bool contains(std::uint64_t cookie) const {
        const std::scoped_lock lock(mutex_);
        return cookies_.contains(cookie) || let_go_.contains(cookie);
    }

    std::size_t size() const {
        const std::scoped_lock lock(mutex_);
        return cookies_.size();
    }

private:
    mutable std::mutex mutex_;
    boost::unordered_flat_set<std::uint64_t> cookies_;
    boost::unordered_flat_set<std::uint64_t> let_go_;
    bool remembers_ = false;
};

}  // namespace portdrought::timed_wait
