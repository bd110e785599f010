#include "analysis/expect/scanner.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>

namespace portdrought::expect {
namespace {

bool is_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_blank(char c) { return c == ' ' || c == '\t'; }

}  // namespace

bool Scanner::at_letter() const { return !rest_.empty() && is_letter(rest_.front()); }
bool Scanner::at_digit() const { return !rest_.empty() && is_digit(rest_.front()); }

bool Scanner::take(std::string_view sign) {
    if (!rest_.starts_with(sign)) return false;
    advance(sign.size());
    return true;
}

std::string_view Scanner::word() {
    if (!at_letter()) return {};
    return while_is([](char c) { return is_letter(c) || is_digit(c) || c == '_' || c == '.' || c == '/'; });
}

std::optional<double> Scanner::number() {
    double value = 0;
    const auto [end, error] =
        std::from_chars(rest_.data(), rest_.data() + rest_.size(), value, std::chars_format::fixed);
    if (!at_digit() || error != std::errc{}) return std::nullopt;
    advance(static_cast<std::size_t>(end - rest_.data()));
    return value;
}

std::string_view Scanner::unit() {
    if (rest_.starts_with('%')) return advance(1);
    const std::size_t slash = rest_.starts_with('/') ? 1 : 0;
    const auto* end = std::ranges::find_if_not(rest_.substr(slash), is_letter);
    return advance(static_cast<std::size_t>(end - rest_.data()));
}

std::optional<std::string> Scanner::quoted() {
    if (!rest_.starts_with('\'') && !rest_.starts_with('"')) return std::nullopt;
    const std::size_t end = rest_.find(rest_.front(), 1);
    if (end == rest_.npos) return std::nullopt;
    const std::string name{rest_.substr(1, end - 1)};
    advance(end + 1);
    return name;
}

std::string Scanner::next_piece() const {
    constexpr std::size_t longest = 30;
    if (rest_.size() <= longest) return std::string{rest_};
    std::size_t end = longest;
    while (end > 0 && (static_cast<unsigned char>(rest_[end]) & 0xC0U) == 0x80U) --end;  // not inside a UTF-8 character
    return std::string{rest_.substr(0, end)} + "…";
}

template <class Belongs>
std::string_view Scanner::while_is(Belongs belongs) {
    const auto* end = std::ranges::find_if_not(rest_, belongs);
    return advance(static_cast<std::size_t>(end - rest_.begin()));
}

std::string_view Scanner::advance(std::size_t count) {
    const std::string_view taken = rest_.substr(0, count);
    rest_.remove_prefix(count);
    skip_blanks();
    return taken;
}

void Scanner::skip_blanks() {
    while (!rest_.empty() && is_blank(rest_.front())) rest_.remove_prefix(1);
}

}  // namespace portdrought::expect
