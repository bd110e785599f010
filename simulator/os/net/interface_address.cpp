#include "os/net/interface_address.hpp"

#include <libmnl/libmnl.h>
#include <linux/if_addr.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <memory>
#include <thread>

#include "os/file_descriptor.hpp"
#include "os/net/socket_address.hpp"
#include "os/system_error.hpp"

namespace portdrought::os {

namespace {

constexpr std::uint8_t whole_address = 128;  // bits of the prefix
constexpr std::chrono::seconds longest_wait{5};

struct Close {
    void operator()(mnl_socket* socket) const { mnl_socket_close(socket); }
};
using RouteSocket = std::unique_ptr<mnl_socket, Close>;

RouteSocket open_route_socket() {
    RouteSocket socket(mnl_socket_open2(NETLINK_ROUTE, SOCK_CLOEXEC));
    if (!socket) throw SystemError("open an rtnetlink socket", errno);
    check("bind the rtnetlink socket", mnl_socket_bind(socket.get(), 0, MNL_SOCKET_AUTOPID));
    return socket;
}

/// 0, or the errno of the kernel's answer.
int add_address(mnl_socket* socket, unsigned interface_index, const core::Address& address) {
    alignas(nlmsghdr) std::array<char, 4096> buffer{};
    nlmsghdr* const request = mnl_nlmsg_put_header(buffer.data());
    request->nlmsg_type = RTM_NEWADDR;
    request->nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL;
    auto* const body = static_cast<ifaddrmsg*>(mnl_nlmsg_put_extra_header(request, sizeof(ifaddrmsg)));
    body->ifa_family = AF_INET6;
    body->ifa_prefixlen = whole_address;
    body->ifa_flags = IFA_F_NODAD;  // nobody else can have it
    body->ifa_index = interface_index;
    const core::Address::Bytes bytes = address.bytes();
    mnl_attr_put(request, IFA_LOCAL, bytes.size(), bytes.data());
    check("send an rtnetlink request", static_cast<int>(mnl_socket_sendto(socket, request, request->nlmsg_len)));
    const ssize_t length = mnl_socket_recvfrom(socket, buffer.data(), buffer.size());
    check("read the rtnetlink answer", static_cast<int>(length));
    const auto* answer = reinterpret_cast<const nlmsghdr*>(buffer.data());
    if (!mnl_nlmsg_ok(answer, static_cast<int>(length)) || answer->nlmsg_type != NLMSG_ERROR) return EBADMSG;
    return -static_cast<const nlmsgerr*>(mnl_nlmsg_get_payload(answer))->error;
}

// A datagram to oneself comes back before send() returns. A route alone says little: at first there is one that leads
// to lo without making the address a local one, and what is sent along it is dropped.
bool is_usable(const core::Address& address) {
    const FileDescriptor socket(check("open a UDP socket", ::socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0)));
    const SocketAddress any_port({address, 0});
    if (::bind(socket.get(), any_port.get(), any_port.size()) != 0) return false;
    const SocketAddress own(local_endpoint(socket.get()));
    char byte = 0;
    return ::connect(socket.get(), own.get(), own.size()) == 0 && ::send(socket.get(), &byte, 1, MSG_NOSIGNAL) == 1 &&
           ::recv(socket.get(), &byte, 1, MSG_DONTWAIT) == 1;
}

// The kernel answers first and makes the address local later, in a work queue (net/ipv6/addrconf.c,
// addrconf_dad_completed()).
void wait_until_usable(const core::Address& address) {
    const auto give_up = std::chrono::steady_clock::now() + longest_wait;
    while (!is_usable(address)) {
        if (std::chrono::steady_clock::now() > give_up)
            throw SystemError("wait for address " + core::to_string(address) + " to be usable", ETIMEDOUT);
        std::this_thread::sleep_for(std::chrono::milliseconds{1});
    }
}

}  // namespace

void add_addresses(const std::string& interface, std::span<const core::Address> ipv6) {
    const unsigned index = ::if_nametoindex(interface.c_str());
    if (index == 0) throw SystemError("find interface " + interface, errno);
    const RouteSocket socket = open_route_socket();
    for (const core::Address& address : ipv6) {
        const int error = add_address(socket.get(), index, address);
        if (error != 0 && error != EEXIST)
            throw SystemError("add address " + core::to_string(address) + " to " + interface, error);
    }
    for (const core::Address& address : ipv6) wait_until_usable(address);
}

}  // namespace portdrought::os
