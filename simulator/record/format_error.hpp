// A record file that cannot be understood: whose fault it is not known, so the message says where, what is wrong and
// what would be right. what() reads "runs/a.json: totals.attempts: is missing; expected a whole number".
#pragma once

#include <stdexcept>

namespace portdrought::record {

class FormatError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

}  // namespace portdrought::record
