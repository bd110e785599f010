# One precompiled header for the libraries and one for the tests, of other people's headers only, so that a clean build
# takes less time. Each file includes what it uses all the same: most presets have none of this.
file(WRITE ${CMAKE_BINARY_DIR}/precompiled.cpp.new "")
file(COPY_FILE ${CMAKE_BINARY_DIR}/precompiled.cpp.new ${CMAKE_BINARY_DIR}/precompiled.cpp ONLY_IF_DIFFERENT)

# portdrought_precompiled(KIND HEADERS … USES …): what targets of this kind share where PORTDROUGHT_PRECOMPILED has it.
function(portdrought_precompiled kind)
    cmake_parse_arguments(SHARED "" "" "HEADERS;USES" ${ARGN})
    if(kind IN_LIST PORTDROUGHT_PRECOMPILED OR "cold-${kind}" IN_LIST PORTDROUGHT_PRECOMPILED)
        add_library(portdrought_precompiled_${kind} OBJECT ${CMAKE_BINARY_DIR}/precompiled.cpp)
        target_link_libraries(portdrought_precompiled_${kind} PRIVATE portdrought_options ${SHARED_USES})
        target_compile_options(portdrought_precompiled_${kind} PRIVATE -O0)
        target_precompile_headers(portdrought_precompiled_${kind} PRIVATE ${SHARED_HEADERS})
        if(kind STREQUAL "tests")
            set_target_properties(portdrought_precompiled_tests PROPERTIES PORTDROUGHT_IS_TEST ON)
        endif()
    endif()
endfunction()

# GCC takes a precompiled header only where the definitions it has seen are the same: those of fmt, for targets without.
# -O0: from optimised code behind one GCC 12 warns of overflows that cannot be.
# COLD: takes it also where only the cold ones of its kind have it.
function(portdrought_use_precompiled kind target)
    cmake_parse_arguments(IS "COLD" "" "" ${ARGN})
    if(kind IN_LIST PORTDROUGHT_PRECOMPILED OR (IS_COLD AND "cold-${kind}" IN_LIST PORTDROUGHT_PRECOMPILED))
        target_precompile_headers(${target} REUSE_FROM portdrought_precompiled_${kind})
        target_compile_options(${target} PRIVATE -O0)
        target_compile_definitions(${target} PRIVATE $<TARGET_PROPERTY:fmt::fmt,INTERFACE_COMPILE_DEFINITIONS>)
    endif()
endfunction()
