#include "analysis/report/listing_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "analysis/text/numbers.hpp"
#include "scenario/addresses.hpp"

namespace portdrought::report {
namespace {

using record::Connection;
using record::Listing;
using scenario::Scenario;
using text::display_width;
using text::pad_right;

std::optional<std::uint16_t> port_of(std::string_view endpoint) {
    const std::size_t colon = endpoint.rfind(':');
    if (colon == std::string_view::npos) return std::nullopt;
    std::uint16_t port = 0;
    const char* end = endpoint.data() + endpoint.size();
    const auto result = std::from_chars(endpoint.data() + colon + 1, end, port);
    return result.ec == std::errc{} && result.ptr == end ? std::optional{port} : std::nullopt;
}

bool is_served(const Scenario& scenario, std::optional<std::uint16_t> port) {
    const std::uint32_t first = scenario.server.port;
    return port && *port >= first && *port < first + scenario.host.destinations;
}

struct Sides {
    std::size_t server = 0, client = 0, other = 0;  // TIME_WAIT rows by the side that holds them
};

Sides sides_of(const Listing& listing, const Scenario& scenario) {
    Sides sides;
    for (const Connection& row : listing.rows) {
        if (row.state != "TIME_WAIT") continue;
        if (is_served(scenario, port_of(row.local)))
            ++sides.server;
        else if (is_served(scenario, port_of(row.remote)))
            ++sides.client;
        else
            ++sides.other;
    }
    return sides;
}

std::string pid_of(const Connection& row) { return row.inode == 0 ? "0" : "-"; }

std::string rows_text(const Listing& listing, std::size_t shown) {
    std::size_t local = 13, remote = 15, state = 9;
    for (std::size_t i = 0; i < shown; ++i) {
        local = std::max(local, display_width(listing.rows[i].local));
        remote = std::max(remote, display_width(listing.rows[i].remote));
        state = std::max(state, display_width(listing.rows[i].state));
    }
    const auto line = [&](const char* proto, const std::string& from, const std::string& to, const std::string& in,
                          const std::string& pid) {
        return fmt::format("  {}  {}  {}  {}  {}\n", pad_right(proto, 5), pad_right(from, local + 2),
                           pad_right(to, remote + 2), pad_right(in, state + 2), pid);
    };
    std::string result = line("Proto", "Local Address", "Foreign Address", "State", "PID");
    for (std::size_t i = 0; i < shown; ++i) {
        const Connection& row = listing.rows[i];
        result += line("TCP", row.local, row.remote, row.state, pid_of(row));
    }
    return result;
}

std::string ownerless(const Listing& listing) {
    const auto owned = std::ranges::count_if(listing.rows, [](const Connection& row) { return row.inode != 0; });
    if (listing.rows.empty()) return "There was no connection to list.";
    if (static_cast<std::size_t>(owned) == listing.rows.size())
        return "Every pair still belongs to a program (PID -: the one under test).";
    std::string text =
        "PID 0 is not a program: nobody owns these pairs any more (inode 0 in the kernel's table); the kernel alone "
        "keeps them.";
    if (owned > 0) text += " The rows with PID - still belong to the program under test.";
    return text;
}

std::string who_closed(const Listing& listing, const Scenario& scenario) {
    const Sides sides = sides_of(listing, scenario);
    const std::string wait =
        fmt::format("so it waits out 2 x MSL, here {}", text::seconds(scenario::time_wait_length(scenario)));
    if (sides.server > 0 && sides.client == 0 && sides.other == 0)
        return scenario::destination_count(scenario.host) > 1
                   ? fmt::format("The server's side closed first, {}.", wait)
                   : fmt::format("The side on port {} closed first, {}.", scenario.server.port, wait);
    if (sides.client > 0 && sides.server == 0)
        return fmt::format("The connecting side closed first, {}: each row takes one of its ports towards that server.",
                           wait);
    if (sides.client > 0 && sides.server > 0 && scenario.load.closer == core::Closer::both)
        return fmt::format("Both sides closed at the same time, so each of them waits out 2 x MSL, here {}.",
                           text::seconds(scenario::time_wait_length(scenario)));
    if (sides.client > 0 && sides.server > 0) return "Both sides hold rows: each keeps the pairs it closed first.";
    return {};
}

/// The ports that were chosen, in the order of the rows.
std::vector<std::uint16_t> chosen_ports(const Listing& listing, const Scenario& scenario) {
    std::vector<std::uint16_t> ports;
    for (const Connection& row : listing.rows) {
        const auto local = port_of(row.local), remote = port_of(row.remote);
        if (is_served(scenario, local) && remote) ports.push_back(*remote);
        if (is_served(scenario, remote) && local) ports.push_back(*local);
    }
    return ports;
}

bool rises_in_twos(const std::vector<std::uint16_t>& ports) {
    std::size_t twos = 0;
    for (std::size_t i = 1; i < ports.size(); ++i) twos += ports[i] == ports[i - 1] + 2 ? 1U : 0U;
    return ports.size() >= 3 && twos * 10 >= (ports.size() - 1) * 8;
}

std::string why_twos(const Listing& listing, const Scenario& scenario) {
    if (!rises_in_twos(chosen_ports(listing, scenario))) return {};
    if (scenario.server.kind == scenario::ServerKind::relay)
        return "Every second port is missing because the relay's own outbound connection took it.";
    if (scenario.host.port_choice == scenario::PortChoice::kernel)
        return "Every second port is missing because the kernel's connect() uses up one parity before the other.";
    return {};
}

}  // namespace

std::string render_listing(const Listing& listing, const Scenario& scenario, const text::TextStyle& style,
                           std::size_t most_rows) {
    const std::size_t shown = std::min(most_rows, listing.rows.size());
    std::string result = rows_text(listing, shown);
    if (listing.rows_total > shown)
        result += fmt::format("  …      {} more {}\n", text::thousands(listing.rows_total - shown),
                              listing.rows_total - shown == 1 ? "row" : "rows");
    std::string words = ownerless(listing);
    for (const std::string& sentence : {who_closed(listing, scenario), why_twos(listing, scenario)})
        if (!sentence.empty()) words += ' ' + sentence;
    result += text::paragraph(words, 2, std::min(style.width, text::prose_width));
    return text::finish(std::move(result), style);
}

}  // namespace portdrought::report
