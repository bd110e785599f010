#include "analysis/report/agreement_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/text/numbers.hpp"
#include "analysis/text/table.hpp"
#include "core/printable.hpp"

namespace portdrought::report {
namespace {

using agreement::Agreement;
using agreement::Figure;
using agreement::Verdict;
using metrics::Unit;
using text::Mark;
using text::TextStyle;

constexpr std::size_t indent = 2;

std::string figure_text(double value, Unit unit) {
    if (std::isinf(value)) return "never";
    if (unit == Unit::seconds) return text::seconds(value);
    if (unit == Unit::microseconds)
        return value == 0 ? "0 us" : text::latency(core::Duration{std::llround(value * 1e3)});
    return text::figure(value);
}

std::string difference_text(const Figure& figure) {
    if (std::isinf(figure.difference)) return "one never";
    std::string words = figure.difference == 0 ? "none" : figure_text(figure.difference, figure.unit);
    if (figure.at_s && figure.difference > 0) words += " at " + text::seconds(*figure.at_s);
    return words;
}

std::string limit_text(const Figure& figure) {
    if (!figure.limit) return "none";
    return *figure.limit == 0 ? "equal" : figure_text(*figure.limit, figure.unit);
}

std::string model_text(const Figure& figure) {
    const std::string low = figure_text(figure.model_low, figure.unit),
                      high = figure_text(figure.model_high, figure.unit);
    return low == high ? low : low + "–" + high;
}

bool is_nothing(const Figure& figure) {
    return figure.within && figure.kernel == figure.model_low && figure.kernel == figure.model_high &&
           (figure.kernel == 0 || std::isinf(figure.kernel));
}

std::string heading(const Validated& validated, const TextStyle& style) {
    const Verdict verdict = validated.agreement.verdict;
    const Mark mark = verdict == Verdict::agrees         ? Mark::good
                      : verdict == Verdict::not_modelled ? Mark::faint
                                                         : Mark::bad;
    const scenario::Scenario& scenario = validated.kernel->scenario;
    std::string name = scenario.name + (scenario.variant.empty() ? "" : ", " + scenario.variant);
    return fmt::format("{}   {}\n", text::marked(agreement::name(verdict), mark, style), core::printable(name));
}

std::string table(const Agreement& found, const TextStyle& style) {
    text::Table table({"", "kernel", "model", "apart", "limit", ""});
    for (const Figure& figure : found.figures) {
        if (is_nothing(figure)) continue;
        table.add_row({figure.what, figure_text(figure.kernel, figure.unit), model_text(figure),
                       difference_text(figure), limit_text(figure), figure.within ? "" : "BEYOND"});
    }
    return table.render(style.width);
}

std::string notes(const Agreement& found, const TextStyle& style) {
    const auto nothing = static_cast<std::uint64_t>(std::ranges::count_if(found.figures, is_nothing));
    const std::size_t width = std::min(style.width, text::prose_width);
    std::string result;
    if (nothing > 0)
        result += fmt::format("{} with both engines have no such thing. ", text::counted(nothing, "more figure"));
    result += fmt::format("Curves may be off by {} in time, and by as much as the generator was late.",
                          text::seconds(found.time_shift_s));
    if (found.chances > 1)
        result += fmt::format(" Chance has a part in it: the model was run {} times, and what all of them span agrees.",
                              found.chances);
    if (found.is_deterministic) result += " Chance has no part in it: peaks have to be the same.";
    std::string all = text::paragraph(result, indent, width);
    for (const agreement::Uncompared& item : found.not_compared)
        all += text::paragraph(fmt::format("{}: {}", item.what, item.reason), indent, width, "not compared: ");
    return all;
}

}  // namespace

std::string render_text(const Validated& validated, const TextStyle& style) {
    const Agreement& found = validated.agreement;
    std::string result = heading(validated, style);
    const std::size_t width = std::min(style.width, text::prose_width);
    if (!found.reason.empty()) result += text::paragraph(core::printable(found.reason), indent, width);
    if (!found.figures.empty()) result += table(found, style) + notes(found, style);
    result += fmt::format("{}record  {}\n", std::string(indent, ' '), core::printable(validated.path));
    return text::finish(std::move(result), style);
}

}  // namespace portdrought::report
