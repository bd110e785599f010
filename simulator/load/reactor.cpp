#include "load/reactor.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <unordered_map>

namespace portdrought::load {
namespace asio = boost::asio;

struct Reactor::Loop {
    asio::io_context context{1};
    asio::steady_timer timer{context};
    std::unordered_map<int, std::shared_ptr<asio::posix::stream_descriptor>> waiting;
};

Reactor::Reactor() : loop_(std::make_unique<Loop>()) {}

Reactor::~Reactor() {
    // The descriptors belong to the connections: give them back unclosed.
    for (auto& [fd, descriptor] : loop_->waiting) descriptor->release();
}

void Reactor::wait(int fd, Direction direction, std::function<void()> when_ready) {
    auto descriptor = std::make_shared<asio::posix::stream_descriptor>(loop_->context, fd);
    loop_->waiting[fd] = descriptor;
    ++waits_;
    const auto kind = direction == Direction::read ? asio::posix::descriptor_base::wait_read
                                                   : asio::posix::descriptor_base::wait_write;
    descriptor->async_wait(kind, [this, fd, callback = std::move(when_ready)](const boost::system::error_code& error) {
        if (error) return;  // cancelled
        cancel(fd);
        callback();
    });
}

void Reactor::cancel(int fd) {
    const auto found = loop_->waiting.find(fd);
    if (found == loop_->waiting.end()) return;
    found->second->release();
    loop_->waiting.erase(found);
    --waits_;
}

void Reactor::poll() {
    loop_->context.restart();
    loop_->context.poll();
}

void Reactor::wait_until(std::chrono::steady_clock::time_point due) {
    // A timer, not run_one_until(): epoll's own timeout has a grain of 1 ms, Asio's timerfd has none.
    loop_->timer.expires_at(due);
    loop_->timer.async_wait([](const boost::system::error_code&) {});
    loop_->context.restart();
    loop_->context.run_one();
    loop_->timer.cancel();
    loop_->context.poll();
}

}  // namespace portdrought::load
