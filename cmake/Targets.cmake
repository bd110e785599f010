# Interface targets for warnings and sanitizers, and the function that makes one library per folder.
add_library(portdrought_options INTERFACE)
target_compile_options(portdrought_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion)
if(PORTDROUGHT_WERROR)
    target_compile_options(portdrought_options INTERFACE -Werror)
endif()
if(PORTDROUGHT_SANITIZE)
    string(REPLACE "," "$<COMMA>" sanitize "${PORTDROUGHT_SANITIZE}")
    string(REPLACE "," "$<COMMA>" sanitize_tests "${PORTDROUGHT_SANITIZE_TESTS}")
    set(is_test "$<BOOL:$<TARGET_PROPERTY:PORTDROUGHT_IS_TEST>>")
    target_compile_options(portdrought_options INTERFACE
        "-fsanitize=$<IF:${is_test},${sanitize_tests},${sanitize}>" -fno-omit-frame-pointer)
    target_link_options(portdrought_options INTERFACE -fsanitize=${PORTDROUGHT_SANITIZE})
endif()
target_include_directories(portdrought_options INTERFACE ${CMAKE_SOURCE_DIR}/simulator ${CMAKE_SOURCE_DIR})

portdrought_precompiled(libraries
    HEADERS <algorithm> <array> <chrono> <cmath> <functional> <map> <memory> <numeric> <optional> <span> <stdexcept>
            <string> <vector> <fmt/format.h>
    USES fmt::fmt)

# portdrought_library(NAME [APART] [COLD] SOURCES … USES …): target portdrought_NAME from SOURCES of this folder.
# APART: never several files at a time, since some have names of their own that others of them use too.
# COLD: no measurement waits for it, so that the presets for tests may compile it without optimisation.
function(portdrought_library name)
    cmake_parse_arguments(LIB "APART;COLD" "" "SOURCES;USES" ${ARGN})
    add_library(portdrought_${name} STATIC ${LIB_SOURCES})
    target_link_libraries(portdrought_${name} PUBLIC portdrought_options ${LIB_USES})
    set(cold "")
    if(LIB_COLD)
        set(cold COLD)
    endif()
    portdrought_use_precompiled(libraries portdrought_${name} ${cold})
    if(PORTDROUGHT_UNITY AND NOT LIB_APART)
        set_target_properties(portdrought_${name} PROPERTIES UNITY_BUILD ON)
    endif()
endfunction()
