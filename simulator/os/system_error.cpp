#include "os/system_error.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>

namespace portdrought::os {

std::string errno_name(int error) {
    const char* name = ::strerrorname_np(error);
    return name != nullptr ? name : fmt::format("errno {}", error);
}

SystemError::SystemError(std::string_view attempt, int error)
    : std::runtime_error(fmt::format("{}: {} ({})", attempt, errno_name(error), std::strerror(error))), error_(error) {}

int check(std::string_view attempt, int result) {
    if (result < 0) throw SystemError(attempt, errno);
    return result;
}

}  // namespace portdrought::os
