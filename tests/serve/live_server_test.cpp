// The served page as clients meet it: real sockets on the loopback.
#include "serve/live_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/resource.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <thread>

#include "analysis/made_records.hpp"
#include "os/process/pipe.hpp"
#include "os/system_error.hpp"
#include "serve/http_client.hpp"
#include "serve/http_server.hpp"

namespace portdrought::serve {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

/// Waits for a state of which `wanted` is a part.
std::string state_with(std::uint16_t port, const std::string& wanted) {
    std::string state;
    for (int i = 0; i < 1000 && state.find(wanted) == state.npos; ++i) {  // a busy machine takes its time
        state = get(port, "/state");
        if (state.find(wanted) == state.npos) std::this_thread::sleep_for(20ms);
    }
    return state;
}

std::string names_of(const std::vector<ShownRun>& runs) {
    std::string text = "<!doctype html>";
    for (const ShownRun& run : runs)
        text += run.record->scenario.name + (run.record->interrupted ? " goes on" : " ended") + "; ";
    return text;
}

class LiveServerTest : public testing::Test {
protected:
    LiveServer server_{Endpoint{"127.0.0.1", 0}, names_of};
    std::uint16_t port_ = server_.endpoint().port;
};

TEST_F(LiveServerTest, ServesWhatIsGoingOn) {
    EXPECT_NE(port_, 0);
    EXPECT_THAT(get(port_, "/"), AllOf(StartsWith("HTTP/1.1 200 OK"), HasSubstr("default-src 'none'"),
                                       HasSubstr("connect-src 'self'"), HasSubstr("src=\"/live.js\"")));
    EXPECT_THAT(get(port_, "/live.js"), HasSubstr("fetch('/state'"));
    EXPECT_THAT(get(port_, "/live.css"), HasSubstr("text/css"));
    record::RunRecord skeleton;
    skeleton.scenario = made::article();
    server_.begin(skeleton, "article, as explained");
    engine::Progress now;
    now.t_s = 12;
    now.planned_s = 600;
    now.attempts = 400;
    server_.progress(now);
    EXPECT_THAT(state_with(port_, "12 of 600 s"), HasSubstr("run 1: article, as explained, 12 of 600 s, 400 attempts"));
    EXPECT_THAT(get(port_, "/report"), HasSubstr("article goes on; "));
    server_.end();
    EXPECT_THAT(state_with(port_, "\"ended\": true"), HasSubstr("\"ended\": true"));
}

TEST_F(LiveServerTest, AnswersToNoOtherNameAndToGetAlone) {
    EXPECT_THAT(get(port_, "/report", "", "evil.example:" + std::to_string(port_)),
                AllOf(StartsWith("HTTP/1.1 421 "), Not(HasSubstr("doctype"))));
    EXPECT_THAT(get(port_, "/nothing"), StartsWith("HTTP/1.1 404 "));
    Client client(port_);
    client.send("POST /report HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port_) + "\r\nContent-Length: 0\r\n\r\n");
    EXPECT_THAT(client.read_all(), AllOf(StartsWith("HTTP/1.1 405 "), HasSubstr("Allow: GET")));
}

TEST_F(LiveServerTest, IsBoundedInWhatItReads) {
    EXPECT_EQ(get(port_, "/", "X: " + std::string(20'000, 'x') + "\r\n"), "");
    Client client(port_);
    client.send("\x16\x03\x01 no HTTP at all\r\n\r\n");
    EXPECT_EQ(client.read_all(), "");
    EXPECT_THAT(get(port_, "/state"), StartsWith("HTTP/1.1 200 OK")) << "others are served as before";
}

TEST_F(LiveServerTest, KeepsConnectionsAndServesSeveralAtATime) {
    Client first(port_), second(port_);
    const std::string request = "GET /state HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port_) + "\r\n";
    second.send(request + "Connection: close\r\n\r\n");
    EXPECT_THAT(second.read_all(), StartsWith("HTTP/1.1 200 OK")) << "while the first one says nothing";
    first.send(request + "\r\n" + request + "Connection: close\r\n\r\n");
    const std::string both = first.read_all();
    EXPECT_NE(both.find("HTTP/1.1 200 OK"), both.rfind("HTTP/1.1 200 OK"));
}

TEST_F(LiveServerTest, ClosesTheConnectionThatHasWaitedLongestWhenThereIsNoRoom) {
    std::vector<std::unique_ptr<Client>> idle;
    for (int i = 0; i < 16; ++i) idle.push_back(std::make_unique<Client>(port_));
    const std::string request = "GET /state HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port_) + "\r\n";
    idle[0]->send(request + "\r\n");
    EXPECT_THAT(idle[0]->read(15), "HTTP/1.1 200 OK");
    for (int i = 0; i < 3; ++i) EXPECT_THAT(get(port_, "/state"), StartsWith("HTTP/1.1 200 OK"));
    EXPECT_EQ(idle[1]->read_all(), "") << "closed";
    idle[0]->send(request + "Connection: close\r\n\r\n");
    EXPECT_THAT(idle[0]->read_all(), HasSubstr("HTTP/1.1 200 OK")) << "it had asked since";
}

double cpu_seconds_of_ended_children() {
    rusage used{};
    ::getrusage(RUSAGE_CHILDREN, &used);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

TEST(LiveServer, RestsWhileItCannotAccept) {
    const double before = cpu_seconds_of_ended_children();
    {
        const LiveServer server(Endpoint{}, [](const std::vector<ShownRun>&) {
            const rlimit none{3, 3};
            return std::to_string(::setrlimit(RLIMIT_NOFILE, &none));
        });
        EXPECT_THAT(get(server.endpoint().port, "/report"), testing::EndsWith("\r\n\r\n0"));
        const Client waiting(server.endpoint().port);
        std::this_thread::sleep_for(500ms);
    }
    EXPECT_LT(cpu_seconds_of_ended_children() - before, 0.1);
}

TEST(HttpServer, EndsWithConnectionsOpen) {
    os::Pipe pipe = os::open_pipe();
    os::write_frame(pipe.write_end.get(), 0, "");
    Listening listening = listen_at(Endpoint{});
    const std::uint16_t port = listening.endpoint.port;
    std::vector<std::unique_ptr<Client>> idle;
    for (int i = 0; i < 4; ++i) idle.push_back(std::make_unique<Client>(port));
    int turns = 0;
    serve_until(
        std::move(listening), [](Route) { return std::make_shared<const std::string>(); }, pipe.read_end.get(),
        [&] { return ++turns < 100; });
    EXPECT_FALSE(Client(port).is_connected());
    for (const auto& client : idle) EXPECT_EQ(client->read_all(), "");
}

/// The serving process, the only child of this one.
pid_t child_of_this_process() {
    pid_t child = 0;
    std::ifstream("/proc/thread-self/children") >> child;
    return child;
}

record::RunRecord some_skeleton() {
    record::RunRecord skeleton;
    skeleton.scenario = made::article();
    return skeleton;
}

TEST_F(LiveServerTest, IsToldLaterWhatItHadNoTimeFor) {
    const pid_t page = child_of_this_process();
    ASSERT_EQ(::kill(page, SIGSTOP), 0);
    const auto begin = std::chrono::steady_clock::now();
    for (int i = 0; i < 100; ++i) {
        server_.begin(some_skeleton(), std::string(2000, 'x'));
        server_.finished("nowhere");
    }
    server_.end();
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 2s);
    EXPECT_TRUE(server_.is_served());
    ASSERT_EQ(::kill(page, SIGCONT), 0);
    for (int i = 0; i < 50; ++i, std::this_thread::sleep_for(20ms)) server_.catch_up();
    EXPECT_THAT(state_with(port_, "\"ended\": true"), HasSubstr("100 runs, all have ended"));
}

TEST_F(LiveServerTest, IsGivenUpWhereItFallsTooFarBehind) {
    ASSERT_EQ(::kill(child_of_this_process(), SIGSTOP), 0);
    const auto begin = std::chrono::steady_clock::now();
    for (int i = 0; i < 100 && server_.is_served(); ++i) server_.begin(some_skeleton(), std::string(100'000, 'x'));
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 2s);
    EXPECT_FALSE(server_.is_served());
    server_.finished("nowhere");
    server_.end();
    EXPECT_FALSE(Client(port_).is_connected());
}

/// Nobody reads: what is told of runs never waits.
TEST(LiveServer, NeverHoldsUpWhoeverMakesTheRuns) {
    const std::string large(3'000'000, 'x');
    LiveServer server(Endpoint{}, [&](const std::vector<ShownRun>&) { return large; });
    Client slow(server.endpoint().port, 2048);
    slow.send("GET /report HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(server.endpoint().port) + "\r\n\r\n");
    EXPECT_THAT(get(server.endpoint().port, "/state"), StartsWith("HTTP/1.1 200 OK"));
    record::RunRecord skeleton;
    skeleton.scenario = made::article();
    server.begin(skeleton, "article");
    const auto begin = std::chrono::steady_clock::now();
    engine::Progress now;
    for (int i = 0; i < 200'000; ++i) server.progress(now);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 2s);
}

TEST(LiveServer, SaysThatAPortIsTaken) {
    const LiveServer server(Endpoint{}, names_of);
    try {
        const LiveServer second(server.endpoint(), names_of);
        FAIL() << "two at one address";
    } catch (const os::EnvironmentError& error) {
        EXPECT_THAT(error.what(), AllOf(HasSubstr(server.endpoint().url()), HasSubstr("name another port")));
    }
}

TEST(LiveServer, EndsWithWhoeverStartedIt) {
    std::uint16_t port = 0;
    {
        const LiveServer server(Endpoint{}, names_of);
        port = server.endpoint().port;
        EXPECT_TRUE(Client(port).is_connected());
    }
    EXPECT_FALSE(Client(port).is_connected());
}

}  // namespace
}  // namespace portdrought::serve
