# Writes OUTPUT (a .cpp) with the version and the git revision of SOURCE_DIR; leaves it alone when nothing changed.
cmake_minimum_required(VERSION 3.25)
execute_process(COMMAND git -C ${SOURCE_DIR} rev-parse --short=12 HEAD
    OUTPUT_VARIABLE revision OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
if(failed)
    set(revision unknown)
else()
    execute_process(COMMAND git -C ${SOURCE_DIR} status --porcelain --untracked-files=no
        OUTPUT_VARIABLE changes ERROR_QUIET)
    if(changes)
        string(APPEND revision -dirty)
    endif()
endif()
set(text "#include \"cli/version.hpp\"

namespace portdrought::cli {
const char* const version = \"${VERSION}\";
const char* const git_revision = \"${revision}\";
}  // namespace portdrought::cli
")
if(EXISTS ${OUTPUT})
    file(READ ${OUTPUT} old)
endif()
if(NOT "${old}" STREQUAL "${text}")
    file(WRITE ${OUTPUT} "${text}")
endif()
