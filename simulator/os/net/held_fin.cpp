#include "os/net/held_fin.hpp"

#include <linux/sockios.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include "os/system_error.hpp"

namespace portdrought::os {

namespace {

constexpr const char* attempt = "hold back a FIN (TCP_REPAIR_WINDOW)";
constexpr int repair_window = 29;                    // TCP_REPAIR_WINDOW; not in the headers of Debian 12
constexpr int repair_on = 1, repair_off_quiet = -1;  // off without a window probe

template <class Value>
void set(int fd, int level, int option, const Value& value) {
    check(attempt, ::setsockopt(fd, level, option, &value, sizeof value));
}

}  // namespace

bool has_sent_all(int fd) {
    int unsent = 0;
    return ::ioctl(fd, SIOCOUTQNSD, &unsent) < 0 || unsent == 0;  // a socket without a connection has nothing to send
}

void hold_back_fin(int fd) {
    int reuse = 0;
    socklen_t length = sizeof reuse;
    check(attempt, ::getsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &reuse, &length));
    set(fd, IPPROTO_TCP, TCP_REPAIR, repair_on);
    ::tcp_repair_window window{};
    length = sizeof window;
    check(attempt, ::getsockopt(fd, IPPROTO_TCP, repair_window, &window, &length));
    window.snd_wnd = 0;
    set(fd, IPPROTO_TCP, repair_window, window);
    set(fd, IPPROTO_TCP, TCP_REPAIR, repair_off_quiet);
    if (reuse != 0) set(fd, SOL_SOCKET, SO_REUSEADDR, reuse);  // leaving repair mode has cleared it
}

}  // namespace portdrought::os
