// A client of the live page that can also behave badly: plain sockets.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>

#include "os/file_descriptor.hpp"

namespace portdrought::serve {

class Client {
public:
    explicit Client(std::uint16_t port, int receive_buffer = 0) {
        if (receive_buffer > 0) ::setsockopt(fd_.get(), SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const timeval limit{5, 0};
        ::setsockopt(fd_.get(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        is_connected_ = ::connect(fd_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    }

    bool is_connected() const { return is_connected_; }
    void send(const std::string& text) { (void)::send(fd_.get(), text.data(), text.size(), MSG_NOSIGNAL); }
    /// The next bytes; fewer at the end of the connection or after 5 s.
    std::string read(std::size_t most) {
        std::string text(most, '\0');
        const ssize_t got = ::recv(fd_.get(), text.data(), most, MSG_WAITALL);
        text.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
        return text;
    }
    /// Up to the end of the connection.
    std::string read_all() {
        std::string text;
        char bytes[4096];
        for (ssize_t got = 0; (got = ::recv(fd_.get(), bytes, sizeof bytes, 0)) > 0;)
            text.append(bytes, static_cast<std::size_t>(got));
        return text;
    }

private:
    os::FileDescriptor fd_{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    bool is_connected_ = false;
};

inline std::string get(std::uint16_t port, const std::string& path, const std::string& more = "",
                       const std::string& host = "") {
    Client client(port);
    client.send("GET " + path + " HTTP/1.1\r\nHost: " + (host.empty() ? "127.0.0.1:" + std::to_string(port) : host) +
                "\r\nConnection: close\r\n" + more + "\r\n");
    return client.read_all();
}

}  // namespace portdrought::serve
