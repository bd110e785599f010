#include "bench/yardstick/raw_epoll.hpp"

#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <exception>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

#include "os/process/pipe.hpp"
#include "os/system_error.hpp"

namespace portdrought::bench {
namespace {

using Clock = std::chrono::steady_clock;

class Epoll {
public:
    Epoll() : fd_(os::check("open epoll", ::epoll_create1(0))) {}

    void watch(int fd, std::uint32_t events) {
        epoll_event event{.events = events, .data = {.fd = fd}};
        os::check("register with epoll", ::epoll_ctl(fd_.get(), EPOLL_CTL_ADD, fd, &event));
    }

    template <typename Handle>
    void wait(Handle&& handle) {
        std::array<epoll_event, 64> events;
        const int count = ::epoll_wait(fd_.get(), events.data(), static_cast<int>(events.size()), -1);
        if (count < 0 && errno == EINTR) return;
        os::check("wait for events", count);
        for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) handle(events[i].data.fd, events[i].events);
    }

private:
    os::FileDescriptor fd_;
};

class Server {
public:
    Server(int listener, int stop) : listener_(listener), stop_(stop) {
        epoll_.watch(listener, EPOLLIN);
        epoll_.watch(stop, EPOLLIN);
    }

    // Until told to stop and the last connection is gone.
    void run() {
        while (!stopping_ || open_ > 0) epoll_.wait([this](int fd, std::uint32_t) { handle(fd); });
    }

private:
    void handle(int fd) {
        if (fd == listener_) return accept_all();
        if (fd == stop_) {
            if (try_read_stop()) stopping_ = true;
            return;
        }
        if (receive_byte(fd)) {
            send_byte(fd);
        } else {
            close(fd);
        }
    }

    void accept_all() {
        for (;;) {
            const int fd = ::accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK);
            if (fd < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return;
            epoll_.watch(os::check("accept", fd), EPOLLIN);
            ++open_;
        }
    }

    bool try_read_stop() const {
        char byte = 0;
        return ::read(stop_, &byte, 1) == 1;
    }

    void close(int fd) {
        ::close(fd);
        --open_;
    }

    Epoll epoll_;
    int listener_, stop_;
    bool stopping_ = false;
    std::uint64_t open_ = 0;
};

class Client {
public:
    explicit Client(const Work& work) : work_(work), end_(Clock::now() + work.duration) {}

    std::uint64_t run(unsigned in_flight) {
        while (open_ < in_flight) start();
        while (open_ > 0) epoll_.wait([this](int fd, std::uint32_t events) { handle(fd, events); });
        return connections_;
    }

private:
    void start() {
        os::FileDescriptor fd = new_socket(SOCK_NONBLOCK);
        connect_to(fd.get(), work_.server);
        // Both directions at once: the first event says "established", a later one "readable".
        const std::uint32_t readable = work_.traffic == Traffic::crr ? std::uint32_t{EPOLLIN} : 0U;
        epoll_.watch(fd.release(), EPOLLOUT | readable | EPOLLET);
        ++open_;
    }

    void handle(int fd, std::uint32_t events) {
        if (work_.traffic == Traffic::cc) return finish(fd);
        if (!is_sent(fd)) return send_byte(fd);
        if ((events & EPOLLIN) == 0) return;
        if (!receive_byte(fd)) throw std::runtime_error("the server closed first");
        finish(fd);
    }

    // Whether the request went out before this call.
    bool is_sent(int fd) {
        const auto index = static_cast<std::size_t>(fd);
        if (sent_.size() <= index) sent_.resize(index + 1);
        return std::exchange(sent_[index], std::uint8_t{1}) != 0;
    }

    void finish(int fd) {
        if (const auto index = static_cast<std::size_t>(fd); index < sent_.size()) sent_[index] = 0;
        ::close(fd);
        --open_;
        ++connections_;
        if (Clock::now() < end_) start();
    }

    Epoll epoll_;
    Work work_;
    Clock::time_point end_;
    std::vector<std::uint8_t> sent_;  // by descriptor
    unsigned open_ = 0;
    std::uint64_t connections_ = 0;
};

}  // namespace

std::uint64_t run_raw_epoll(const Work& work, unsigned in_flight) {
    const os::FileDescriptor listener = listen_at(work.server, SOCK_NONBLOCK);
    os::Pipe stop = os::open_pipe();
    std::exception_ptr failure;
    std::thread server([&] {
        try {
            Server(listener.get(), stop.read_end.get()).run();
        } catch (...) {
            failure = std::current_exception();
        }
    });
    std::uint64_t connections = 0;
    try {
        connections = Client(work).run(in_flight);
    } catch (...) {
        failure = std::current_exception();
    }
    os::check("stop the server thread", static_cast<int>(::write(stop.write_end.get(), "x", 1)));
    server.join();
    if (failure) std::rethrow_exception(failure);
    return connections;
}

}  // namespace portdrought::bench
