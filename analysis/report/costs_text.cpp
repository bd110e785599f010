#include "analysis/report/costs_text.hpp"

#include <fmt/format.h>

#include "analysis/text/numbers.hpp"
#include "analysis/text/table.hpp"

namespace portdrought::report {
namespace {

/// "0.372 us", "25.1 us"
std::string microseconds(core::Duration duration) {
    const double us = core::seconds(duration) * 1e6;
    return fmt::format("{:.{}f} us", us, us < 10 ? 3 : 1);
}

std::string what_for(std::string_view key, std::uint64_t cached_ports) {
    if (key == "connect") return "connect() with a free port at hand";
    if (key == "connection") return "all of a connection, CPU time";
    if (key == "failing_connection") return "an attempt without a port, less its walk";
    if (key == "time_wait_probe_cached")
        return fmt::format("a port in TIME_WAIT passed by, up to {} ports", text::thousands(cached_ports));
    if (key == "time_wait_probe") return "a port in TIME_WAIT passed by";
    return "a port of an open connection passed by";
}

}  // namespace

std::string render_text(const record::MeasuredCosts& costs, const text::TextStyle& style) {
    text::Table table({"cost", "measured", "least to most", "built in", "what it is"});
    for (std::size_t i = 0; i < costs.all.size(); ++i) {
        const auto& [key, member] = record::cost_names[i];
        const record::MeasuredCost& cost = costs.all[i];
        table.add_row({std::string{key}, microseconds(cost.value),
                       text::range(microseconds(cost.least), microseconds(cost.most)),
                       microseconds(core::Costs{}.*member), what_for(key, costs.cached_ports)});
    }
    const std::string head =
        fmt::format("What connections cost here: Linux {} {}, {}, {} of each kind\n\n", costs.kernel, costs.machine,
                    text::counted(costs.cpus, "CPU"), text::counted(costs.runs, "run"));
    return text::finish(head + table.render(style.width), style);
}

}  // namespace portdrought::report
