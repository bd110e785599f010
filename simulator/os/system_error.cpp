#include "os/system_error.hpp"

#include <cerrno>
#include <cstring>

namespace portdrought::os {

std::string errno_name(int error) {
    const char* name = ::strerrorname_np(error);
    return name != nullptr ? name : "errno " + std::to_string(error);
}

SystemError::SystemError(std::string_view attempt, int error)
    : std::runtime_error(std::string(attempt) + ": " + errno_name(error) + " (" + std::strerror(error) + ")"),
      error_(error) {}

int check(std::string_view attempt, int result) {
    if (result < 0) throw SystemError(attempt, errno);
    return result;
}

}  // namespace portdrought::os
