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
    const std::string both = std::string{text} + ending_;
    for (std::size_t done = 0; done < both.size();) {
        const ssize_t written =
            ::pwrite(file_.get(), both.data() + done, both.size() - done, static_cast<off_t>(size_ + done));
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) throw SystemError("write " + path_, errno);
        done += static_cast<std::size_t>(written);
    }
    size_ += text.size();
}

}  // namespace portdrought::os
