// The figures of a variant as cells of a table: the median and, where repeats differ, their range. Every form takes
// them from here and lays them out over one line or several. Pure.
#pragma once

#include <optional>
#include <string>

#include "analysis/report/report.hpp"

namespace portdrought::report {

using scenario::variant_name;

/// The figures behind a line of the section; null where nothing was compared.
const compare::VariantResult* result_of(const Section& section, std::size_t line);

struct VariantCell {
    std::string median;  // "59.4 %"; "–" where nothing is known
    std::string range;   // "[59.2, 59.6]"; empty where all repeats agree
    std::string beside;  // what belongs to the median, as it stands behind it: " / 3,976"; mostly empty
};
/// "59.4 % [59.2, 59.6]", "119 s [118, 120] (2 of 3 runs)"
std::string on_one_line(const VariantCell& cell);

/// How a figure is written.
using FigureFormat = std::string (*)(double);
namespace format {
std::string whole(double value);       // "3,976"
std::string amount(double value);      // the same, "none" for 0
std::string data(double value);        // bytes: "5.32 MB", "none"
std::string time(double seconds);      // "119 s"
std::string per_second(double value);  // "33.3/s"
std::string latency(double us);        // "24 us"
std::string cpu(double us);            // "24 us"
}  // namespace format

VariantCell cell_of(const std::optional<compare::Spread>& spread, FigureFormat format);
VariantCell ok_cell(const compare::VariantResult& result);
VariantCell failures_cell(const compare::VariantResult& result, core::Outcome outcome);
VariantCell first_failure_cell(const compare::VariantResult& result);  // "119 s" (2 of 3 runs), "none"
VariantCell peak_cell(const compare::VariantResult& result);           // "3,976" / 3,976; "7,992", server

/// TIME_WAIT entries on the server's side take no port, so they are not set against the ports.
bool is_peak_on_server(const compare::VariantResult& result);

std::string valid_cell(const compare::VariantResult& result);  // "9 of 9"

}  // namespace portdrought::report
