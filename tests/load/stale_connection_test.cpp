// Pooled connections that the server ended while they were idle, on the real kernel. The test reaches into the server's
// side: a worker plays both sides, so its sockets are descriptors of this process.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <functional>
#include <thread>

#include "lab/in_lab.hpp"
#include "load/worker.hpp"

namespace portdrought::load {
namespace {

using namespace std::chrono_literals;
using core::Outcome;

constexpr std::uint16_t server_port = 7000;

/// One request after the other; their connection is at rest nearly all the time.
scenario::Scenario one_at_a_time() {
    scenario::Scenario scenario;
    scenario.load.rate.reset();
    scenario.load.in_flight = 1;
    scenario.load.hold = 5ms;
    scenario.load.duration = 300ms;
    scenario.load.pool_size = 4;
    scenario.host.ports = {20000, 20999};
    return scenario;
}

bool is_accepted(int fd) {
    sockaddr_in local{}, remote{};
    socklen_t size = sizeof local;
    if (::getsockname(fd, reinterpret_cast<sockaddr*>(&local), &size) != 0) return false;
    size = sizeof remote;
    return ntohs(local.sin_port) == server_port && ::getpeername(fd, reinterpret_cast<sockaddr*>(&remote), &size) == 0;
}

/// Runs the scenario; in the middle of it `hurt` gets the server's connection.
void run_and_hurt(const scenario::Scenario& scenario, Worker& worker, const os::RunClock& clock,
                  const std::function<void(int)>& hurt) {
    const std::atomic<bool> stop = false;
    std::thread thread([&] { worker.run(stop); });
    std::this_thread::sleep_until(clock.at(scenario.load.duration / 2));
    int found = 0;
    for (int fd = 3; fd < 256; ++fd)
        if (is_accepted(fd)) {
            hurt(fd);
            ++found;
        }
    EXPECT_EQ(found, 1);
    thread.join();
}

void expect_one_retry(const Worker& worker) {
    const std::uint64_t attempts = worker.live().attempts.value();
    EXPECT_GT(attempts, 20U);
    EXPECT_EQ(worker.live().outcomes[static_cast<std::size_t>(Outcome::ok)].value(), attempts);
    EXPECT_EQ(worker.live().connected.value(), 2U);
    EXPECT_EQ(worker.tally().attempts.retries, 1U);
    EXPECT_EQ(worker.tally().pool.reused, attempts - 2);
    EXPECT_EQ(worker.tally().losses.transfers_cut, 0U) << "the request went out again";
}

TEST(StaleConnection, OneTheServerClosedIsReplacedOnce) {
    PORTDROUGHT_IN_LAB(lab::small_plan(), [](const record::HostFacts&) {
        const os::RunClock clock(os::RunClock::Steady::now() + 20ms);
        Worker worker(one_at_a_time(), 0, clock);
        run_and_hurt(one_at_a_time(), worker, clock, [](int fd) { ::shutdown(fd, SHUT_RDWR); });
        expect_one_retry(worker);
    });
}

TEST(StaleConnection, OneTheServerResetIsReplacedOnce) {
    PORTDROUGHT_IN_LAB(lab::small_plan(), [](const record::HostFacts&) {
        const os::RunClock clock(os::RunClock::Steady::now() + 20ms);
        Worker worker(one_at_a_time(), 0, clock);
        run_and_hurt(one_at_a_time(), worker, clock, [](int fd) {
            const sockaddr nobody{.sa_family = AF_UNSPEC, .sa_data = {}};
            EXPECT_EQ(::connect(fd, &nobody, sizeof nobody), 0);  // tcp_disconnect() sends RST
        });
        expect_one_retry(worker);
    });
}

TEST(StaleConnection, AResetOfARequestUnderWayIsAFailure) {
    PORTDROUGHT_IN_LAB(lab::small_plan(), [](const record::HostFacts&) {
        scenario::Scenario scenario = one_at_a_time();
        scenario.load.hold = 0ms;
        scenario.load.response_bytes = 1 << 20;
        scenario.load.pool_max_requests = 1;  // never a pooled one: nothing may be sent twice
        scenario.server.read_delay = 30ms;
        scenario.load.rate = core::Rate{20};
        const os::RunClock clock(os::RunClock::Steady::now() + 20ms);
        Worker worker(scenario, 0, clock);
        const std::atomic<bool> stop = false;
        std::thread thread([&] { worker.run(stop); });
        std::this_thread::sleep_until(clock.at(115ms));
        for (int fd = 3; fd < 256; ++fd)
            if (is_accepted(fd)) ::shutdown(fd, SHUT_RDWR);
        thread.join();
        EXPECT_EQ(worker.tally().attempts.retries, 0U);
        EXPECT_EQ(worker.live().attempts.value(), 6U);
        EXPECT_EQ(worker.live().outcomes[static_cast<std::size_t>(Outcome::ok)].value(), 5U);
    });
}

}  // namespace
}  // namespace portdrought::load
