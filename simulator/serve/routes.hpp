// What a request is answered with, from its first lines alone. Pure; knows no HTTP library.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace portdrought::serve {

struct Request {
    std::string_view method;  // "GET"
    std::string_view target;  // "/state?v=3"
    std::string_view host;    // the Host header; empty without one
};

enum class Route : std::uint8_t {
    shell,   // the page that looks after the report
    script,  // its script and its style
    style,
    report,       // the report as of now
    state,        // how far everything is, as JSON
    not_found,    // 404
    not_allowed,  // 405: only GET
    misdirected   // 421: asked for by another name, as a page of another site does whose name was bound to this machine
};

Route route_of(const Request& request, std::uint16_t port);

}  // namespace portdrought::serve
