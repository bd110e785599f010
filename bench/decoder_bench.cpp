// The part of a census that is ours: decoding one datagram of a dump and counting its entries, on bytes made here in
// the kernel's layout. Items are entries.
#include <benchmark/benchmark.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cstring>
#include <vector>

#include "probe/census_count.hpp"
#include "probe/sock_diag_decoder.hpp"

namespace portdrought::probe {
namespace {

constexpr std::uint16_t server_port = 7000;
constexpr std::size_t datagram_bytes = 32'768;  // what the kernel fills per receive

struct Message {
    nlmsghdr header{};
    inet_diag_msg entry{};
};

Message time_wait(std::uint16_t port) {
    Message message;
    message.header.nlmsg_len = sizeof message;
    message.header.nlmsg_type = SOCK_DIAG_BY_FAMILY;
    message.header.nlmsg_flags = NLM_F_MULTI;
    message.entry.idiag_family = AF_INET;
    message.entry.idiag_state = static_cast<std::uint8_t>(TcpState::time_wait);
    message.entry.idiag_timer = 3;
    message.entry.idiag_expires = port;
    message.entry.id.idiag_sport = htons(port);
    message.entry.id.idiag_dport = htons(server_port);
    message.entry.id.idiag_src[0] = message.entry.id.idiag_dst[0] = htonl(INADDR_LOOPBACK);
    return message;
}

std::vector<std::byte> datagram() {
    std::vector<std::byte> bytes;
    for (std::uint16_t port = 32768; bytes.size() + sizeof(Message) <= datagram_bytes; ++port) {
        const Message message = time_wait(port);
        const auto* begin = reinterpret_cast<const std::byte*>(&message);
        bytes.insert(bytes.end(), begin, begin + sizeof message);
    }
    return bytes;
}

void decoder(benchmark::State& state) {
    const auto bytes = datagram();
    std::size_t entries = 0;
    for (auto _ : state) {
        entries = 0;
        decode(bytes, [&](const SocketEntry& entry) {
            benchmark::DoNotOptimize(entry.tuple);
            ++entries;
        });
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(entries));
}
BENCHMARK(decoder);

void decoder_and_count(benchmark::State& state) {
    const auto bytes = datagram();
    CensusQuestion question;
    question.servers = {{INADDR_LOOPBACK, 1, {server_port, server_port}}};
    question.capacity = question.ports.size();
    std::size_t entries = 0;
    for (auto _ : state) {
        CensusCounter counter(question);
        decode(bytes, [&](const SocketEntry& entry) { counter.add(entry); });
        entries = counter.finish().entries;
    }
    if (entries == 0) state.SkipWithError("nothing was counted");
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(entries));
}
BENCHMARK(decoder_and_count);

}  // namespace
}  // namespace portdrought::probe
