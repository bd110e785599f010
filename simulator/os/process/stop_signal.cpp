#include "os/process/stop_signal.hpp"

#include <atomic>

#include "os/system_error.hpp"

namespace portdrought::os {

namespace {

std::atomic<int> received{0};
static_assert(std::atomic<int>::is_always_lock_free, "a signal handler may only touch lock-free atomics");

constexpr std::array<int, 4> handled{SIGINT, SIGTERM, SIGPIPE, SIGXFSZ};

bool is_ignored(int number) { return number == SIGPIPE || number == SIGXFSZ; }

void remember(int number) { received.store(number, std::memory_order_relaxed); }

}  // namespace

StopSignal::StopSignal() {
    received = 0;
    for (std::size_t i = 0; i < handled.size(); ++i) {
        struct sigaction action {};
        action.sa_handler = is_ignored(handled[i]) ? SIG_IGN : remember;
        action.sa_flags = SA_RESTART;
        check("install a signal handler", ::sigaction(handled[i], &action, &former_[i]));
    }
}

StopSignal::~StopSignal() {
    for (std::size_t i = 0; i < handled.size(); ++i) ::sigaction(handled[i], &former_[i], nullptr);
}

std::optional<int> StopSignal::number() {
    const int number = received.load(std::memory_order_relaxed);
    if (number == 0) return std::nullopt;
    return number;
}

}  // namespace portdrought::os
