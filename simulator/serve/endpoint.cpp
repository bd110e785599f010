#include "serve/endpoint.hpp"

#include <fmt/format.h>

#include <charconv>

namespace portdrought::serve {
namespace {

std::optional<std::uint16_t> read_port(std::string_view text) {
    std::uint16_t port = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), port);
    if (text.empty() || read.ec != std::errc{} || read.ptr != text.data() + text.size()) return std::nullopt;
    return port;
}

ReadEndpoint refused(std::string_view text, std::string_view why) {
    return {{},
            fmt::format("\"{}\" {}; write for example 127.0.0.1:8080, or 127.0.0.1:0 for any free port", text, why)};
}

}  // namespace

std::string Endpoint::url() const {
    const bool is_ipv6 = address.find(':') != address.npos;
    return fmt::format("http://{}:{}/", is_ipv6 ? '[' + address + ']' : address, port);
}

ReadEndpoint read_endpoint(std::string_view text) {
    const std::size_t colon = text.rfind(':');
    const std::string_view host = text.substr(0, colon);
    if (colon == text.npos || colon == 0 || (host.find(':') != host.npos && !host.starts_with('[')))
        return refused(text, "is no address with a port");
    const auto port = read_port(text.substr(colon + 1));
    if (!port) return refused(text, "has no port from 0 to 65535");
    if (host == "127.0.0.1" || host == "localhost") return {Endpoint{"127.0.0.1", *port}, {}};
    if (host == "[::1]") return {Endpoint{"::1", *port}, {}};
    return refused(text, "is not this machine's loopback, and a page is served to nobody else");
}

}  // namespace portdrought::serve
