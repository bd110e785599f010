#include "probe/socket_census.hpp"

#include <gtest/gtest.h>

#include <cstdio>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "lab/in_lab.hpp"
#include "os/net/loopback_pair.hpp"
#include "probe/host_sampler.hpp"

namespace portdrought::probe {
namespace {

enum class First : std::uint8_t { client, server };

void connect_and_close(const os::FileDescriptor& listener, int times, First first) {
    for (int i = 0; i < times; ++i) {
        os::LoopbackPair pair = os::connect_to(listener);
        if (first == First::client) pair.client.reset();
        pair.server.reset();
    }
}

CensusQuestion about(const os::FileDescriptor& listener) {
    const os::Endpoint server = os::local_endpoint(listener.get());
    CensusQuestion question;
    question.servers = {{server.address, 1, {server.port, server.port}}};
    question.ports = lab::small_plan().ports;
    question.capacity = question.ports.size();
    question.listing_rows = 10;
    return question;
}

// Rows by state and by which side is the listener's, as the system's own tool lists them.
std::map<std::string, std::uint64_t> count_with_ss(const std::string& server) {
    std::map<std::string, std::uint64_t> rows;
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> list(::popen("ss -Htan", "r"), ::pclose);
    char state[32], local[64], remote[64];
    while (list && std::fscanf(list.get(), "%31s %*s %*s %63s %63s", state, local, remote) == 3) {
        const char* side = local == server ? "/server" : remote == server ? "/client" : "/other";
        ++rows[std::string(state) + side];
    }
    return rows;
}

// A FIN may be acknowledged 40 ms late; only then does its sender leave FIN_WAIT_1.
void wait_until_parked(std::uint64_t wanted) {
    HostSampler sampler;
    for (int tries = 0; tries < 200 && sampler.sockstat().time_wait != wanted; ++tries) {
        std::this_thread::sleep_for(std::chrono::milliseconds{10});
    }
}

TEST(SocketCensus, CountsWhatSsCountsInTheSameNetwork) {
    PORTDROUGHT_IN_LAB(lab::small_plan(), [](const record::HostFacts&) {
        const os::FileDescriptor listener = os::listen_on_loopback();
        connect_and_close(listener, 300, First::client);
        connect_and_close(listener, 40, First::server);
        std::vector<os::LoopbackPair> open;
        for (int i = 0; i < 7; ++i) open.push_back(os::connect_to(listener));
        for (int i = 0; i < 3; ++i) {  // the server never answers the FIN
            open.push_back(os::connect_to(listener));
            open.back().client.reset();
        }
        wait_until_parked(300 + 40 + 3);
        SocketCensus census;
        const CensusCount count = census.take(about(listener));
        auto rows = count_with_ss(os::to_string(os::local_endpoint(listener.get())));
        ASSERT_FALSE(rows.empty()) << "ss is not installed (Debian package iproute2)";
        EXPECT_EQ(count.time_wait_client, rows["TIME-WAIT/client"]);
        EXPECT_EQ(count.time_wait_server, rows["TIME-WAIT/server"]);
        EXPECT_EQ(count.fin_wait_2, rows["FIN-WAIT-2/client"]);
        EXPECT_EQ(count.connected, rows["ESTAB/client"]);
        EXPECT_EQ(count.time_wait_server, 40U);
        EXPECT_EQ(count.fin_wait_2, 3U);
        EXPECT_EQ(count.connected, 7U);
        EXPECT_EQ(count.parked, HostSampler().sockstat().time_wait);
        EXPECT_EQ(count.ports_in_use, count.time_wait_client + 3 + 7);
        EXPECT_EQ(count.ports_by_destination.begin()->second, count.ports_in_use);
        EXPECT_EQ(count.ports_free(about(listener)), 1000U - count.ports_in_use);
        EXPECT_FALSE(count.interrupted);
        EXPECT_GT(count.cpu, core::Duration{0});
    });
}

TEST(SocketCensus, ListsRowsThatNobodyOwns) {
    PORTDROUGHT_IN_LAB(lab::small_plan(), [](const record::HostFacts&) {
        const os::FileDescriptor listener = os::listen_on_loopback();
        connect_and_close(listener, 25, First::client);
        SocketCensus census;
        const CensusCount count = census.take(about(listener));
        EXPECT_EQ(count.rows_total, 25U);
        ASSERT_EQ(count.rows.size(), 10U);
        for (const SocketEntry& row : count.rows) {
            EXPECT_EQ(row.state, TcpState::time_wait);
            EXPECT_EQ(row.inode, 0U);
        }
    });
}

TEST(SocketCensus, CanBeTakenAgainAndAgain) {
    lab::LabPlan plan = lab::small_plan();
    plan.ports = {20000, 59999};
    PORTDROUGHT_IN_LAB(plan, [](const record::HostFacts&) {
        const os::FileDescriptor listener = os::listen_on_loopback();
        CensusQuestion question = about(listener);
        question.ports = {20000, 59999};
        SocketCensus census;
        EXPECT_EQ(census.take(question).entries, 0U);
        connect_and_close(listener, 3000, First::client);  // many datagrams
        for (int i = 0; i < 3; ++i) EXPECT_EQ(census.take(question).time_wait_client, 3000U);
    });
}

}  // namespace
}  // namespace portdrought::probe
