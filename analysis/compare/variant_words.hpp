// One line per variant of a comparison, in words: what it did, why by the capacity laws, at what cost, against the
// first variant. Ranges are given wherever repeats differ; whether a difference is more than chance is judgement.hpp's.
// Pure.
#pragma once

#include <string>

#include "analysis/compare/comparison.hpp"

namespace portdrought::compare {

std::string words_for(const Group& group, const VariantResult& result, const Group& first,
                      const VariantResult& first_result);

}  // namespace portdrought::compare
