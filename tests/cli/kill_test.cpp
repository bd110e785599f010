// SIGKILL at random moments: nothing of a run may stay behind on the host.
#include <gmock/gmock.h>
#include <signal.h>

#include <chrono>
#include <random>
#include <set>
#include <thread>

#include "cli/program.hpp"

namespace portdrought::cli {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

constexpr const char* mark = "PORTDROUGHT_KILL_TEST=1";

bool is_number(const std::string& text) { return text.find_first_not_of("0123456789") == std::string::npos; }

template <typename Visit>
void for_each_process(const Visit& visit) {
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator("/proc", ignored))
        if (is_number(entry.path().filename())) visit(entry.path());
}

/// Processes, children included, that were started with the mark in their environment.
std::vector<pid_t> marked_processes() {
    std::vector<pid_t> result;
    for_each_process([&](const fs::path& process) {
        if (slurp(process / "environ").find(mark) != std::string::npos) result.push_back(std::stoi(process.filename()));
    });
    return result;
}

std::set<std::string> network_namespaces() {
    std::set<std::string> result;
    for_each_process([&](const fs::path& process) {
        std::error_code gone;
        const fs::path target = fs::read_symlink(process / "ns/net", gone);
        if (!gone) result.insert(target);
    });
    return result;
}

/// The host's own settings that runs set in their namespaces.
std::string host_settings() {
    std::string all;
    for (const char* name :
         {"ip_local_port_range", "ip_local_reserved_ports", "tcp_tw_reuse", "tcp_tw_reuse_delay", "tcp_timestamps",
          "tcp_max_tw_buckets", "tcp_fin_timeout", "tcp_rfc1337", "tcp_congestion_control", "tcp_child_ehash_entries"})
        all += slurp(std::string("/proc/sys/net/ipv4/") + name);
    return all;
}

void expect_all_gone() {
    for (int tries = 0; tries < 200 && !marked_processes().empty(); ++tries) std::this_thread::sleep_for(10ms);
    EXPECT_EQ(marked_processes(), std::vector<pid_t>{});
}

std::string endless_run(const TemporaryFolder& folder) {
    return std::string(mark) + "; exec portdrought run loopback-reuse --variant loopback --set load.duration=60s -o " +
           folder.path("runs");
}

TEST(Kill, AtRandomMomentsNothingIsLeftOnTheHost) {
    const TemporaryFolder folder;
    const std::string settings = host_settings();
    const std::set<std::string> namespaces = network_namespaces();
    std::mt19937 random(20260101);
    for (int i = 0; i < 25; ++i) {
        Started started("export " + endless_run(folder));
        std::this_thread::sleep_for(std::chrono::milliseconds{random() % 400});
        ::kill(started.pid(), SIGKILL);
        EXPECT_EQ(started.wait().exit_code, 128 + SIGKILL);
        expect_all_gone();
    }
    EXPECT_EQ(host_settings(), settings);
    EXPECT_EQ(network_namespaces(), namespaces);
    EXPECT_TRUE(!fs::exists(folder.path("runs")) || fs::is_empty(folder.path("runs")));
}

TEST(Kill, OfTheRunsOwnProcessIsReportedByItsParent) {
    const TemporaryFolder folder;
    Started started("export " + endless_run(folder));
    std::this_thread::sleep_for(1s);
    for (const pid_t pid : marked_processes())
        if (pid != started.pid()) ::kill(pid, SIGKILL);
    const Ended ended = started.wait();
    EXPECT_EQ(ended.exit_code, 3);
    EXPECT_THAT(ended.err, testing::HasSubstr("signal 9"));
    expect_all_gone();
}

}  // namespace
}  // namespace portdrought::cli
