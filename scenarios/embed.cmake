# cmake -D ROOT=… -D OUTPUT=… -D SCENARIOS=a,b -D PROFILES=c -P embed.cmake
# Writes the C++ file that defines catalogue() and profiles() of simulator/scenario/catalogue.hpp.
cmake_minimum_required(VERSION 3.25)

function(append_entries function files)
    string(REPLACE "," ";" files "${files}")
    set(text "std::span<const CatalogueEntry> ${function}() {\n    static constexpr CatalogueEntry entries[] = {\n")
    foreach(file IN LISTS files)
        cmake_path(GET file STEM LAST_ONLY name)
        file(READ ${ROOT}/${file} content)
        string(APPEND text "{\"${name}\", \"${file}\", R\"toml(${content})toml\"},\n")
    endforeach()
    file(APPEND ${OUTPUT}.new "${text}    };\n    return entries;\n}\n\n")
endfunction()

file(WRITE ${OUTPUT}.new "// Made by scenarios/embed.cmake.\n#include \"scenario/catalogue.hpp\"\n\nnamespace portdrought::scenario {\n\n")
append_entries(catalogue "${SCENARIOS}")
append_entries(profiles "${PROFILES}")
file(APPEND ${OUTPUT}.new "}  // namespace portdrought::scenario\n")
file(RENAME ${OUTPUT}.new ${OUTPUT})
