// Words, numbers, quoted names and signs of an expectation, one after the other.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace portdrought::expect {

class Scanner {
public:
    explicit Scanner(std::string_view text) : rest_(text) { skip_blanks(); }

    bool at_end() const { return rest_.empty(); }
    bool at_letter() const;
    bool at_digit() const;
    std::string_view rest() const { return rest_; }

    /// Takes `sign` where the text goes on with it. Longer signs must be tried first.
    bool take(std::string_view sign);
    /// Letters, digits, '_', '.' and '/'; empty where there is no letter.
    std::string_view word();
    /// "12" or "12.5".
    std::optional<double> number();
    /// What may follow a number: letters, "%", or "/" and letters; empty where there is none.
    std::string_view unit();
    /// Between ' and ', or between " and "; absent where there is no such text.
    std::optional<std::string> quoted();
    /// The next few letters, for messages.
    std::string next_piece() const;

private:
    template <class Belongs>
    std::string_view while_is(Belongs belongs);
    std::string_view advance(std::size_t count);
    void skip_blanks();

    std::string_view rest_;
};

}  // namespace portdrought::expect
