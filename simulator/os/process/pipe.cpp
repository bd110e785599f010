#include "os/process/pipe.hpp"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <stdexcept>

#include "os/system_error.hpp"

namespace portdrought::os {

namespace {

struct Header {
    std::uint32_t type, length;
};

std::string to_frame(std::uint32_t type, std::string_view bytes) {
    if (bytes.size() > max_frame_bytes) throw std::length_error("a frame is too long for a pipe");
    const Header header{type, static_cast<std::uint32_t>(bytes.size())};
    std::string message(sizeof header, '\0');
    std::memcpy(message.data(), &header, sizeof header);
    return message.append(bytes);
}

void write_all(int fd, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(fd, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) throw SystemError("write to a pipe", errno);
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
}

bool becomes_readable(int fd, int timeout_ms) {
    pollfd wanted{fd, POLLIN, 0};
    const int ready = ::poll(&wanted, 1, timeout_ms);
    if (ready < 0 && errno == EINTR) return false;
    return check("wait for a pipe", ready) > 0;
}

}  // namespace

Pipe open_pipe() {
    std::array<int, 2> ends{};
    check("open a pipe", ::pipe2(ends.data(), O_CLOEXEC));
    return {FileDescriptor(ends[0]), FileDescriptor(ends[1])};
}

void write_frame(int fd, std::uint32_t type, std::string_view bytes) { write_all(fd, to_frame(type, bytes)); }

FrameSender::FrameSender(FileDescriptor write_end, std::size_t most_bytes)
    : fd_(std::move(write_end)), most_bytes_(most_bytes) {
    check("make a pipe non-blocking", ::fcntl(fd_.get(), F_SETFL, O_NONBLOCK));
}

void FrameSender::send(std::uint32_t type, std::string_view bytes) {
    flush();
    const std::string frame = to_frame(type, bytes);
    if (is_waiting() && waiting_.size() + frame.size() > most_bytes_)
        throw std::length_error("too much waits for the reader of a pipe");
    waiting_ += frame;
    flush();
}

void FrameSender::flush() {
    std::size_t written = 0;
    while (written < waiting_.size()) {
        const ssize_t taken = ::write(fd_.get(), waiting_.data() + written, waiting_.size() - written);
        if (taken < 0 && errno == EINTR) continue;
        if (taken < 0 && errno == EAGAIN) break;
        if (taken < 0) throw SystemError("write to a pipe", errno);
        written += static_cast<std::size_t>(taken);
    }
    waiting_.erase(0, written);
}

std::optional<Frame> FrameReader::next(std::chrono::milliseconds timeout) {
    const auto deadline = std::chrono::steady_clock::now() + timeout;
    for (;;) {
        if (auto frame = take()) return frame;
        if (ended_) return std::nullopt;
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
        if (!becomes_readable(fd_.get(), static_cast<int>(std::max<std::int64_t>(left.count(), 0)))) {
            return std::nullopt;
        }
        read_some();
    }
}

std::optional<Frame> FrameReader::next() {
    for (;;) {
        if (auto frame = take()) return frame;
        if (ended_) return std::nullopt;
        read_some();
    }
}

std::optional<Frame> FrameReader::take() {
    Header header{};
    if (buffer_.size() < sizeof header) return std::nullopt;
    std::memcpy(&header, buffer_.data(), sizeof header);
    if (header.length > max_frame_bytes) throw std::runtime_error("a frame from a child process is damaged");
    if (buffer_.size() - sizeof header < header.length) return std::nullopt;
    Frame frame{header.type, buffer_.substr(sizeof header, header.length)};
    buffer_.erase(0, sizeof header + header.length);
    return frame;
}

void FrameReader::read_some() {
    std::array<char, 65536> bytes;
    ssize_t got = 0;
    do {
        got = ::read(fd_.get(), bytes.data(), bytes.size());
    } while (got < 0 && errno == EINTR);
    if (got < 0) throw SystemError("read from a pipe", errno);
    ended_ = got == 0;
    if (ended_ && !buffer_.empty()) throw std::runtime_error("a child process ended in the middle of a frame");
    buffer_.append(bytes.data(), static_cast<std::size_t>(got));
}

}  // namespace portdrought::os
