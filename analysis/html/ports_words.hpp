// What the ports of a run add up to, and whether they were used up: of all hosts together, and of the NAT behind them.
// In English and in simplified Chinese, in the figures of the verdict.
#pragma once

#include <string>

#include "analysis/html/run_facts.hpp"

namespace portdrought::html {

std::string arithmetic_in_english(const RunFacts& facts);
std::string arithmetic_in_chinese(const RunFacts& facts);

/// How many attempts found a port, how many needed none, and whose ports were gone.
std::string used_up_in_english(const RunFacts& facts);
std::string used_up_in_chinese(const RunFacts& facts);

/// "240 秒" of "240 s"; anything else stays as it is.
std::string in_chinese_seconds(std::string text);

}  // namespace portdrought::html
