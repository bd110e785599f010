// What a run's process tells its parent: frames of os/process/pipe.hpp.
#pragma once

#include <cstdint>

namespace portdrought::kernel {

enum class Message : std::uint32_t {
    progress,     // an engine::Progress, as engine::bytes_of() gives it
    record,       // the record as JSON: the run's last word
    environment,  // why this machine cannot host the run
    failure       // any other reason why there is no record
};

}  // namespace portdrought::kernel
