// Where a live page is served: this machine's own loopback and nowhere else. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace portdrought::serve {

struct Endpoint {
    std::string address = "127.0.0.1";  // or "::1"
    std::uint16_t port = 0;             // 0: any that is free
    /// "http://127.0.0.1:8080/"
    std::string url() const;
    friend bool operator==(const Endpoint&, const Endpoint&) = default;
};

/// Either an endpoint, or a sentence saying why there is none and what to write instead.
struct ReadEndpoint {
    std::optional<Endpoint> endpoint;
    std::string problem;
};

/// "127.0.0.1:8080", "localhost:8080" or "[::1]:8080".
ReadEndpoint read_endpoint(std::string_view text);

}  // namespace portdrought::serve
