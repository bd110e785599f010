#include "os/proc_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "os/system_error.hpp"

namespace portdrought::os {

namespace {

constexpr std::size_t first_buffer_bytes = std::size_t{16} * 1024;

FileDescriptor open_file(const std::string& path, int flags) {
    return FileDescriptor(check("open " + path, ::open(path.c_str(), flags | O_CLOEXEC)));
}

}  // namespace

std::string read_file(const std::string& path) { return std::string(ProcFile(path).read()); }

std::optional<std::string> read_file_if_present(const std::string& path) {
    try {
        return read_file(path);
    } catch (const SystemError& failure) {
        if (failure.error() == ENOENT) return std::nullopt;
        throw;
    }
}

void write_file(const std::string& path, std::string_view value) {
    const FileDescriptor file = open_file(path, O_WRONLY);
    const std::string attempt = "write \"" + std::string(value) + "\" to " + path;
    const ssize_t written = ::write(file.get(), value.data(), value.size());
    if (written < 0) throw SystemError(attempt, errno);
    if (static_cast<std::size_t>(written) != value.size()) throw SystemError(attempt, EIO);
}

ProcFile::ProcFile(std::string path)
    : path_(std::move(path)), file_(open_file(path_, O_RDONLY)), buffer_(first_buffer_bytes, '\0') {}

std::string_view ProcFile::read() {
    std::size_t length = 0;
    for (;;) {
        const ssize_t got =
            ::pread(file_.get(), buffer_.data() + length, buffer_.size() - length, static_cast<off_t>(length));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) throw SystemError("read " + path_, errno);
        if (got == 0) return std::string_view(buffer_).substr(0, length);
        length += static_cast<std::size_t>(got);
        if (length == buffer_.size()) buffer_.resize(buffer_.size() * 2);
    }
}

}  // namespace portdrought::os
