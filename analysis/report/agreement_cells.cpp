#include "analysis/report/agreement_cells.hpp"

#include <cmath>

#include "analysis/text/numbers.hpp"

namespace portdrought::report {
namespace {

using agreement::Figure;
using metrics::Unit;

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

}  // namespace

AgreementCells cells_of(const Figure& figure) {
    return {figure_text(figure.kernel, figure.unit), model_text(figure), difference_text(figure), limit_text(figure)};
}

bool is_nothing(const Figure& figure) {
    return figure.within && figure.kernel == figure.model_low && figure.kernel == figure.model_high &&
           (figure.kernel == 0 || std::isinf(figure.kernel));
}

std::string name_of(const Validated& validated) { return scenario::full_name(validated.kernel->scenario); }

}  // namespace portdrought::report
