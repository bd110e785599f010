#include "probe/time_wait_dump.hpp"

#include <linux/sock_diag.h>
#include <sys/socket.h>

#include <cerrno>
#include <span>
#include <stdexcept>

#include "os/net/destroy_batch.hpp"
#include "os/system_error.hpp"

namespace portdrought::probe {

namespace {

constexpr std::size_t buffer_bytes = 65536;  // the kernel fills datagrams up to 32 KB when it sees room

}  // namespace

TimeWaitDump::TimeWaitDump() : buffer_(buffer_bytes) {}

const std::vector<SocketEntry>& TimeWaitDump::take() {
    entries_.clear();
    // A listener for both families leaves IPv4 pairs behind that are listed as IPv6 alone.
    for (const int family : {AF_INET, AF_INET6}) dump(family);
    return entries_;
}

void TimeWaitDump::dump(int family) {
    using Status = DecodeResult::Status;
    os::SockDiagRequest request = os::sock_diag_request(SOCK_DIAG_BY_FAMILY, NLM_F_DUMP, family);
    request.header.nlmsg_seq = ++sequence_;
    request.body.idiag_states = 1U << static_cast<unsigned>(TcpState::time_wait);
    socket_.send(std::as_bytes(std::span(&request, 1)));
    for (Status status = Status::more; status == Status::more;) {
        const std::size_t length = socket_.receive(buffer_);
        // The kernel hands out parked FIN_WAIT_2 entries too when it is asked for TIME_WAIT.
        const DecodeResult result = decode(std::span(buffer_).first(length), [&](const SocketEntry& entry) {
            if (entry.state == TcpState::time_wait) entries_.push_back(entry);
        });
        if (result.status == Status::failed && family == AF_INET6 && result.error == ENOENT) return;  // no IPv6 here
        if (result.status == Status::failed) throw os::SystemError("list the TIME_WAIT of this network", result.error);
        if (result.status == Status::malformed) throw std::runtime_error("the kernel's list of sockets is malformed");
        status = result.status;
    }
}

}  // namespace portdrought::probe
