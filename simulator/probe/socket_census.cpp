#include "probe/socket_census.hpp"

#include <linux/sock_diag.h>

#include <span>
#include <stdexcept>

#include "os/clock.hpp"
#include "os/net/destroy_batch.hpp"
#include "os/net/socket_address.hpp"
#include "os/system_error.hpp"

namespace portdrought::probe {

namespace {

// The kernel fills datagrams up to 32 KB when it sees room; a buffer smaller than an earlier one would cut them.
constexpr std::size_t buffer_bytes = 65536;

// Bits 1 (ESTABLISHED) to 12 (NEW_SYN_RECV) without 10 (LISTEN): bound sockets that never connected stay out.
constexpr std::uint32_t every_connection = 0x1ffeU & ~(1U << 10U);

int family_of(const CensusQuestion& question) {
    return question.servers.empty() ? AF_INET : os::family_of(question.servers.front().first);
}

}  // namespace

SocketCensus::SocketCensus() : buffer_(buffer_bytes) {}

void SocketCensus::request_dump(int family) {
    os::SockDiagRequest request = os::sock_diag_request(SOCK_DIAG_BY_FAMILY, NLM_F_DUMP, family);
    request.header.nlmsg_seq = ++sequence_;
    request.body.idiag_states = every_connection;
    socket_.send(std::as_bytes(std::span(&request, 1)));
}

CensusCount SocketCensus::take(const CensusQuestion& question) {
    using Status = DecodeResult::Status;
    const auto cpu_before = os::thread_cpu_time();
    CensusCounter counter(question);
    bool interrupted = false;
    request_dump(family_of(question));
    for (Status status = Status::more; status == Status::more;) {
        const std::size_t length = socket_.receive(buffer_);
        const DecodeResult result =
            decode(std::span(buffer_).first(length), [&](const auto& entry) { counter.add(entry); });
        if (result.status == Status::failed) throw os::SystemError("list the sockets of this network", result.error);
        if (result.status == Status::malformed) throw std::runtime_error("the kernel's list of sockets is malformed");
        interrupted = interrupted || result.interrupted;
        status = result.status;
    }
    CensusCount count = counter.finish();
    count.interrupted = interrupted;
    count.cpu = os::thread_cpu_time() - cpu_before;
    return count;
}

}  // namespace portdrought::probe
