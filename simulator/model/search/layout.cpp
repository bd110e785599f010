#include "model/search/layout.hpp"

namespace portdrought::model {

Layout Layout::of(Algorithm algorithm, std::uint32_t ports, bool window) {
    switch (algorithm) {
        case Algorithm::linux_4_6:
        case Algorithm::linux_5_12:
        case Algorithm::linux_5_18: return by_parity(ports);
        case Algorithm::linux_6_8:
        case Algorithm::linux_6_18: return window ? linear(ports) : by_parity(ports);
        default: return linear(ports);
    }
}

}  // namespace portdrought::model
