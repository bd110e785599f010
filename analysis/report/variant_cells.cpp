#include "analysis/report/variant_cells.hpp"

#include <fmt/format.h>

#include "analysis/text/numbers.hpp"

namespace portdrought::report {
namespace {

using compare::Spread;
using compare::VariantResult;

std::string whole(double value) { return text::thousands(static_cast<std::uint64_t>(value + 0.5)); }
std::string time_text(double value) { return text::seconds(value); }

std::string cell_of(const std::optional<Spread>& spread, std::string (*format)(double)) {
    if (!spread) return "–";
    const std::string least = format(spread->least), most = format(spread->most), median = format(spread->median);
    return least == most ? median : median + ' ' + text::range(least, most);
}

/// Entries on the server's side take no port, so they are not set against the ports.
bool is_on_server(const VariantResult& result) {
    return result.time_wait_peak && result.time_wait_peak->most > 0 && result.time_wait_peak_client &&
           result.time_wait_peak_client->most <= 0;
}

}  // namespace

std::string variant_name(const std::string& variant) { return variant.empty() ? "(as written)" : variant; }

const VariantResult* result_of(const Section& section, std::size_t line) {
    return line < section.comparison.variants.size() ? &section.comparison.variants[line] : nullptr;
}

std::string ok_cell(const VariantResult& result) { return cell_of(result.ok_share, text::percent); }

std::string first_failure_cell(const VariantResult& result) {
    if (result.valid == 0) return "–";
    if (!result.first_failure_s) return "none";
    const std::string cell = cell_of(result.first_failure_s, time_text);
    if (result.first_failure_s->runs == result.valid) return cell;
    return cell + fmt::format(" ({} of {} runs)", result.first_failure_s->runs, result.valid);
}

std::string peak_cell(const VariantResult& result) {
    const std::string cell = cell_of(result.time_wait_peak, whole);
    if (is_on_server(result)) return cell + ", server";
    return result.ports_capacity ? cell + " / " + whole(result.ports_capacity->median) : cell;
}

std::string valid_cell(const VariantResult& result) { return fmt::format("{} of {}", result.valid, result.runs); }

}  // namespace portdrought::report
