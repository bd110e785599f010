#include "scenario/keys/nearest.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace portdrought::scenario {
namespace {

std::string_view last_part(std::string_view name) { return name.substr(name.rfind('.') + 1); }

// Up to a third of the letters may be wrong: fewer finds no typing mistakes, more finds words that were never meant.
std::size_t tolerance(std::string_view word) { return std::max<std::size_t>(1, word.size() / 3); }

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before(b.size() + 1), previous(b.size() + 1), row(b.size() + 1);
    std::iota(previous.begin(), previous.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = std::min({previous[j] + 1, row[j - 1] + 1, replaced});
            const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
        }
        before = std::exchange(previous, row);
    }
    return previous[b.size()];
}

std::vector<std::string> nearest(std::string_view word, const std::vector<std::string>& known, std::size_t most) {
    std::vector<std::pair<std::size_t, std::string>> near;
    for (const std::string& name : known) {
        const std::size_t whole = edit_distance(word, name);
        const std::string_view part = last_part(word);
        const std::size_t behind_dot = edit_distance(part, last_part(name));
        if (whole <= tolerance(word))
            near.emplace_back(whole, name);
        else if (behind_dot <= tolerance(part))
            near.emplace_back(tolerance(word) + behind_dot + 1, name);
    }
    std::ranges::stable_sort(near, {}, &std::pair<std::size_t, std::string>::first);
    std::vector<std::string> names;
    for (const auto& candidate : near) {
        if (names.size() < most) names.push_back(candidate.second);
    }
    return names;
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& known, std::size_t most) {
    const auto names = nearest(word, known, most);
    if (names.empty()) return "";
    std::string text = "; did you mean ";
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (i > 0) text += i + 1 == names.size() ? " or " : ", ";
        text += names[i];
    }
    return text + '?';
}

}  // namespace portdrought::scenario
