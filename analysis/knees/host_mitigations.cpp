#include <fmt/format.h>

#include <algorithm>

#include "analysis/knees/mitigation.hpp"
#include "analysis/text/numbers.hpp"

namespace portdrought::knees {
namespace {

using laws::Holding;
using scenario::Scenario;
using namespace std::chrono_literals;

constexpr std::uint32_t requests = 10, times = 4;
constexpr core::PortRange every_port{1024, 65535};

using Mitigations = std::vector<Mitigation>;

/// What it costs, in a sentence and in a few words.
struct Cost {
    std::string sentence, words;
};

Mitigation change(std::string name, std::vector<std::string> settings, Scenario scenario, std::string effect,
                  Cost cost) {
    Mitigation result;
    result.name = std::move(name);
    result.settings = std::move(settings);
    result.scenario = std::move(scenario);
    result.effect = std::move(effect);
    result.cost = std::move(cost.sentence);
    result.price = std::move(cost.words);
    return result;
}

bool waits(const Scenario& scenario) {
    const Holding holding = laws::predict(scenario).holding;
    return holding == Holding::time_wait || holding == Holding::bound_port || holding == Holding::reuse_delay;
}

void add_pool(Mitigations& all, Scenario s) {
    constexpr std::uint32_t size = 64;
    if (s.load.pool_size > 0) return;
    s.load.pool_size = size;
    Mitigation pool = change("pool", {fmt::format("load.pool_size={}", size)}, s,
                             "attempts use a connection that is open already, so they take no port",
                             {"must be as large as what is under way at once (rate x time of a request), or it opens "
                              "and closes as before; stale connections; responses have to be read to their end",
                              "stale connections, unread data"});
    pool.ends_limit = true;
    all.push_back(std::move(pool));
}

void add_server_closes(Mitigations& all, Scenario s) {
    if (s.load.closer == core::Closer::server || !waits(s)) return;
    s.load.closer = core::Closer::server;
    all.push_back(change("server closes first", {"load.closer=server"}, s,
                         "TIME_WAIT moves to the server, where a fresh SYN may take a pair over",
                         {"the server's memory and table; the protocol must let it close first, and it must read to "
                          "the end before it does",
                          "the server keeps TIME_WAIT"}));
}

void add_reset(Mitigations& all, Scenario s) {
    if (!waits(s)) return;
    s.load.linger = 0s;
    all.push_back(change("close by reset", {"load.linger=0s"}, s, "no TIME_WAIT at all: RST instead of FIN",
                         {"unsent data is thrown away and the peer sees its connection reset; no protection against "
                          "old duplicates. For aborts, never as a fix",
                          "loses data; for aborts only"}));
}

void add_reuse(Mitigations& all, Scenario s) {
    if (!scenario::is_linux(s.host) || laws::reuse_is_effective(s) || !waits(s)) return;
    std::vector<std::string> settings{"host.tw_reuse=on"};
    if (!s.host.timestamps) settings.emplace_back("host.timestamps=true");
    s.host.tw_reuse = scenario::TwReuse::on;
    s.host.timestamps = true;
    all.push_back(
        change("tw_reuse", settings, s,
               fmt::format("connect() takes a pair back after {}", text::seconds(s.host.tw_reuse_delay)),
               {"Linux only, needs TCP timestamps on both sides; a NAT or firewall on the way may still hold the old "
                "pair and drop the new SYN",
                "Linux; timestamps on both sides"}));
}

void add_wider_range(Mitigations& all, Scenario s) {
    if (s.host.ports == every_port || s.host.port_window) return;
    const std::uint64_t before = search_of(s.host).ports;
    std::string reserved = core::to_string(s.host.reserved_ports);
    for (std::uint32_t i = 0; i < s.host.destinations; ++i) {
        const auto port = static_cast<std::uint16_t>(s.server.port + i);
        if (!every_port.contains(port) || core::contains(s.host.reserved_ports, port)) continue;
        s.host.reserved_ports.push_back({port, port});
        reserved += fmt::format("{}{}", reserved.empty() ? "" : ",", port);
    }
    s.host.ports = every_port;
    std::vector<std::string> settings{"host.ports=1024-65535"};
    if (!reserved.empty()) settings.push_back("host.reserved_ports=" + reserved);
    all.push_back(
        change("wider range", settings, s,
               fmt::format("{} ports instead of {}", text::thousands(search_of(s.host).ports), text::thousands(before)),
               {"ports of the host's own listeners have to be reserved; a full range is longer to walk",
                "listeners' ports to be reserved"}));
}

void add_whole_range(Mitigations& all, Scenario s) {
    if (!s.host.port_window) return;
    const std::uint64_t before = search_of(s.host).ports;
    s.host.port_window.reset();
    all.push_back(
        change("no port window", {"host.port_window=off"}, s,
               fmt::format("{} ports instead of {}", text::thousands(search_of(s.host).ports), text::thousands(before)),
               {"the other programs of the host share them; past half of them connect() has to walk",
                "shared with other programs"}));
}

void add_destinations(Mitigations& all, Scenario s) {
    constexpr std::uint32_t most = 64;
    if (s.host.destinations * times > most) return;
    s.host.destinations *= times;
    const bool shared = scenario::bind_is_for_all(s.host);
    all.push_back(change(
        fmt::format("{} x destinations", times), {fmt::format("host.destinations={}", s.host.destinations)}, s,
        shared ? "nothing: bind() takes a port for all destinations" : "a port may be taken once per destination",
        {"more listeners or addresses at the server, and clients that spread over them",
         "more listeners at the server"}));
}

void add_keep_alive(Mitigations& all, Scenario s) {
    s.load.requests_per_connection *= requests;
    std::vector<std::string> settings{fmt::format("load.requests_per_connection={}", s.load.requests_per_connection)};
    // load.rate counts connections: the same requests need fewer of them.
    const auto lower = [&settings](std::optional<core::Rate>& rate, const char* key) {
        if (!rate) return;
        rate->per_second /= requests;
        settings.push_back(fmt::format("{}={:g}/s", key, rate->per_second));
    };
    lower(s.load.rate, "load.rate");
    lower(s.load.admission, "load.admission");
    Mitigation keep =
        change(fmt::format("keep-alive, {} requests", requests), settings, s,
               "a tenth of the connections for the same requests",
               {"load.rate counts connections, the table requests (req/s); connections that stay open may be "
                "closed by the peer or forgotten by a NAT while idle; one slow answer "
                "holds up those behind it",
                "idle connections get closed"});
    keep.attempts_per_connection = requests;
    all.push_back(std::move(keep));
}

/// Linux has no such setting, but a scenario may emulate a system that does.
bool has_delay_setting(const scenario::Host& host) { return !scenario::is_linux(host) || host.timed_wait_delay; }

void add_shorter_delay(Mitigations& all, Scenario s) {
    if (!has_delay_setting(s.host)) return;
    const Holding holding = laws::predict(s).holding;
    if (holding != Holding::time_wait && holding != Holding::bound_port) return;
    const core::Duration before = scenario::time_wait_length(s);
    const core::Duration after = before > 30s ? core::Duration{30s} : before / 2;
    s.host.timed_wait_delay = after;
    all.push_back(change("shorter TIME_WAIT", {fmt::format("host.timed_wait_delay={:g}s", core::seconds(after))}, s,
                         fmt::format("{} instead of {}", text::seconds(after), text::seconds(before)),
                         {"a setting of Windows (TcpTimedWaitDelay), macOS and BSD (msl) and illumos; Linux has none. "
                          "Below 2 x MSL, 240 s, "
                          "old duplicates are no longer kept apart from new connections (RFC 9293 3.6.1)",
                          "meets old duplicates"}));
}

void add_own_choice(Mitigations& all, Scenario s) {
    if (!forecast(s).cliff.per_s) return;
    s.host.port_choice = scenario::PortChoice::sequential;
    all.push_back(change("program chooses ports", {"host.port_choice=sequential"}, s,
                         "no latency cliff; the ports are as few as before",
                         {"the program has to keep book of its ports (IP_LOCAL_PORT_RANGE, Linux 6.3)",
                          "ends the walks; a book of ports"}));
}

}  // namespace

Mitigations host_mitigations(const Scenario& scenario) {
    Mitigations all;
    for (const auto add : {add_pool, add_server_closes, add_reset, add_reuse, add_wider_range, add_whole_range,
                           add_destinations, add_keep_alive, add_shorter_delay, add_own_choice})
        add(all, scenario);
    return all;
}

}  // namespace portdrought::knees
