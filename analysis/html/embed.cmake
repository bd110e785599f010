# cmake -D ROOT=… -D OUTPUT=… -D STYLES=a,b -D SCRIPTS=c,d -P embed.cmake
# Writes the C++ file that defines style() and script() of analysis/html/assets.hpp, each with the hash by which the
# page's Content-Security-Policy knows it.
cmake_minimum_required(VERSION 3.25)

function(base64_of_hex result hex)
    set(alphabet "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    set(padded "${hex}0000")  # SHA-256 leaves two bytes of the last three
    set(text "")
    foreach(start RANGE 0 60 6)
        string(SUBSTRING "${padded}" ${start} 6 group)
        foreach(shift 18 12 6 0)
            math(EXPR index "(0x${group} >> ${shift}) & 63")
            string(SUBSTRING "${alphabet}" ${index} 1 letter)
            string(APPEND text "${letter}")
        endforeach()
    endforeach()
    string(SUBSTRING "${text}" 0 43 text)
    set(${result} "${text}=" PARENT_SCOPE)
endfunction()

function(joined result files)
    string(REPLACE "," ";" files "${files}")
    set(text "")
    foreach(file IN LISTS files)
        file(READ ${ROOT}/${file} content)
        string(APPEND text "${content}\n")
    endforeach()
    set(${result} "${text}" PARENT_SCOPE)
endfunction()

function(append_asset function text)
    if(text MATCHES "</[sS]|<!--|\r")
        message(FATAL_ERROR "${function}: would end its element, or changes when it is read")
    endif()
    string(SHA256 hex "${text}")
    base64_of_hex(hash ${hex})
    file(APPEND ${OUTPUT}.new
        "const Asset& ${function}() {\n    static constexpr Asset asset{R\"asset(${text})asset\", \"sha256-${hash}\"};\n    return asset;\n}\n\n")
endfunction()

file(WRITE ${OUTPUT}.new "// Made by analysis/html/embed.cmake.\n#include \"analysis/html/assets.hpp\"\n\nnamespace portdrought::html {\n\n")
joined(styles "${STYLES}")
append_asset(style "${styles}")
joined(scripts "${SCRIPTS}")
append_asset(script "${scripts}")
file(APPEND ${OUTPUT}.new "}  // namespace portdrought::html\n")
file(RENAME ${OUTPUT}.new ${OUTPUT})
