// One line per variant of a comparison, in words: what it did, why by the capacity laws, at what cost, against the
// first variant. Ranges are given wherever repeats differ; nothing is called better. Pure.
#pragma once

#include <string>
#include <vector>

#include "analysis/compare/comparison.hpp"

namespace portdrought::compare {

/// The runs of a variant; `counted` are those that give figures. The records outlive it.
struct Group {
    std::string variant;
    std::vector<const record::RunRecord*> all, counted;
};

std::string words_for(const Group& group, const VariantResult& result, const Group& first,
                      const VariantResult& first_result);

}  // namespace portdrought::compare
