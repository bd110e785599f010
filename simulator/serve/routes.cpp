#include "serve/routes.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace portdrought::serve {
namespace {

constexpr std::uint16_t default_port = 80;  // browsers leave it out

bool is_ours(std::string_view host, std::uint16_t port) {
    std::string lower{host};
    std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    const std::string behind = ':' + std::to_string(port);
    const auto is = [&](const std::string& name) {
        return lower == name + behind || (port == default_port && lower == name);
    };
    return is("127.0.0.1") || is("localhost") || is("[::1]");
}

}  // namespace

Route route_of(const Request& request, std::uint16_t port) {
    static constexpr std::array<std::pair<std::string_view, Route>, 5> routes{{{"/", Route::shell},
                                                                               {"/live.js", Route::script},
                                                                               {"/live.css", Route::style},
                                                                               {"/report", Route::report},
                                                                               {"/state", Route::state}}};
    if (!is_ours(request.host, port)) return Route::misdirected;
    if (request.method != "GET") return Route::not_allowed;
    const std::string_view path = request.target.substr(0, request.target.find('?'));
    const auto* found = std::ranges::find(routes, path, &std::pair<std::string_view, Route>::first);
    return found == routes.end() ? Route::not_found : found->second;
}

}  // namespace portdrought::serve
