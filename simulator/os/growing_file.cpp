#include "os/growing_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "os/atomic_file.hpp"
#include "os/system_error.hpp"

namespace portdrought::os {

GrowingFile::GrowingFile(std::string path, std::string_view begin, std::string ending)
    : path_(std::move(path)), ending_(std::move(ending)), size_(begin.size()) {
    write_file_atomically(path_, std::string{begin} + ending_);
    file_ = FileDescriptor{check("write " + path_, ::open(path_.c_str(), O_WRONLY | O_CLOEXEC))};
}

void GrowingFile::append(std::string_view text) {
    if (const int error = write_at_end(std::string{text} + ending_); error != 0) {
        end_as_before();
        throw SystemError("write " + path_, error);
    }
    size_ += text.size();
}

int GrowingFile::write_at_end(std::string_view text) {
    for (std::size_t done = 0; done < text.size();) {
        const ssize_t written =
            ::pwrite(file_.get(), text.data() + done, text.size() - done, static_cast<off_t>(size_ + done));
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return errno;
        done += static_cast<std::size_t>(written);
    }
    return 0;
}

/// The ending stood there, so a full disk has room for it.
void GrowingFile::end_as_before() {
    if (write_at_end(ending_) != 0) return;
    while (::ftruncate(file_.get(), static_cast<off_t>(size_ + ending_.size())) < 0 && errno == EINTR) {
    }
}

}  // namespace portdrought::os
