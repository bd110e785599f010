// What is inlined into every page, made part of the program by embed.cmake.
#pragma once

#include <string_view>

namespace portdrought::html {

struct Asset {
    std::string_view text;
    std::string_view hash;  // as a Content-Security-Policy names it: "sha256-…"
};

const Asset& style();
const Asset& script();

}  // namespace portdrought::html
