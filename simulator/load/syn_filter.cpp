#include "load/syn_filter.hpp"

#include <linux/filter.h>
#include <sys/socket.h>

#include <array>
#include <cstdint>

#include "os/system_error.hpp"

namespace portdrought::load {
namespace {

constexpr std::uint32_t flags_offset = 13;  // RFC 9293 3.1; a filter on a TCP socket sees the TCP header first
constexpr std::uint32_t syn = 0x02, ack = 0x10;
constexpr std::uint32_t random_number = static_cast<std::uint32_t>(SKF_AD_OFF + SKF_AD_RANDOM);
constexpr std::uint32_t drop = 0, keep_all = 0xffffffff;

sock_filter statement(int code, std::uint32_t k) { return {static_cast<std::uint16_t>(code), 0, 0, k}; }
sock_filter jump(int code, std::uint32_t k, std::uint8_t if_true, std::uint8_t if_false) {
    return {static_cast<std::uint16_t>(BPF_JMP | BPF_K | code), if_true, if_false, k};
}

}  // namespace

void drop_syns(int listener, double share) {
    // All but one in 2^32 where the share is 1.
    const auto dropped_below = static_cast<std::uint32_t>(share * 4294967295.0);
    std::array program{
        statement(BPF_LD | BPF_B | BPF_ABS, flags_offset),
        statement(BPF_ALU | BPF_AND | BPF_K, syn | ack),
        jump(BPF_JEQ, syn, 0, 3),  // connections inherit the filter, but no SYN without ACK comes to them
        statement(BPF_LD | BPF_W | BPF_ABS, random_number),
        jump(BPF_JGE, dropped_below, 1, 0),
        statement(BPF_RET | BPF_K, drop),
        statement(BPF_RET | BPF_K, keep_all),
    };
    const sock_fprog filter{static_cast<std::uint16_t>(program.size()), program.data()};
    os::check("drop SYNs at the listener",
              ::setsockopt(listener, SOL_SOCKET, SO_ATTACH_FILTER, &filter, sizeof filter));
}

}  // namespace portdrought::load
