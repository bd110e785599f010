// The least a reader of JSON can do: read the file and let Boost.JSON make a tree of it, without looking at anything.
#pragma once

#include <string>

namespace portdrought::bench {

/// Members of the root object.
std::size_t read_and_parse(const std::string& path);

}  // namespace portdrought::bench
