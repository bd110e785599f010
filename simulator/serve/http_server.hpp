// A small HTTP server on one socket of the loopback, in one thread: GET only, bounded in connections, header bytes and
// time. When all connections are taken, who comes takes the place of the one that has waited longest for a request, or
// is longest in being answered. The one file that knows Boost.Beast is http_server.cpp.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "os/file_descriptor.hpp"
#include "serve/endpoint.hpp"
#include "serve/routes.hpp"

namespace portdrought::serve {

struct Listening {
    os::FileDescriptor socket;
    Endpoint endpoint;  // with the port that was free
};

/// Throws os::EnvironmentError naming the address, with what to do.
Listening listen_at(const Endpoint& endpoint);

/// The body of an answer, which stays as it is while it is sent.
using Body = std::shared_ptr<const std::string>;
/// Asked for shell, script, style, report and state.
using Bodies = std::function<Body(Route)>;

/// Answers requests until `read_input` returns false; it is called whenever `input` has something to read.
void serve_until(Listening listening, const Bodies& bodies, int input, const std::function<bool()>& read_input);

}  // namespace portdrought::serve
