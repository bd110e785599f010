#include "core/outcome.hpp"

#include <algorithm>
#include <cerrno>

namespace portdrought::core {
namespace {

constexpr std::array<std::string_view, outcome_count> outcome_names{
    "ok",        "no_port_connect", "no_port_bind",    "refused", "reset",      "timeout", "fd_limit",
    "no_memory", "cut_short",       "refused_locally", "late",    "unfinished", "other"};

constexpr std::array<std::string_view, call_count> call_names{"socket",  "bind",   "connect", "send",
                                                              "receive", "accept", "close"};

}  // namespace

std::string_view name(Outcome outcome) { return outcome_names[static_cast<std::size_t>(outcome)]; }

std::optional<Outcome> outcome_from_name(std::string_view name) {
    const auto* found = std::ranges::find(outcome_names, name);
    if (found == outcome_names.end()) return std::nullopt;
    return static_cast<Outcome>(found - outcome_names.begin());
}

std::string_view name(Call call) { return call_names[static_cast<std::size_t>(call)]; }

Outcome outcome_of(Call call, int error) {
    switch (error) {
        case EADDRNOTAVAIL:
            if (call == Call::connect) return Outcome::no_port_connect;
            return call == Call::bind ? Outcome::no_port_bind : Outcome::other;
        case EADDRINUSE: return call == Call::bind ? Outcome::no_port_bind : Outcome::other;
        case ECONNREFUSED: return Outcome::refused;
        case ECONNRESET:
        case EPIPE: return Outcome::reset;
        case ETIMEDOUT: return Outcome::timeout;
        case EMFILE:
        case ENFILE: return Outcome::fd_limit;
        case ENOBUFS:
        case ENOMEM: return Outcome::no_memory;
        default: return Outcome::other;
    }
}

OutcomeCounts& OutcomeCounts::operator+=(const OutcomeCounts& other) {
    for (std::size_t i = 0; i < outcome_count; ++i) counts[i] += other.counts[i];
    return *this;
}

}  // namespace portdrought::core
