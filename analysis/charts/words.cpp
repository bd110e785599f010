#include "analysis/charts/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/stats/values.hpp"
#include "analysis/text/numbers.hpp"

namespace portdrought::charts {

std::string as_percent(double percent) {
    return percent > 100.05 ? text::figure(percent) + " %" : text::percent(percent / 100);
}

std::string as_per_second(double per_second) { return text::figure(per_second) + "/s"; }

std::string as_microseconds(double microseconds) { return text::latency(core::from_seconds(microseconds / 1e6)); }

std::string ranged(const std::vector<double>& values, const Format& format) {
    const auto [low, high] = std::ranges::minmax(values);
    const std::string middle = format(stats::median(values)), least = format(low), most = format(high);
    return least == most ? middle : middle + ' ' + text::range(least, most);
}

std::vector<double> stacked(const std::vector<Series>& series) {
    std::vector<double> sum;
    for (const Series& one : series) {
        sum.resize(one.y.size(), 0);
        for (std::size_t i = 0; i < one.y.size(); ++i) sum[i] += one.y[i];
    }
    return sum;
}

std::string course_words(const std::vector<double>& x, const std::vector<double>& y, const Format& format) {
    std::vector<std::size_t> known;
    for (std::size_t i = 0; i < y.size(); ++i)
        if (!std::isnan(y[i])) known.push_back(i);
    if (known.empty()) return "is not known";
    const auto by_value = [&](std::size_t a, std::size_t b) { return y[a] < y[b]; };
    const std::size_t highest = *std::ranges::max_element(known, by_value);
    const std::size_t lowest = *std::ranges::min_element(known, by_value);
    const std::string most = format(y[highest]), least = format(y[lowest]);
    if (most == least) return fmt::format("is {} throughout", most);
    std::string words = fmt::format("begins at {}", format(y[known.front()]));
    if (highest != known.front() && highest != known.back())
        words += fmt::format(", is highest at {} ({})", text::seconds(x[highest]), most);
    if (lowest != known.front() && lowest != known.back())
        words += fmt::format(", is lowest at {} ({})", text::seconds(x[lowest]), least);
    return words + fmt::format(" and ends at {}", format(y[known.back()]));
}

std::string drawn_words(const Variant& variant) {
    const std::size_t runs = variant.drawn.size();
    if (variant.subject.valid == 0)
        return runs == 1 ? "The run does not count and is shown all the same."
                         : fmt::format("Median of {} runs, none of which counts.", runs);
    return runs == 1 ? "" : fmt::format("Median of {} runs.", runs);
}

std::string mark_words(const std::vector<Mark>& marks) {
    std::string words;
    for (const Mark& mark : marks)
        if (mark.kind != MarkKind::capacity && mark.kind != MarkKind::limit)
            words += (words.empty() ? "" : "; ") + mark.label;
    return words.empty() ? words : "Marked: " + words + '.';
}

std::string joined(const std::vector<std::string>& sentences) {
    std::string text;
    for (const std::string& sentence : sentences)
        if (!sentence.empty()) text += (text.empty() ? "" : " ") + sentence;
    return text;
}

}  // namespace portdrought::charts
