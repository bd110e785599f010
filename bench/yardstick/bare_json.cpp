#include "bench/yardstick/bare_json.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <fstream>
#include <iterator>

namespace portdrought::bench {

std::size_t read_and_parse(const std::string& path) {
    std::ifstream file(path, std::ios::binary | std::ios::ate);
    std::string text(static_cast<std::size_t>(file.tellg()), '\0');
    file.seekg(0);
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    return boost::json::parse(text).as_object().size();
}

}  // namespace portdrought::bench
