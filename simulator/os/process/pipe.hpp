// A pipe and the frames that travel through it: how a run in a child process reports to its parent. A frame is a type
// and bytes; what they mean is the users' business. Both ends are the same program, so native byte order.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "os/file_descriptor.hpp"

namespace portdrought::os {

struct Pipe {
    FileDescriptor read_end, write_end;
};

/// Both ends are closed on exec.
Pipe open_pipe();

struct Frame {
    std::uint32_t type = 0;
    std::string bytes;
    friend bool operator==(const Frame&, const Frame&) = default;
};

/// Longest frame; a longer one means a damaged stream.
inline constexpr std::uint32_t max_frame_bytes = 256U << 20U;

/// Writes the whole frame, waiting while the pipe is full. Throws SystemError; EPIPE when the reader is gone (with
/// SIGPIPE ignored).
void write_frame(int fd, std::uint32_t type, std::string_view bytes);

/// Frames for a reader that may be slow: what has no room in the pipe waits here, and the writer never does.
class FrameSender {
public:
    /// Makes `write_end` non-blocking. At most `most_bytes` wait.
    FrameSender(FileDescriptor write_end, std::size_t most_bytes);

    /// After all that waits. Throws std::length_error, taking nothing, where too much would wait; SystemError, EPIPE
    /// when the reader is gone (with SIGPIPE ignored).
    void send(std::uint32_t type, std::string_view bytes);
    /// Writes what there is room for now. Throws SystemError.
    void flush();
    bool is_waiting() const { return !waiting_.empty(); }

private:
    FileDescriptor fd_;
    std::size_t most_bytes_;
    std::string waiting_;
};

class FrameReader {
public:
    explicit FrameReader(FileDescriptor read_end) : fd_(std::move(read_end)) {}

    /// The next whole frame; nullopt at the end of the stream, after `timeout`, or when a signal came: see at_end().
    /// Throws std::runtime_error for a stream that ends inside a frame or is damaged.
    std::optional<Frame> next(std::chrono::milliseconds timeout);
    /// The same, waiting as long as it takes (signals do not end it); nullopt means the end.
    std::optional<Frame> next();
    /// The writer is gone and every frame has been handed out.
    bool at_end() const { return ended_; }
    int descriptor() const { return fd_.get(); }

private:
    std::optional<Frame> take();
    void read_some();

    FileDescriptor fd_;
    std::string buffer_;
    bool ended_ = false;
};

}  // namespace portdrought::os
