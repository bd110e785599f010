#include "model/search/port_search.hpp"

#include "model/search/linux_search.hpp"
#include "model/search/rfc6056_search.hpp"

namespace portdrought::model {

std::unique_ptr<PortSearch> make_port_search(const SearchSetup& setup) {
    switch (setup.algorithm) {
        case Algorithm::linux_4_2: return std::make_unique<LinuxHintSearch>(setup);
        case Algorithm::linux_4_6: return std::make_unique<LinuxParityHintSearch>(setup);
        case Algorithm::linux_5_12:
        case Algorithm::linux_5_18:
        case Algorithm::linux_6_8:
        case Algorithm::linux_6_18: return std::make_unique<LinuxTableSearch>(setup);
        case Algorithm::rfc6056_1:
        case Algorithm::random: return std::make_unique<RandomStartSearch>(setup);
        case Algorithm::rfc6056_2:
        case Algorithm::rfc6056_5: return std::make_unique<RandomTriesSearch>(setup);
        case Algorithm::rfc6056_3:
        case Algorithm::rfc6056_4: return std::make_unique<HashedSearch>(setup);
        case Algorithm::sequential: return std::make_unique<SequentialSearch>(setup);
    }
    return nullptr;
}

}  // namespace portdrought::model
