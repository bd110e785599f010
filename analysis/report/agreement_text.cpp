#include "analysis/report/agreement_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/report/agreement_cells.hpp"
#include "analysis/text/numbers.hpp"
#include "analysis/text/table.hpp"
#include "core/printable.hpp"

namespace portdrought::report {
namespace {

using agreement::Agreement;
using agreement::Figure;
using agreement::Verdict;
using text::Mark;
using text::TextStyle;

constexpr std::size_t indent = 2;

std::string heading(const Validated& validated, const TextStyle& style) {
    const Verdict verdict = validated.agreement.verdict;
    const Mark mark = verdict == Verdict::agrees         ? Mark::good
                      : verdict == Verdict::not_modelled ? Mark::faint
                                                         : Mark::bad;
    return fmt::format("{}   {}\n", text::marked(agreement::name(verdict), mark, style),
                       core::printable(name_of(validated)));
}

std::string table(const Agreement& found, const TextStyle& style) {
    text::Table table({"", "kernel", "model", "apart", "limit", ""});
    for (const Figure& figure : found.figures) {
        if (is_nothing(figure)) continue;
        const AgreementCells cells = cells_of(figure);
        table.add_row(
            {figure.what, cells.kernel, cells.model, cells.apart, cells.limit, figure.within ? "" : "BEYOND"});
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
