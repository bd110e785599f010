#include <fmt/format.h>

#include <cmath>

#include "analysis/compare/judgement.hpp"
#include "analysis/text/numbers.hpp"

namespace portdrought::compare {
namespace {

std::string with_sign(double value, const std::string& size) { return (value < 0 ? '-' : '+') + size; }

std::string size_text(double size, Scale scale) {
    switch (scale) {
        case Scale::points: return text::figure(size * 100) + " points";
        case Scale::microseconds: return size < 995 ? text::figure(size) + " us" : text::figure(size / 1e3) + " ms";
        case Scale::bytes: return text::bytes(static_cast<std::uint64_t>(size + 0.5));
        case Scale::count: return text::figure(size);
    }
    return {};
}

/// "+44.8 points"; 0 has no sign.
std::string difference_text(double difference, Scale scale) {
    const std::string size = size_text(std::abs(difference), scale);
    return difference == 0 ? size : with_sign(difference, size);
}

std::string without_unit(std::string end, Scale scale) {
    if (scale == Scale::points) end.resize(end.size() - std::string_view{" points"}.size());
    return end.front() == '+' ? end.substr(1) : end;
}

std::string shift_text(const Judgement& judgement) {
    const Scale scale = judgement.criterion->scale;
    const std::string shift = difference_text(judgement.shift, scale);
    const std::string lower = difference_text(judgement.interval->lower, scale);
    const std::string upper = difference_text(judgement.interval->upper, scale);
    if (lower == shift && upper == shift) return shift;
    return shift + ' ' + text::range(without_unit(lower, scale), without_unit(upper, scale));
}

/// Rounded up to two digits, so that the sentence stays true.
double rounded_up(double value) {
    const double step = std::pow(10.0, std::floor(std::log10(value)) - 1);
    return std::ceil(value / step - 1e-9) * step;
}

std::string bound_text(const Judgement& judgement) {
    if (judgement.bound == 0) return "no difference";
    const std::string bound = text::figure(rounded_up(judgement.bound * 100));
    return fmt::format("no difference larger than {} {}", bound,
                       judgement.criterion->scale == Scale::points ? "points" : "%");
}

std::string more_text(std::size_t repeats) {
    return "cannot tell, run more: " +
           (repeats == 0 ? fmt::format("over {} repeats", most_repeats) : fmt::format("{} repeats", repeats));
}

}  // namespace

std::string words_of(const Judgement& judgement) {
    switch (judgement.decision) {
        case Decision::better:
        case Decision::worse: return fmt::format("{}: {}", name(judgement.decision), shift_text(judgement));
        case Decision::no_difference: return bound_text(judgement);
        case Decision::cannot_tell: return more_text(judgement.repeats_needed);
    }
    return {};
}

}  // namespace portdrought::compare
