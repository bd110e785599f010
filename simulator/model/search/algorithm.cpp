#include "model/search/algorithm.hpp"

#include <algorithm>

namespace portdrought::model {

std::string_view name_of(Algorithm algorithm) {
    switch (algorithm) {
        case Algorithm::linux_4_2: return "linux-4.2";
        case Algorithm::linux_4_6: return "linux-4.6";
        case Algorithm::linux_5_12: return "linux-5.12";
        case Algorithm::linux_5_18: return "linux-5.18";
        case Algorithm::linux_6_8: return "linux-6.8";
        case Algorithm::linux_6_18: return "linux-6.18";
        case Algorithm::rfc6056_1: return "rfc6056-1";
        case Algorithm::rfc6056_2: return "rfc6056-2";
        case Algorithm::rfc6056_3: return "rfc6056-3";
        case Algorithm::rfc6056_4: return "rfc6056-4";
        case Algorithm::rfc6056_5: return "rfc6056-5";
        case Algorithm::sequential: return "sequential";
        case Algorithm::random: return "random";
    }
    return "";
}

std::optional<Algorithm> algorithm_named(std::string_view name) {
    const auto* const found = std::ranges::find(all_algorithms, name, name_of);
    return found == all_algorithms.end() ? std::nullopt : std::optional(*found);
}

}  // namespace portdrought::model
