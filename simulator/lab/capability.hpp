// Something the lab needs from this machine, whether it is there, and what to do when it is not. Both a run that cannot
// start and the doctor speak through it, so they say the same.
#pragma once

#include <cstdint>
#include <string>

namespace portdrought::lab {

enum class State : std::uint8_t {
    ok,
    limited,  // some scenarios cannot run, or run at a higher price
    missing   // nothing runs on the kernel engine
};

struct Capability {
    std::string name;
    State state = State::ok;
    std::string detail;   // what was found
    std::string why;      // what it is needed for; this and the rest are empty when ok
    std::string remedy;   // the command that allows it; empty where it could not be tried
    std::string without;  // what still works
};

/// Several lines: detail, then why, remedy and what still works.
std::string to_message(const Capability& capability);

}  // namespace portdrought::lab
