// What a run's process tells its parent: frames of os/process/pipe.hpp. Both ends are one program, so plain bytes will
// do.
#pragma once

#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>

#include "engine/engine.hpp"

namespace portdrought::kernel {

enum class Message : std::uint32_t {
    progress,     // an engine::Progress
    record,       // the record as JSON: the run's last word
    environment,  // why this machine cannot host the run
    failure       // any other reason why there is no record
};

static_assert(std::is_trivially_copyable_v<engine::Progress>);

inline std::string_view bytes_of(const engine::Progress& progress) {
    return {reinterpret_cast<const char*>(&progress), sizeof progress};
}

inline engine::Progress progress_from(std::string_view bytes) {
    engine::Progress progress;
    std::memcpy(&progress, bytes.data(), std::min(bytes.size(), sizeof progress));
    return progress;
}

}  // namespace portdrought::kernel
