#include "analysis/report/metric_families.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>

#include "analysis/report/openmetrics.hpp"
#include "analysis/text/utf8.hpp"
#include "core/printable.hpp"

namespace portdrought::report {
namespace {

template <class T>
void append(std::string& text, T number) {
    std::array<char, 32> digits;
    text.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr);
}

}  // namespace

std::string label_value(std::string_view text) {
    std::string result;
    for (const char c : text::well_formed(core::printable(text))) {
        if (c == '\\' || c == '"') result += '\\';
        if (c == '\n')
            result += "\\n";
        else
            result += c;
    }
    return result;
}

void MetricFamilies::family(std::string_view name, std::string_view type, std::string_view unit,
                            std::string_view help) {
    name_ = fmt::format("portdrought_{}", name);
    metadata_ = fmt::format("# TYPE {} {}\n", name_, type);
    if (!unit.empty()) metadata_ += fmt::format("# UNIT {} {}\n", name_, unit);
    metadata_ += fmt::format("# HELP {} {}\n", name_, label_value(help));
}

void MetricFamilies::open(std::string_view suffix, const Labels& labels) {
    text_ += metadata_;
    metadata_.clear();
    text_.append(name_).append(suffix).append(1, '{');
    for (const auto& [label, value] : labels) {
        if (text_.back() != '{') text_ += ',';
        text_.append(label).append("=\"").append(label_value(value)).append(1, '"');
    }
    text_ += "} ";
}

void MetricFamilies::close(std::optional<double> time_s) {
    if (time_s) text_ += fmt::format(" {:.3f}", *time_s);
    text_ += '\n';
}

void MetricFamilies::sample(std::string_view suffix, const Labels& labels, double value, std::optional<double> time_s) {
    open(suffix, labels);
    if (std::isfinite(value))
        append(text_, value);
    else
        text_ += std::isnan(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
    close(time_s);
}

void MetricFamilies::sample(std::string_view suffix, const Labels& labels, std::uint64_t value,
                            std::optional<double> time_s) {
    open(suffix, labels);
    append(text_, value);
    close(time_s);
}

std::string MetricFamilies::take() {
    text_ += "# EOF\n";
    return std::move(text_);
}

}  // namespace portdrought::report
