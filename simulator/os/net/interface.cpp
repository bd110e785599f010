#include "os/net/interface.hpp"

#include <net/if.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <cerrno>

#include "os/file_descriptor.hpp"
#include "os/system_error.hpp"

namespace portdrought::os {

namespace {

ifreq request_for(const std::string& interface) {
    ifreq request{};
    if (interface.size() >= IFNAMSIZ) throw SystemError("name interface " + interface, ENODEV);
    interface.copy(request.ifr_name, IFNAMSIZ - 1);
    return request;
}

FileDescriptor any_socket() {
    return FileDescriptor(
        check("open a socket to ask about interfaces", ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)));
}

void read_flags(int socket, const std::string& interface, ifreq& request) {
    check("read the flags of interface " + interface, ::ioctl(socket, SIOCGIFFLAGS, &request));
}

}  // namespace

void bring_up(const std::string& interface) {
    const FileDescriptor socket = any_socket();
    ifreq request = request_for(interface);
    read_flags(socket.get(), interface, request);
    request.ifr_flags = static_cast<short>(request.ifr_flags | IFF_UP);
    check("bring interface " + interface + " up", ::ioctl(socket.get(), SIOCSIFFLAGS, &request));
}

bool is_up(const std::string& interface) {
    const FileDescriptor socket = any_socket();
    ifreq request = request_for(interface);
    read_flags(socket.get(), interface, request);
    return (request.ifr_flags & IFF_UP) != 0;
}

}  // namespace portdrought::os
