#include "analysis/report/variant_cells.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/text/numbers.hpp"

namespace portdrought::report {

using compare::Spread;
using compare::VariantResult;

namespace format {

/// A record may hold any numbers.
std::uint64_t rounded(double value) {
    constexpr double most = 0x1p63;
    return value > 0 ? static_cast<std::uint64_t>(std::min(value + 0.5, most)) : 0;
}

std::string whole(double value) { return text::thousands(rounded(value)); }
std::string amount(double value) { return value <= 0 ? "none" : whole(value); }
std::string data(double value) { return value <= 0 ? "none" : text::bytes(rounded(value)); }
std::string time(double seconds) { return text::seconds(seconds); }
std::string per_second(double value) { return text::figure(value) + "/s"; }
std::string latency(double us) { return text::latency(core::from_seconds(us / 1e6)); }
std::string cpu(double us) { return text::figure(us) + " us"; }

}  // namespace format

const VariantResult* result_of(const Section& section, std::size_t line) {
    return line < section.comparison.variants.size() ? &section.comparison.variants[line] : nullptr;
}

std::string on_one_line(const VariantCell& cell) {
    return cell.median + (cell.range.empty() ? "" : ' ' + cell.range) + cell.beside;
}

VariantCell cell_of(const std::optional<Spread>& spread, FigureFormat format) {
    if (!spread) return {"–", {}, {}};
    const std::string least = format(spread->least), most = format(spread->most);
    return {format(spread->median), least == most ? "" : text::range(least, most), {}};
}

VariantCell ok_cell(const VariantResult& result) { return cell_of(result.ok_share, text::percent); }

VariantCell failures_cell(const VariantResult& result, core::Outcome outcome) {
    for (const auto& [kind, spread] : result.failures)
        if (kind == outcome) return cell_of(spread, format::amount);
    return cell_of({}, format::amount);
}

VariantCell first_failure_cell(const VariantResult& result) {
    if (result.valid > 0 && !result.first_failure_s) return {"none", {}, {}};
    if (result.valid == 0) return cell_of({}, format::time);
    VariantCell cell = cell_of(result.first_failure_s, format::time);
    if (result.first_failure_s->runs < result.valid)
        cell.beside = fmt::format(" ({} of {} runs)", result.first_failure_s->runs, result.valid);
    return cell;
}

bool is_peak_on_server(const VariantResult& result) {
    return result.time_wait_peak && result.time_wait_peak->most > 0 && result.time_wait_peak_client &&
           result.time_wait_peak_client->most <= 0;
}

VariantCell peak_cell(const VariantResult& result) {
    VariantCell cell = cell_of(result.time_wait_peak, format::whole);
    if (is_peak_on_server(result))
        cell.beside = ", server";
    else if (result.ports_capacity)
        cell.beside = " / " + format::whole(result.ports_capacity->median);
    return cell;
}

std::string valid_cell(const VariantResult& result) { return fmt::format("{} of {}", result.valid, result.runs); }

}  // namespace portdrought::report
