// An environment failure: a system call that had to work did not. Findings (EADDRNOTAVAIL, …) never come this way.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace portdrought::os {

/// The symbolic name, "EADDRNOTAVAIL"; "errno 1234" for one the C library does not know.
std::string errno_name(int error);

/// what() reads "attempt: EPERM (Operation not permitted)".
class SystemError : public std::runtime_error {
public:
    SystemError(std::string_view attempt, int error);
    int error() const { return error_; }

private:
    int error_;
};

/// This machine cannot host the run. what() says what is missing, why it is needed and the command that allows it: exit
/// code 3.
class EnvironmentError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Returns `result` of a system call; throws SystemError(attempt, errno) when it is negative.
int check(std::string_view attempt, int result);

}  // namespace portdrought::os
