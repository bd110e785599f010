#include "serve/http_server.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <list>
#include <optional>
#include <utility>

#include "os/system_error.hpp"
#include "serve/shell_page.hpp"

namespace portdrought::serve {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;

constexpr std::size_t most_sessions = 16, most_header_bytes = 8192;
constexpr auto patience = std::chrono::seconds{20};
constexpr auto pause_after_fault = std::chrono::milliseconds{100};

http::status status_of(Route route) {
    switch (route) {
        case Route::not_found: return http::status::not_found;
        case Route::not_allowed: return http::status::method_not_allowed;
        case Route::misdirected: return http::status::misdirected_request;
        default: return http::status::ok;
    }
}

const char* type_of(Route route) {
    switch (route) {
        case Route::shell:
        case Route::report: return "text/html; charset=utf-8";
        case Route::script: return "text/javascript; charset=utf-8";
        case Route::style: return "text/css; charset=utf-8";
        case Route::state: return "application/json";
        default: return "text/plain; charset=utf-8";
    }
}

/// The report has a policy of its own inside; only the shell may frame it.
std::string policy_of(Route route) {
    if (route == Route::shell) return std::string{shell_policy()};
    return route == Route::report ? "frame-ancestors 'self'" : "default-src 'none'; frame-ancestors 'none'";
}

Body refusal(Route route) {
    const char* why = route == Route::not_found ? "There is no such page here.\n"
                      : route == Route::not_allowed
                          ? "Only GET is answered here.\n"
                          : "This page has another name; use the address portdrought printed.\n";
    return std::make_shared<const std::string>(why);
}

using Response = http::response<http::span_body<const char>>;

Response response(Route route, const std::string& body, bool keep_alive) {
    Response answer{status_of(route), 11};
    answer.set(http::field::content_type, type_of(route));
    answer.set(http::field::cache_control, "no-store");
    answer.set("Referrer-Policy", "no-referrer");
    answer.set("Content-Security-Policy", policy_of(route));
    answer.set("Cross-Origin-Resource-Policy", "same-origin");
    answer.set("X-Content-Type-Options", "nosniff");
    if (route == Route::not_allowed) answer.set(http::field::allow, "GET");
    answer.body() = {body.data(), body.size()};
    answer.keep_alive(keep_alive);
    answer.prepare_payload();
    return answer;
}

std::string_view view(beast::string_view text) { return {text.data(), text.size()}; }

class Session;

struct Shared {
    const Bodies& bodies;
    std::uint16_t port;
    std::list<Session*> sessions = {};  // in the order in which they began what they do now
};

/// One connection, until it is closed, says nothing for too long or takes too long to read.
class Session : public std::enable_shared_from_this<Session> {
public:
    Session(tcp::socket socket, Shared& shared) : stream_(std::move(socket)), shared_(shared) {
        shared_.sessions.push_back(this);
    }
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;
    ~Session() { shared_.sessions.remove(this); }

    bool is_waiting() const { return is_waiting_; }
    /// Ends soon after.
    void close() { stream_.close(); }

    void read() {
        begin(true);
        parser_.emplace();
        parser_->header_limit(most_header_bytes);
        parser_->body_limit(0);
        stream_.expires_after(patience);
        http::async_read(stream_, buffer_, *parser_, [self = shared_from_this()](beast::error_code error, std::size_t) {
            if (!error) self->answer(self->parser_->get());
        });
    }

private:
    void begin(bool waiting) {
        is_waiting_ = waiting;
        auto& all = shared_.sessions;
        all.splice(all.end(), all, std::ranges::find(all, this));
    }

    void answer(const http::request<http::empty_body>& request) {
        begin(false);
        const Route route = route_of(
            {view(request.method_string()), view(request.target()), view(request[http::field::host])}, shared_.port);
        const bool keep_alive = request.keep_alive() && status_of(route) == http::status::ok;
        body_ = status_of(route) == http::status::ok ? shared_.bodies(route) : refusal(route);
        response_ = response(route, *body_, keep_alive);
        stream_.expires_after(patience);
        http::async_write(stream_, response_,
                          [self = shared_from_this(), keep_alive](beast::error_code error, std::size_t) {
                              if (error) return;
                              if (keep_alive) return self->read();
                              beast::error_code ignored;
                              self->stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
                          });
    }

    beast::tcp_stream stream_;
    beast::flat_buffer buffer_{most_header_bytes};
    std::optional<http::request_parser<http::empty_body>> parser_;
    Response response_;
    Body body_;
    Shared& shared_;
    bool is_waiting_ = true;
};

void make_room(Shared& shared) {
    if (shared.sessions.size() < most_sessions) return;
    const auto waiting = std::ranges::find_if(shared.sessions, &Session::is_waiting);
    (waiting == shared.sessions.end() ? shared.sessions.front() : *waiting)->close();
}

struct Door {
    tcp::acceptor acceptor;
    asio::steady_timer pause;
    Shared& shared;
};

void accept_one(Door& door);

/// What cannot be accepted, as without a free descriptor, stays in the queue: trying again at once would never end.
void accept_later(Door& door) {
    door.pause.expires_after(pause_after_fault);
    door.pause.async_wait([&](beast::error_code error) {
        if (!error) accept_one(door);
    });
}

void accept_one(Door& door) {
    door.acceptor.async_accept([&](beast::error_code error, tcp::socket socket) {
        if (error == asio::error::operation_aborted) return;
        if (error) return accept_later(door);
        make_room(door.shared);
        std::make_shared<Session>(std::move(socket), door.shared)->read();
        accept_one(door);
    });
}

void read_next(asio::posix::stream_descriptor& input, asio::io_context& context,
               const std::function<bool()>& read_input) {
    input.async_wait(asio::posix::descriptor_base::wait_read, [&](beast::error_code error) {
        if (error || !read_input()) return context.stop();
        read_next(input, context, read_input);
    });
}

}  // namespace

Listening listen_at(const Endpoint& endpoint) {
    try {
        asio::io_context context{1};
        tcp::acceptor acceptor{context, tcp::endpoint{asio::ip::make_address(endpoint.address), endpoint.port}};
        Endpoint bound = endpoint;
        bound.port = acceptor.local_endpoint().port();
        return {os::FileDescriptor{acceptor.release()}, bound};
    } catch (const boost::system::system_error& error) {
        throw os::EnvironmentError(
            fmt::format("the page cannot be served at {}: {}; name another port, or 0 for any free one", endpoint.url(),
                        error.code().message()));
    }
}

void serve_until(Listening listening, const Bodies& bodies, int input, const std::function<bool()>& read_input) {
    Shared shared{bodies, listening.endpoint.port};  // outlives the sessions that the context still has at its end
    asio::io_context context{1};
    const tcp protocol = listening.endpoint.address.find(':') == std::string::npos ? tcp::v4() : tcp::v6();
    Door door{{context, protocol, listening.socket.release()}, asio::steady_timer{context}, shared};
    asio::posix::stream_descriptor pipe{context, input};
    accept_one(door);
    read_next(pipe, context, read_input);
    context.run();
    pipe.release();  // the caller's
}

}  // namespace portdrought::serve
