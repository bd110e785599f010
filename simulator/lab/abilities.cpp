#include "lab/abilities.hpp"

#include <libmnl/libmnl.h>
#include <linux/sock_diag.h>

#include <array>
#include <cerrno>
#include <functional>
#include <span>

#include "lab/sysctl.hpp"
#include "os/net/destroy_batch.hpp"
#include "os/net/interface_address.hpp"
#include "os/net/loopback_pair.hpp"
#include "os/net/raw_tcp.hpp"
#include "os/net/socket_cookie.hpp"
#include "os/system_error.hpp"

namespace portdrought::lab {

namespace {

constexpr const char* ipv6_is_off = "net.ipv6.conf.lo.disable_ipv6";

int error_of(const std::function<int()>& attempt) {
    try {
        return attempt();
    } catch (const os::SystemError& failure) {
        return failure.error();
    }
}

int error_in_reply(std::span<const std::byte> reply) {
    const auto* message = reinterpret_cast<const nlmsghdr*>(reply.data());
    if (!mnl_nlmsg_ok(message, static_cast<int>(reply.size()))) return EBADMSG;
    if (message->nlmsg_type != NLMSG_ERROR) return 0;
    return -static_cast<const nlmsgerr*>(mnl_nlmsg_get_payload(message))->error;
}

int dump_once() {
    os::SockDiagSocket socket;
    const os::SockDiagRequest request = os::sock_diag_request(SOCK_DIAG_BY_FAMILY, NLM_F_DUMP);
    socket.send(std::as_bytes(std::span(&request, 1)));
    alignas(nlmsghdr) std::array<std::byte, 65536> reply;
    const std::size_t length = socket.receive(reply);
    return error_in_reply(std::span(reply).first(length));
}

int destroy_once() {
    const os::FileDescriptor listener = os::listen_on_loopback();
    os::LoopbackPair pair = os::connect_to(listener);
    os::DestroyBatch batch;
    batch.add(pair.tuple, os::socket_cookie(pair.client.get()));
    pair.client.reset();
    pair.server.reset();
    os::SockDiagSocket socket;
    batch.send(socket);
    batch.read_errors(socket);
    return batch.error(0);
}

int window_once() {
    const os::FileDescriptor socket = os::listen_on_loopback();
    return os::set_port_window(socket.get(), 40000, 40001);
}

int listen_on_ipv6_once() {
    const os::Address address = core::address_from("fd00::1").value();
    // A new network takes over the host's settings, so IPv6 may be off in it.
    if (read_sysctl(ipv6_is_off)) write_sysctl(ipv6_is_off, "0");
    os::add_addresses("lo", std::span(&address, 1));
    os::listen_on_loopback(address);
    return 0;
}

int raw_socket_once() {
    os::open_raw_sender();
    return 0;
}

}  // namespace

int try_socket_dump() { return error_of(dump_once); }

int try_destroy() { return error_of(destroy_once); }

int try_ipv6() { return error_of(listen_on_ipv6_once); }

int try_port_window() { return error_of(window_once); }

int try_raw_socket() { return error_of(raw_socket_once); }

}  // namespace portdrought::lab
