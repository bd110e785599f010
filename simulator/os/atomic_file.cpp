#include "os/atomic_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include <cerrno>
#include <cstdio>

#include "os/file_descriptor.hpp"
#include "os/system_error.hpp"

namespace portdrought::os {
namespace {

std::string folder_of(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    if (slash == std::string::npos) return ".";
    return slash == 0 ? "/" : path.substr(0, slash);
}

/// Removes the file unless it was renamed away.
class TemporaryFile {
public:
    explicit TemporaryFile(const std::string& target) : path_(target + ".partial-" + std::to_string(::getpid())) {
        // A leftover of a killed process that had the same id.
        ::unlink(path_.c_str());
        file_ = FileDescriptor{check("write " + target + ": create a temporary file beside it",
                                     ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666))};
    }
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    ~TemporaryFile() {
        if (!renamed_) ::unlink(path_.c_str());
    }

    int descriptor() const { return file_.get(); }
    void rename_to(const std::string& target) {
        check("write " + target + ": rename the temporary file", std::rename(path_.c_str(), target.c_str()));
        renamed_ = true;
    }

private:
    std::string path_;
    FileDescriptor file_;
    bool renamed_ = false;
};

void write_all(int file, const std::string& path, std::string_view content) {
    while (!content.empty()) {
        const ssize_t written = ::write(file, content.data(), content.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) throw SystemError("write " + path, errno);
        content.remove_prefix(static_cast<std::size_t>(written));
    }
}

}  // namespace

void write_file_atomically(const std::string& path, std::string_view content) {
    TemporaryFile temporary(path);
    write_all(temporary.descriptor(), path, content);
    check("write " + path + ": fsync", ::fsync(temporary.descriptor()));
    temporary.rename_to(path);
    const std::string folder = folder_of(path);
    const FileDescriptor directory{
        check("write " + path + ": open its folder", ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC))};
    // Some file systems cannot sync a folder (EINVAL); the file itself is safe by then.
    if (::fsync(directory.get()) < 0 && errno != EINVAL)
        throw SystemError("write " + path + ": sync its folder", errno);
}

bool is_special_file(const std::string& path) {
    struct stat status {};
    return ::stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode);
}

void write_into(const std::string& path, std::string_view content) {
    if (is_special_file(path)) {
        const FileDescriptor file{check("write " + path, ::open(path.c_str(), O_WRONLY | O_CLOEXEC))};
        return write_all(file.get(), path, content);
    }
    std::error_code is_new;
    const std::filesystem::path target = std::filesystem::canonical(path, is_new);
    write_file_atomically(is_new ? path : target.string(), content);
}

void prepare_folder(const std::string& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) throw SystemError("make the folder " + folder, error.value());
    check("write into the folder " + folder, ::access(folder.c_str(), W_OK | X_OK));
}

bool create_new_file(const std::string& path) {
    const FileDescriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
    if (file.is_open()) return true;
    if (errno == EEXIST) return false;
    throw SystemError("make " + path, errno);
}

std::string read_whole_file(const std::string& path) {
    const FileDescriptor file{check("read " + path, ::open(path.c_str(), O_RDONLY | O_CLOEXEC))};
    std::string content;
    char chunk[65536];
    for (;;) {
        const ssize_t got = ::read(file.get(), chunk, sizeof chunk);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) throw SystemError("read " + path, errno);
        if (got == 0) return content;
        content.append(chunk, static_cast<std::size_t>(got));
    }
}

}  // namespace portdrought::os
