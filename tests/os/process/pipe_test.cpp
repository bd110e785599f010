#include "os/process/pipe.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>

#include "os/process/child_process.hpp"
#include "os/process/stop_signal.hpp"
#include "os/system_error.hpp"

namespace portdrought::os {
namespace {

constexpr std::chrono::seconds patience{20};

std::string frame_bytes(std::uint32_t type, std::uint32_t length, const std::string& body) {
    std::string bytes(8, '\0');
    std::memcpy(bytes.data(), &type, 4);
    std::memcpy(bytes.data() + 4, &length, 4);
    return bytes + body;
}

void write_raw(int fd, const std::string& bytes) {
    ASSERT_EQ(::write(fd, bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
}

TEST(FrameReader, GivesBackFramesInOrderAndThenTheEnd) {
    Pipe pipe = open_pipe();
    write_frame(pipe.write_end.get(), 7, "first");
    write_frame(pipe.write_end.get(), 8, "");
    pipe.write_end.reset();
    FrameReader reader(std::move(pipe.read_end));
    EXPECT_EQ(reader.next(), (Frame{7, "first"}));
    EXPECT_FALSE(reader.at_end());
    EXPECT_EQ(reader.next(), (Frame{8, ""}));
    EXPECT_EQ(reader.next(), std::nullopt);
    EXPECT_TRUE(reader.at_end());
}

TEST(FrameReader, WaitsForTheRestOfAFrameThatArrivesByteByByte) {
    Pipe pipe = open_pipe();
    const std::string bytes = frame_bytes(3, 5, "hello");
    FrameReader reader(std::move(pipe.read_end));
    for (const char byte : bytes.substr(0, bytes.size() - 1)) {
        write_raw(pipe.write_end.get(), std::string(1, byte));
        EXPECT_EQ(reader.next(std::chrono::milliseconds{0}), std::nullopt);
        EXPECT_FALSE(reader.at_end());
    }
    write_raw(pipe.write_end.get(), "o");
    EXPECT_EQ(reader.next(patience), (Frame{3, "hello"}));
}

TEST(FrameReader, CarriesAFrameLongerThanThePipe) {
    Pipe pipe = open_pipe();
    const std::string body(3'000'000, 'x');
    ChildProcess child([&] {
        write_frame(pipe.write_end.get(), 1, body);
        return 0;
    });
    pipe.write_end.reset();
    FrameReader reader(std::move(pipe.read_end));
    const auto frame = reader.next(patience);
    ASSERT_TRUE(frame.has_value());
    EXPECT_TRUE(frame->bytes == body);
    EXPECT_TRUE(child.wait().succeeded());
}

TEST(FrameSender, KeepsWhatHasNoRoomUntilSomebodyReads) {
    Pipe pipe = open_pipe();
    FrameSender sender(std::move(pipe.write_end), 500'000);
    FrameReader reader(std::move(pipe.read_end));
    const std::string body(100'000, 'x');  // more than a pipe holds
    sender.send(1, body);
    sender.send(2, "last");
    EXPECT_TRUE(sender.is_waiting());
    EXPECT_EQ(reader.next(std::chrono::milliseconds{0}), std::nullopt);
    sender.flush();
    EXPECT_FALSE(sender.is_waiting());
    EXPECT_EQ(reader.next(patience), (Frame{1, body}));
    EXPECT_EQ(reader.next(patience), (Frame{2, "last"}));
}

TEST(FrameSender, IsBoundedInWhatWaits) {
    Pipe pipe = open_pipe();
    FrameSender sender(std::move(pipe.write_end), 500'000);
    int sent = 0;
    EXPECT_THROW(for (; sent < 100; ++sent) sender.send(1, std::string(100'000, 'x')), std::length_error);
    EXPECT_EQ(sent, 5);
}

TEST(FrameReader, RejectsAStreamThatEndsInsideAFrame) {
    Pipe pipe = open_pipe();
    write_raw(pipe.write_end.get(), frame_bytes(3, 5, "hel"));
    pipe.write_end.reset();
    FrameReader reader(std::move(pipe.read_end));
    EXPECT_THROW(reader.next(), std::runtime_error);
}

TEST(FrameReader, RejectsAnImpossibleLength) {
    Pipe pipe = open_pipe();
    write_raw(pipe.write_end.get(), frame_bytes(3, 0xffffffffU, "x"));
    FrameReader reader(std::move(pipe.read_end));
    EXPECT_THROW(reader.next(), std::runtime_error);
}

TEST(FrameWriter, FailsWhenTheReaderIsGone) {
    const StopSignal signals;  // SIGPIPE would end the process otherwise
    Pipe pipe = open_pipe();
    pipe.read_end.reset();
    try {
        write_frame(pipe.write_end.get(), 1, "nobody reads this");
        FAIL() << "nothing was thrown";
    } catch (const SystemError& failure) {
        EXPECT_EQ(failure.error(), EPIPE);
    }
}

}  // namespace
}  // namespace portdrought::os
